/*
 * The heap of the program under test, and what becomes of accesses that leave its blocks.
 *
 * Each thread allocates from its own slot of the arena, upwards, and freed memory is not used again within an execution: an
 * address depends only on the thread and on what it allocated before, and a pointer to a block that was freed points to
 * nothing else ever after. Every block has a header before it and a gap behind it. A set of bytes says what may be accessed:
 *
 *  I1  Below the heap_top of a slot exactly the bytes of blocks that are not freed are open; above it nothing may be accessed,
 *      whatever the set says. So allocating need not be undone there: heap_top is.
 *  I2  A block that is freed keeps its header: who freed it, where and in which epoch.
 */
#ifndef SIM_HEAP_H
#define SIM_HEAP_H

#include <stddef.h>
#include <stdint.h>

#include "world.h"

/* So many addresses are there for each byte that a program may have allocated at a time: freed blocks and gaps use some. */
enum { HEAP_ROOM = 4 };

/* In front of each block. Lifetime: one execution. */
struct heap_block {
	uint64_t magic;       /* that of a block that is live, or freed */
	uint64_t size;        /* as the program asked for it */
	uint32_t site;        /* where it was allocated */
	uint32_t nth;         /* 1-based count among the blocks of its thread */
	uint32_t freed_epoch; /* of the free (race.h) */
	uint32_t freed_site;
};

/* [thread] Allocates `size` zeroed bytes aligned to `align` (a power of two, at least 16 is used). NULL, with ENOMEM for the
 * calling thread, if that is more than an object can have. Ends the search if it is more than --memory allows. */
void *heap_allocate(size_t size, size_t align);
/* [thread] The same, of bytes that are meant to be zero. */
void *heap_allocate_zeroed(size_t size);
/* [thread] Frees a block; NULL is ignored. Anything that is not a live block is a finding. */
void heap_free(void *block);
/* [thread] The size asked for of a live block; a finding if it is none. `text`: what is done to it ("reallocated"). */
size_t heap_size(void *block, const char *text);

/* [thread] A finding unless the calling thread may access [address, address + size), which begins in a heap. No finding is
 * made of a block that was freed without order: that is a data race. `text`: what is done to the memory ("read"). */
void heap_check(uintptr_t address, size_t size, const char *text, uint32_t site);

/* Where an address of a heap lies. */
struct heap_place {
	const struct heap_block *block; /* that contains it, or whose beginning or end is nearest; NULL: there is none */
	bool inside;                    /* it contains it */
	bool freed;                     /* the block was */
};
struct heap_place heap_place(const struct world *world, uintptr_t address);

/* The first address that belongs to the block. */
static inline uintptr_t heap_start(const struct heap_block *block)
{
	return (uintptr_t)(block + 1);
}

/* Calls `visit` with each block that was not freed, and with `argument`, by rising address. */
void heap_each_live(const struct world *world, void (*visit)(const struct heap_block *block, void *argument), void *argument);

/* The block that contains `address`, freed ones included, or NULL. */
const struct heap_block *heap_find(const struct world *world, uintptr_t address);

#endif
