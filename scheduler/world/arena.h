/*
 * The address space of simulated threads: one reserved stretch, divided into equal slots, one for each thread. A slot
 * holds, upwards: the thread's block of thread-local data, a guard page, its stack, its heap. Addresses depend on the
 * slot and on what its own thread did before, never on the interleaving. The size of a slot is a power of two: each access
 * of the program asks where its address lies.
 */
#ifndef SIM_ARENA_H
#define SIM_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "op.h"

/* Lifetime: one check. */
struct arena {
	char *base;
	unsigned slot_shift; /* a slot has 2^slot_shift bytes */
	size_t stack_size;   /* usable bytes of each stack */
	size_t heap_size;    /* bytes for the heap of each slot */
};

enum { ARENA_TLS_SIZE = 1 << 20 };

/* Reserves the slots, with room for at least `heap_size` bytes of heap in each. Returns 0, or -1 with errno. */
int arena_init(struct arena *arena, size_t stack_size, size_t heap_size);
void arena_release(struct arena *arena);

static inline size_t arena_size(const struct arena *arena)
{
	return (size_t)SIM_MAX_THREADS << arena->slot_shift;
}

static inline char *arena_tls(const struct arena *arena, int slot)
{
	return arena->base + ((size_t)slot << arena->slot_shift);
}

static inline char *arena_stack_low(const struct arena *arena, int slot)
{
	return arena_tls(arena, slot) + 2 * (size_t)ARENA_TLS_SIZE;
}

static inline char *arena_stack_high(const struct arena *arena, int slot)
{
	return arena_stack_low(arena, slot) + arena->stack_size;
}

static inline char *arena_heap(const struct arena *arena, int slot)
{
	return arena_stack_high(arena, slot);
}

/* Makes the page under the slot's stack inaccessible. */
int arena_guard(const struct arena *arena, int slot);

/* The slot that `address` belongs to, or SIM_NOBODY. */
static inline int arena_slot(const struct arena *arena, uintptr_t address)
{
	uintptr_t offset = address - (uintptr_t)arena->base;
	return offset < arena_size(arena) ? (int)(offset >> arena->slot_shift) : SIM_NOBODY;
}

/* Whether `address` belongs to the heap of some slot. */
static inline bool arena_in_heap(const struct arena *arena, uintptr_t address)
{
	uintptr_t offset = address - (uintptr_t)arena->base;
	uintptr_t in_slot = offset & (((uintptr_t)1 << arena->slot_shift) - 1);
	return offset < arena_size(arena) && in_slot >= 2 * (size_t)ARENA_TLS_SIZE + arena->stack_size;
}

#endif
