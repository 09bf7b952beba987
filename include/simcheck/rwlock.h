/*
 * Read-write lock: any number of readers, or one writer.
 *
 * Semantics: that of POSIX, as far as programs may rely on it. It belongs to the threads that hold it: only they release
 * it. It is not re-entrant in any combination: a thread that holds it and wants it once more, be it for reading, waits
 * for itself, for ever; there is no way from reading to writing but to release it in between. A writer that waits for
 * readers keeps new ones out. Who is next when several wait is not specified, and the checker tries each.
 *
 * What was written before a release is visible to whoever acquires the lock later, except that readers make nothing
 * visible to each other; a failed attempt makes nothing visible.
 *
 * Lifetime: from zero-filling or sim_rwlock_init() until the memory goes away; there is nothing to release. The memory
 * must stay valid, and at its address, while any thread uses the lock. All functions but sim_rwlock_init() may be called
 * by any thread at any time.
 */
#ifndef SIMCHECK_RWLOCK_H
#define SIMCHECK_RWLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <simcheck/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A zero-filled one is free and ready for use. */
struct sim_rwlock {
	const char *name; /* NULL: named after the variable */
	uint64_t opaque[20];
};

/*
 * Makes `lock` a free lock called `name` (not copied: it must live as long as the lock; NULL: named after the variable).
 * A plain write to memory, compiled into the caller so that the checker sees it as one: nobody may use the lock at the
 * same time, and an earlier lock at the same place is forgotten, waiting threads and all.
 */
static inline void sim_rwlock_init(struct sim_rwlock *lock, const char *name)
{
	memset(lock, 0, sizeof(*lock));
	lock->name = name;
}

/*
 * Waits until nobody writes and takes the lock for reading. Returns SIM_OK; SIM_NOMEM when there is no memory to remember
 * the reader in (real threads only); SIM_MISUSE (null-argument).
 */
enum sim_status sim_rwlock_read_acquire(struct sim_rwlock *lock);

/* Takes the lock for reading if nobody writes, and the caller does not read; never waits. Returns whether it did (false
 * also after a misuse: null-argument). */
bool sim_rwlock_try_read_acquire(struct sim_rwlock *lock);

/*
 * As sim_rwlock_read_acquire(), for at most `timeout_ns` nanoseconds or SIM_FOREVER. Returns in addition SIM_TIMEOUT when
 * the time ran out and the lock was not taken, SIM_BUSY instead if the timeout was 0; SIM_MISUSE also for bad-timeout.
 */
enum sim_status sim_rwlock_read_acquire_for(struct sim_rwlock *lock, int64_t timeout_ns);

/* Waits until nobody reads or writes and takes the lock for writing. Returns SIM_OK, or SIM_MISUSE (null-argument). */
enum sim_status sim_rwlock_write_acquire(struct sim_rwlock *lock);

/* Takes the lock for writing if nobody reads or writes; never waits. Returns whether it did (false also after a misuse:
 * null-argument). */
bool sim_rwlock_try_write_acquire(struct sim_rwlock *lock);

/* As sim_rwlock_write_acquire(), with a timeout: see sim_rwlock_read_acquire_for(). */
enum sim_status sim_rwlock_write_acquire_for(struct sim_rwlock *lock, int64_t timeout_ns);

/*
 * Ends what the caller holds the lock for, be it reading or writing. Returns SIM_OK, or SIM_MISUSE (release-not-holder:
 * the caller does neither; null-argument). Never waits.
 */
enum sim_status sim_rwlock_release(struct sim_rwlock *lock);

#ifdef __cplusplus
}
#endif

#endif
