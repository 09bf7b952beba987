/*
 * Accesses that the checker makes in place of the program, or saves memory for: they have to fault where the program's
 * own would, in the thread that makes them.
 */
#ifndef SIM_BOUNDS_H
#define SIM_BOUNDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* [thread] A crash of the calling thread unless [address, address + size) can be read, or written if `type` (race.h) says so,
 * and does not run over the end of what it begins in: the globals, a stack. In a heap, a memory error unless it lies in one
 * block (heap_check()). `site` is the program's place. */
void bounds_check(uintptr_t address, size_t size, int type, uint32_t site);

/* [thread] The same for a few bytes that cannot run over an end. */
static inline void bounds_touch(uintptr_t address, bool writes)
{
	volatile char *p = (volatile char *)address;
	char byte = *p;
	if (writes)
		*p = byte; /* no other thread of the process exists that could see it */
}

#endif
