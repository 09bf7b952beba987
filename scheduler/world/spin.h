/*
 * Recognises a step that completes a repeated poll: since an earlier step its thread has read, or slept, changed nothing
 * that anyone could see, and has come back to the same operation with the program in the same state. What follows from
 * that, see execution_take(). If it looked at the clock, it may wait for time to pass: time does, and the poll is none.
 *
 * The state of a thread is the memory of its stack frames. In code that was not optimised, what differs in bytes that
 * belong to no variable of the program is a leftover of the compiler's: it is written before it is read. Whether a byte
 * belongs to a variable is asked of whoever can read debug information; if nobody can, every byte counts.
 */
#ifndef SIM_SPIN_H
#define SIM_SPIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct world;

/* What a step began with. Lifetime: until its first event is taken back. */
struct spin_start {
	const char *stack;  /* copy of the thread's live stack, in the undo log; NULL: the event is not the first of its step */
	uintptr_t sp;       /* where that was */
	const void *thread; /* copy of its record */
	uint64_t effects, n_clock_reads;
	int n_incidents;
	bool is_quiet;      /* known at its end: it only read, or slept */
	bool reads_clock;   /* known at its end */
};

/* Where the frames of the program begin on the stack of `slot`, above those of the checker's functions that it called, the
 * innermost of which is threads[slot].frame; 0: there are none. */
uintptr_t spin_program_stack(const struct world *world, int slot);

/* Whether nobody has changed the program's memory since `mark` of the undo log, and the stack of `slot` from
 * spin_program_stack() on is what was copied to `stack`, from address `sp` on. */
bool spin_is_unchanged(const struct world *world, int slot, size_t mark, const char *stack, uintptr_t sp);

/* Looks at the step of `slot` that has just ended. Returns of how many events the poll that it completes consists, the
 * step's included; 0: it completes none. */
uint32_t spin_repeats(struct world *world, int slot);

#endif
