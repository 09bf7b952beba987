/*
 * The heap of the program under test. Each thread allocates from its own slot of the arena, upwards, and freed memory is
 * not used again within an execution: an address depends only on the thread and on what it allocated before. Every block
 * has a header before it, so that misuse is recognised and blocks can be named ("block 3 of T1").
 */
#ifndef SIM_HEAP_H
#define SIM_HEAP_H

#include <stddef.h>
#include <stdint.h>

#include "world.h"

/* In front of each block. Lifetime: one execution. */
struct heap_block {
	uint64_t magic;  /* HEAP_LIVE or HEAP_FREED */
	uint64_t size;
	uint32_t site;   /* where it was allocated */
	uint32_t nth;    /* 1-based count among the blocks of its thread */
	uint64_t unused; /* keeps the block 16-byte aligned */
};

/* [thread] Allocates `size` zeroed bytes aligned to `align` (a power of two, at least 16 is used). */
void *heap_allocate(size_t size, size_t align);
/* [thread] Frees a block; NULL is ignored. Anything that is not a live block is a finding. */
void heap_free(void *block);
/* [thread] The size asked for of a live block; a finding if it is none. */
size_t heap_size(void *block);

/* The block that contains `address`, freed ones included, or NULL. */
const struct heap_block *heap_find(const struct world *world, uintptr_t address);

#endif
