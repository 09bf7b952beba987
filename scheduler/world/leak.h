/*
 * Leaks: blocks of the heap that nothing leads to when the program ends.
 *
 * What may lead to a block is any aligned word that holds an address inside of it: in the globals, in the thread-local data
 * and on the stacks of threads that still live, in what the checker keeps for the program (arguments, thread-specific data,
 * items of queues), and in blocks that something leads to. A number that looks like such an address counts as one. The stack
 * of the main thread does not count once main has returned. Where the program was not optimised nothing is in registers, and
 * what lies below its own frames does not count.
 */
#ifndef SIM_LEAK_H
#define SIM_LEAK_H

#include "heap.h"

/* The blocks that were allocated at one place, and are lost. Lifetime: as its user says. */
struct leak {
	const struct heap_block *first; /* of them; all others have its site */
	uint64_t n_blocks, n_bytes;     /* that nothing points to */
	uint64_t n_held, n_held_bytes;  /* that only these lead to */
};

/* What is lost in the present state, by the places in the order in which their first block is found. Returns how many places
 * there are, of which at most `max` are told. */
size_t leak_find(const struct world *world, struct leak *leaks, size_t max);

/* Records an incident for each place of a leak, if the execution has come to its end and nothing else went wrong. */
void leak_at_end(struct world *world);

#endif
