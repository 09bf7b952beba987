/*
 * What a coroutine switch costs, and what it costs to go back to an earlier moment of a small coroutine.
 */
#include "coroutine.h"
#include "sanitizer.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define N_ROUNDS 1000000

static struct coroutine caller, worker;

static void bounce(void *argument)
{
	(void)argument;
	for (;;)
		coroutine_switch(&worker, &caller);
}

static double nanoseconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

int main(void)
{
	struct coroutine_stack stack;

	if (coroutine_stack_map(&stack, NULL, 64 * 1024) != 0) {
		perror("bench-switch");
		return 1;
	}
	coroutine_init_caller(&caller);
	coroutine_init(&worker, stack.low, stack.high, bounce, NULL);
	coroutine_switch(&caller, &worker);

	double start = nanoseconds_now();
	for (int i = 0; i < N_ROUNDS; i++)
		coroutine_switch(&caller, &worker);
	double bouncing = nanoseconds_now() - start;

	struct coroutine moment = worker;
	size_t size = (size_t)(worker.stack_high - (char *)worker.sp);
	char *slice = malloc(size);
	if (!slice) {
		perror("bench-switch");
		return 1;
	}
	sanitizer_copy(slice, worker.sp, size);
	start = nanoseconds_now();
	for (int i = 0; i < N_ROUNDS; i++) {
		sanitizer_copy(moment.sp, slice, size);
		worker = moment;
		coroutine_switch(&caller, &worker);
	}
	double restoring = nanoseconds_now() - start;

	/* Each round is two switches. */
	printf("switch: %.1f ns; restore %zu bytes and go there and back: %.1f ns\n", bouncing / N_ROUNDS / 2, size,
	       restoring / N_ROUNDS);
	free(slice);
	coroutine_stack_release(&stack);
	return 0;
}
