/*
 * Endings: what the thread that ends the program does after the last event of all others.
 *
 * Most programs join their threads, look at the result, and end. An event that follows the last events of all other threads
 * passes nothing, and nothing passes it: the analysis of a run can do without it, and in most programs that is most of
 * what a run adds to its parent.
 */
#ifndef SIM_ENDING_H
#define SIM_ENDING_H

#include <stdint.h>

#include "hb.h"

/* Where the ending of a complete execution begins, not before `from`; n_events if the program was not ended by a thread. */
uint32_t ending_find(const struct sim_execution *execution, uint32_t from);

/* The same for an execution that `thread` is about to end. */
uint32_t ending_find_known(const struct sim_execution *execution, uint32_t from, int thread);

/* Adds to the run, which stops where an ending begins, what is of interest of that: up to the last event that has choices or
 * does not follow all others. n_choices are by position. Not for runs in which threads are watched. */
void ending_add(struct hb_run *run, struct hb_memory *memory, const struct sim_execution *execution,
                const uint16_t *n_choices);

#endif
