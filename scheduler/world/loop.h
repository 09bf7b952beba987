/*
 * Recognises a thread that goes round for ever inside one step: `while (!flag) ;` with a plain variable. Since an earlier
 * access of the step it has only read memory, and is back at the same access with its stack as it was. Nothing but another
 * thread can end that. What it reads then becomes a scheduling point, from the next pass on: the loop is a poll (spin.h),
 * it races with whoever ends it, and is a livelock if nobody does.
 *
 * Only now and then, and only in steps that are long already, an access is remembered and waited for. Where variables may
 * be in registers (optimised code) nothing is recognised: compilers take reads out of such loops anyway.
 */
#ifndef SIM_LOOP_H
#define SIM_LOOP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct world;

/* A round has so many reads at most. */
enum { LOOP_MAX_READS = 16 };

/* Lifetime: one step; the storage: one check. */
struct loop {
	int due;               /* number of the access that is looked at next */
	int first;             /* number of the access that is waited for; 0: none is */
	uintptr_t frame;       /* of the checker's function that was told of it */
	uint64_t effects, n_clock_reads;
	size_t mark;           /* of the undo log */
	uintptr_t sp;          /* from where on the stack is copied */
	char *stack;           /* reserved address space */
	int n_reads;
	struct loop_read {
		uintptr_t address;
		size_t size;
		uint32_t site;
	} reads[LOOP_MAX_READS]; /* from that access on */
};

/* A step begins. */
void loop_begin(struct loop *loop);

/* [thread] The access that was just noted is due. Returns whether the thread has gone round. */
bool loop_on_access(struct world *world, uintptr_t address, size_t size, bool writes, uint32_t site);

#endif
