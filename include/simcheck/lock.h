/* Lock: mutual exclusion, not re-entrant, may be released by another thread. */
#ifndef SIMCHECK_LOCK_H
#define SIMCHECK_LOCK_H

#include <stdbool.h>
#include <stdint.h>

#include <simcheck/status.h>

/* A zero-filled one is free and ready for use; it is named after the variable that it is, or by `name`. */
struct sim_lock {
	const char *name; /* NULL: named after the variable */
	uint64_t opaque[16];
};

void sim_lock_init(struct sim_lock *lock, const char *name);
enum sim_status sim_lock_acquire(struct sim_lock *lock);
bool sim_lock_try_acquire(struct sim_lock *lock);
enum sim_status sim_lock_acquire_for(struct sim_lock *lock, int64_t timeout_ns);
enum sim_status sim_lock_release(struct sim_lock *lock);
bool sim_lock_locked(struct sim_lock *lock);

#endif
