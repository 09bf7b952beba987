/* What conditions need to know of re-entrant locks. */
#ifndef SIM_RLOCK_FACADE_H
#define SIM_RLOCK_FACADE_H

#include "facade.h"

/* Whether the calling thread holds the lock. Nobody else can change the answer. */
bool rlock_is_mine(struct sim_rlock *rlock);

/* How often the owner, which is the caller, holds the lock. */
uint64_t rlock_depth(struct sim_rlock *rlock);
void rlock_set_depth(struct sim_rlock *rlock, uint64_t depth);

#endif
