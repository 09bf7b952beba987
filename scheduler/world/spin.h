/*
 * Recognises a step that completes a repeated poll: since an earlier step its thread has read, or slept, changed nothing
 * that anyone could see, and has come back to the same operation with the program in the same state. What follows from
 * that, see execution_take().
 *
 * The state of a thread is the memory of its stack frames. In code that was not optimised, what differs in bytes that
 * belong to no variable of the program is a leftover of the compiler's: it is written before it is read. Whether a byte
 * belongs to a variable is asked of whoever can read debug information; if nobody can, every byte counts.
 */
#ifndef SIM_SPIN_H
#define SIM_SPIN_H

#include <stdbool.h>
#include <stdint.h>

struct world;

/* What a step began with. Lifetime: until its first event is taken back. */
struct spin_start {
	const char *stack;  /* copy of the thread's live stack, in the undo log; NULL: the event is not the first of its step */
	uintptr_t sp;       /* where that was */
	const void *thread; /* copy of its record */
	uint64_t effects;
	int n_incidents;
	bool is_quiet;      /* known at its end: it only read, or slept */
};

/* Looks at the step of `slot` that has just ended. Returns of how many events the poll that it completes consists, the
 * step's included; 0: it completes none. */
uint32_t spin_repeats(struct world *world, int slot);

#endif
