/*
 * Accesses that the checker makes in place of the program, or saves memory for: they have to fault where the program's
 * own would, in the thread that makes them.
 */
#ifndef SIM_BOUNDS_H
#define SIM_BOUNDS_H

#include "world.h"

/* Whether bounds_check() has to look at an access: a quick question, with the answer no for nearly all. Of more bytes than one
 * operation on memory accesses it always has. */
static inline bool bounds_may_fail(const struct world *world, uintptr_t address, size_t size)
{
	uintptr_t offset = address - world->gaps.low;
	int slot = arena_slot(&world->arena, address);
	if (size > sizeof(struct sim_wide))
		return true;
	if (slot != SIM_NOBODY)
		return slot != world->current || arena_in_heap(&world->arena, address);
	return offset < world->gaps.size && byteset_has_any(&world->gaps, address, size);
}

/* [thread] A crash of the calling thread unless [address, address + size) can be read, or written if `type` (race.h) says so,
 * and does not run over the end of what it begins in: the globals, a stack. In a heap, a memory error unless it lies in one
 * block (heap_check()); in the globals, if any of it lies between variables; on the stack of another thread, if the function
 * has returned that had a variable there. `site` is the program's place. */
void bounds_check(uintptr_t address, size_t size, int type, uint32_t site);

/* [thread] A memory error if `address` is on the calling thread's stack, in a function that has returned. `sp`: the stack pointer
 * of the program. */
void bounds_fail_below(uintptr_t address, size_t size, int type, uint32_t site);
static inline void bounds_check_below(uintptr_t address, size_t size, int type, uint32_t site, const void *sp)
{
	uintptr_t low = (uintptr_t)arena_stack_low(&world_running->arena, world_running->current);
	if (address - low < (uintptr_t)sp - low)
		bounds_fail_below(address, size, type, site);
}

/* [thread] The same for a few bytes that cannot run over an end. */
static inline void bounds_touch(uintptr_t address, bool writes)
{
	volatile char *p = (volatile char *)address;
	char byte = *p;
	if (writes)
		*p = byte; /* no other thread of the process exists that could see it */
}

#endif
