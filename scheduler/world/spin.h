/*
 * Recognises a step that only repeats a poll: it read something, changed nothing that anyone could see, and came back to
 * the same operation with the program in the same state. Repeating it as long as the value read stands cannot lead
 * anywhere else (DESIGN section 6, spin loops; Jonsson, Lang, Sagonas, FMCAD 2022).
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

/* What a step began with. Lifetime: one step. */
struct spin_start {
	const char *stack;  /* copy of the thread's live stack, in the undo log */
	uintptr_t sp;       /* where that was */
	const void *thread; /* copy of its record */
	uint64_t effects;
	int n_incidents;
};

/* Whether the step of `slot` that has just ended only repeated a poll. */
bool spin_is_repeat(const struct world *world, int slot);

#endif
