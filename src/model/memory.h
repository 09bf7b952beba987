/*
 * The memory model: what atomic operations read and write. All atomics of a program go through here.
 *
 * Implemented: sequential consistency. The program's own memory holds the one current value of each location; an
 * operation reads or changes it in place, with the old bytes in the undo log. Memory orders matter only for
 * happens-before (race.h).
 */
#ifndef SIM_MEMORY_H
#define SIM_MEMORY_H

#include "semantics.h"
#include "undo.h"

/* Performs the atomic operation of `event` on memory; sets event->result to the value read. A compare-exchange that
 * fails becomes a read in what the event uses. Plain accesses are performed by the program itself: no effect here. `undo` may be
 * NULL: nothing will be taken back. */
void memory_apply(struct sim_event *event, struct undo *undo);

/* Reads `size` (1..16) bytes at `address`. */
struct sim_wide memory_read(uint64_t address, unsigned size);

#endif
