/*
 * Lock: mutual exclusion, not re-entrant, may be released by another thread.
 *
 * Semantics: Python's threading.Lock. It differs from a POSIX mutex in that it belongs to nobody: any thread may
 * release it (which makes it a binary semaphore as well), and acquiring it twice in one thread blocks for ever instead
 * of being undefined. When several threads wait, one release lets exactly one of them proceed; which one is not
 * specified, and the checker tries each. What was written before a release is visible after the acquire that it lets
 * proceed; a failed attempt makes nothing visible.
 *
 * Lifetime: from zero-filling or sim_lock_init() until the memory goes away; there is nothing to release. The memory
 * must stay valid, and at its address, while any thread uses the lock. All functions but sim_lock_init() may be called
 * by any thread at any time.
 */
#ifndef SIMCHECK_LOCK_H
#define SIMCHECK_LOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <simcheck/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A zero-filled one is free and ready for use; it is named after the variable that it is, or by `name`. */
struct sim_lock {
	const char *name; /* NULL: named after the variable */
	uint64_t opaque[16];
};

/*
 * Makes `lock` a free lock called `name` (not copied: it must live as long as the lock; NULL: named after the
 * variable). A plain write to memory, compiled into the caller so that the checker sees it as one: nobody may use the
 * lock at the same time, and an earlier lock at the same place is forgotten, waiting threads and all.
 */
static inline void sim_lock_init(struct sim_lock *lock, const char *name)
{
	memset(lock, 0, sizeof(*lock));
	lock->name = name;
}

/* Waits until the lock is free and takes it. Returns SIM_OK, or SIM_MISUSE (null-argument). */
enum sim_status sim_lock_acquire(struct sim_lock *lock);

/* Takes the lock if it is free; never waits. Returns whether it did (false also after a misuse: null-argument). */
bool sim_lock_try_acquire(struct sim_lock *lock);

/*
 * As sim_lock_acquire(), for at most `timeout_ns` nanoseconds or SIM_FOREVER. Returns SIM_OK; SIM_TIMEOUT when the
 * time ran out and the lock was not taken, SIM_BUSY instead if the timeout was 0; SIM_MISUSE (null-argument,
 * bad-timeout). A lock that is free is always taken, whatever the timeout.
 */
enum sim_status sim_lock_acquire_for(struct sim_lock *lock, int64_t timeout_ns);

/* Frees the lock, whoever took it. Returns SIM_OK, or SIM_MISUSE (release-unlocked, null-argument). Never waits. */
enum sim_status sim_lock_release(struct sim_lock *lock);

/*
 * Whether somebody held the lock at the moment of the call; it may be out of date when the call returns. False after a
 * misuse (null-argument).
 */
bool sim_lock_locked(struct sim_lock *lock);

#ifdef __cplusplus
}
#endif

#endif
