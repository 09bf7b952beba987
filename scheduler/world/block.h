/*
 * Blocks: what a thread does without being interrupted, and what it stops at. Functions marked [thread] are called on the
 * stack of a simulated thread.
 *
 * A block begins with an operation of its own. Those inside are operations as well, but no other thread is enabled until
 * the block ends, which is none: it happens on the way to the thread's next operation. What the blocks of several threads
 * access does not race, as if all of them held one lock.
 */
#ifndef SIM_BLOCK_H
#define SIM_BLOCK_H

#include "world.h"

/* [thread] Begins a block, or one inside the present one, which then ends with the outermost. */
void block_begin(uint32_t site);

/* [thread] Ends what block_begin() began. Returns whether the caller was in a block. */
bool block_end(void);

/* [thread] The caller, which is in a block, announces `op`: marks it as a part of that. Ends the check if a block may not
 * contain it, or if it would have to wait. */
void block_admit(struct sim_op *op);

/* [thread] The caller ends: and with it its block, if it is in one. */
void block_leave(void);

#endif
