/*
 * Notices a program that does not do the same again.
 *
 * A search goes back to earlier states and lets threads go on from there. It takes for granted that a thread which is in the
 * same state does the same. What breaks that is state that nobody knows of: that of a library which was not instrumented, of
 * the kernel, or a counter of the processor that inline assembly reads. So some steps are executed again from the state in
 * which they began, twice, and what they did is compared: what the thread wrote, its variables, what it printed, and
 * which operation it came to. These are the first steps of a search; those that called a function that simcheck does not
 * know; every one out of a few thousand others; and all of them when all restores are to be verified.
 *
 * What a step finds in memory that it did not write (dead parts of its stack) is the same both times, so that nothing else
 * can make a difference.
 */
#ifndef SIM_DRIFT_H
#define SIM_DRIFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct world;

/* A step runs one thread, or two if it starts one. */
enum { DRIFT_THREADS = 2 };

/* Lifetime: one check. */
struct drift {
	uint32_t n_left;     /* first steps still to be looked at */
	uint64_t n_steps;
	uint64_t n_unknown;  /* calls of unknown functions that steps looked at so far made; counted by who sees them */
	bool repeats;        /* a step is being executed again */
	char *dead[DRIFT_THREADS], *live[DRIFT_THREADS]; /* copies of parts of stacks; allocated when first needed */
};

/* What a step begins with. Lifetime: one step. */
struct drift_before {
	uint32_t position; /* of its first event */
	int n_found, n_wanted; /* the execution's */
	uint64_t n_unknown;
	size_t n_output;
};

void drift_init(struct drift *drift);
void drift_release(struct drift *drift);

/* The step with `choice` has ended. Executes it again if it is one of those to be looked at, which leaves everything
 * as it is. Calls world_on_drift() if it does something else. */
void drift_look(struct world *world, unsigned choice, const struct drift_before *before);

#endif
