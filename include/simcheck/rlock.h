/*
 * RLock: a lock that its owner may take again.
 *
 * Semantics: Python's threading.RLock. The thread that holds it takes it again without waiting, and has to release it
 * as often as it took it; only then others may take it. Unlike a Lock it belongs to its owner: a release by any other
 * thread is a misuse, whether somebody holds it or not. Only the first acquire and the last release are events that
 * others can notice; what lies between them is the owner's private affair, also to the checker.
 *
 * Lifetime: from zero-filling or sim_rlock_init() until the memory goes away; there is nothing to release. The memory
 * must stay valid, and at its address, while any thread uses the lock. All functions but sim_rlock_init() may be called
 * by any thread at any time.
 */
#ifndef SIMCHECK_RLOCK_H
#define SIMCHECK_RLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <simcheck/lock.h>
#include <simcheck/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A zero-filled one is free and ready for use. The parts are the library's; the name is lock.name. */
struct sim_rlock {
	struct sim_lock lock;
	uint64_t depth; /* how often its owner holds it; the owner's alone */
};

/*
 * Makes `rlock` a free lock called `name` (not copied; NULL: named after the variable). A plain write to memory, as
 * sim_lock_init().
 */
static inline void sim_rlock_init(struct sim_rlock *rlock, const char *name)
{
	memset(rlock, 0, sizeof(*rlock));
	rlock->lock.name = name;
}

/*
 * Takes the lock, at once if the caller holds it already, else as soon as it is free. Returns SIM_OK, or SIM_MISUSE
 * (null-argument).
 */
enum sim_status sim_rlock_acquire(struct sim_rlock *rlock);

/* As sim_rlock_acquire(), but never waits. Returns whether the caller has taken it (false also after a misuse). */
bool sim_rlock_try_acquire(struct sim_rlock *rlock);

/*
 * As sim_rlock_acquire(), waiting for at most `timeout_ns` nanoseconds or SIM_FOREVER. Returns SIM_OK; SIM_TIMEOUT when
 * the time ran out, SIM_BUSY instead if the timeout was 0; SIM_MISUSE (null-argument, bad-timeout).
 */
enum sim_status sim_rlock_acquire_for(struct sim_rlock *rlock, int64_t timeout_ns);

/*
 * Takes back one acquire of the caller; the last one frees the lock. Returns SIM_OK, or SIM_MISUSE with nothing changed
 * (release-not-owner, null-argument). Never waits.
 */
enum sim_status sim_rlock_release(struct sim_rlock *rlock);

/* How often the calling thread holds the lock: 0 if it does not (and after a misuse: null-argument). */
uint64_t sim_rlock_depth(struct sim_rlock *rlock);

#ifdef __cplusplus
}
#endif

#endif
