/*
 * Choices on real threads: one pseudo-random sequence per thread.
 *
 * What a thread draws must not depend on timing, so nothing is shared: its sequence starts from its origin, which is
 * derived from the origin of the thread that started it and from how many threads that one had started before. Threads
 * that simcheck did not start have the origin of the main thread.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "pt.h"

#define PT_CHOOSE_SEED UINT64_C(1)
#define PT_CHOOSE_STEP UINT64_C(0x9e3779b97f4a7c15) /* 2^64 / golden ratio: successive values differ in many bits */

/* Lifetime: one thread. */
struct pt_sequence {
	bool begun;
	uint64_t origin;
	uint64_t n_children;
	uint64_t position;
};

static _Thread_local struct pt_sequence pt_sequence;
static pthread_once_t pt_seed_read = PTHREAD_ONCE_INIT;
static uint64_t pt_seed = PT_CHOOSE_SEED;

/* A bijection on 64 bits each of whose output bits depends on all input bits (the finaliser of SplitMix64). */
static uint64_t pt_choose_mix(uint64_t value)
{
	value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
	return value ^ (value >> 31);
}

static void pt_choose_read_seed(void)
{
	const char *text = getenv("SIMCHECK_SEED");
	unsigned long long value;
	char *end;

	if (text == NULL)
		return;
	errno = 0;
	value = strtoull(text, &end, 0);
	if (end == text || *end != '\0' || errno != 0)
		fprintf(stderr, "simcheck: SIMCHECK_SEED=%s is not a number; using %llu\n", text,
			(unsigned long long)PT_CHOOSE_SEED);
	else
		pt_seed = value;
}

void pt_choose_begin(uint64_t origin)
{
	pt_sequence = (struct pt_sequence){ .begun = true, .origin = origin, .position = origin };
}

/* The calling thread's sequence, begun. */
static struct pt_sequence *pt_choose_sequence(void)
{
	if (!pt_sequence.begun) {
		pthread_once(&pt_seed_read, pt_choose_read_seed);
		pt_choose_begin(pt_choose_mix(pt_seed + PT_CHOOSE_STEP));
	}
	return &pt_sequence;
}

uint64_t pt_choose_origin_of_child(uint64_t *nth)
{
	struct pt_sequence *sequence = pt_choose_sequence();

	*nth = ++sequence->n_children;
	return pt_choose_mix(sequence->origin ^ pt_choose_mix(*nth * PT_CHOOSE_STEP));
}

int pt_choose(int n)
{
	struct pt_sequence *sequence = pt_choose_sequence();

	sequence->position += PT_CHOOSE_STEP;
	return (int)(pt_choose_mix(sequence->position) % (uint64_t)n);
}
