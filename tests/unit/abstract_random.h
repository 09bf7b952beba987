/*
 * Random abstract programs, for comparing one thing with another: the same seed gives the same program everywhere.
 */
#ifndef TEST_ABSTRACT_RANDOM_H
#define TEST_ABSTRACT_RANDOM_H

#include "abstract.h"

/* A sequence of numbers (splitmix64). Lifetime: the caller's. */
struct abstract_random {
	uint64_t state;
};

/* A number below `n`. */
uint32_t abstract_random_below(struct abstract_random *random, uint32_t n);

/* What a program is made of: bits. */
enum {
	ABSTRACT_ATOMICS = 1,
	ABSTRACT_LOCKS = 2,
	ABSTRACT_CONDITIONS = 4,
	ABSTRACT_THREAD_OPS = 8, /* joins, questions after a thread, sleeps, early exits */
	ABSTRACT_TIMED = 16,
	ABSTRACT_CHOICES = 32,
	ABSTRACT_PLAIN = 64,     /* unprotected plain accesses */
	ABSTRACT_ALL = 127,
};

/* Writes a program of `n_threads` (2..ABSTRACT_THREADS) threads, main included; all but main have up to `n_items`
 * items of one to four lines. It may deadlock, leave locks taken, and wait and notify without the lock. */
void abstract_random_program(struct abstract_random *random, struct abstract_program *program, int n_threads,
                             int n_items, int families);

#endif
