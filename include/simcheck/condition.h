/*
 * Condition: wait for a notification, over a Lock or an RLock.
 *
 * Semantics: Python's threading.Condition. A notification is not remembered: it wakes threads that wait at that
 * moment, and is lost when none does, so what is waited for belongs into a variable that the lock protects:
 *
 *	sim_condition_acquire(&filled);
 *	while (n_items == 0)
 *		sim_condition_wait(&filled);
 *	n_items--;
 *	sim_condition_release(&filled);
 *
 * Unlike POSIX, a wait never ends without a notification or its timeout (no spurious wake-ups). The loop is needed all
 * the same: between the notification and the return another thread may have taken the lock and changed the variable.
 * sim_condition_wait_until() is that loop.
 * Unlike POSIX too, notifying needs the lock.
 *
 * "Holds the lock" means: is the thread that last acquired it, and it has not been released since. A wait gives up an
 * RLock however often the caller holds it, and comes back with as many levels. Unlike Python, a condition's own lock is
 * a Lock.
 *
 * Lifetime: from zero-filling or sim_condition_init() until the memory goes away; there is nothing to release. The
 * memory must stay valid, and at its address, while any thread uses the condition. All functions but
 * sim_condition_init() may be called by any thread at any time.
 */
#ifndef SIMCHECK_CONDITION_H
#define SIMCHECK_CONDITION_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <simcheck/lock.h>
#include <simcheck/rlock.h>
#include <simcheck/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A zero-filled one is ready for use, with a lock of its own. Several conditions may share one lock. */
struct sim_condition {
	const char *name;        /* NULL: named after the variable */
	struct sim_lock *lock;   /* NULL: its own */
	struct sim_rlock *rlock; /* the one that `lock` is a part of; NULL: none */
	struct sim_lock own;
	uint64_t opaque[16];
};

/*
 * Makes `condition` a condition called `name` (not copied; NULL: named after the variable) over `lock`, which must
 * live at least as long (NULL: over its own). A plain write to memory, compiled into the caller so that the checker
 * sees it as one: nobody may use the condition at the same time, and threads waiting on an earlier one are forgotten.
 */
static inline void sim_condition_init(struct sim_condition *condition, const char *name, struct sim_lock *lock)
{
	memset(condition, 0, sizeof(*condition));
	condition->name = name;
	condition->lock = lock;
}

/* As sim_condition_init(), over a lock that its owner may take again. */
static inline void sim_condition_init_rlock(struct sim_condition *condition, const char *name, struct sim_rlock *rlock)
{
	memset(condition, 0, sizeof(*condition));
	condition->name = name;
	condition->lock = &rlock->lock;
	condition->rlock = rlock;
}

/* sim_lock_acquire() and sim_lock_release(), or sim_rlock_acquire() and sim_rlock_release(), of the condition's lock. */
enum sim_status sim_condition_acquire(struct sim_condition *condition);
enum sim_status sim_condition_release(struct sim_condition *condition);

/*
 * Releases the lock and starts to wait as one step, waits for a notification, then takes the lock again. Returns
 * SIM_OK with the lock held, or SIM_MISUSE with nothing changed (wait-without-lock, null-argument).
 */
enum sim_status sim_condition_wait(struct sim_condition *condition);

/*
 * As sim_condition_wait(), but stops waiting for a notification after `timeout_ns` nanoseconds (SIM_FOREVER: never).
 * Taking the lock again may last longer. Returns, with the lock held, SIM_OK when notified and SIM_TIMEOUT when not;
 * or SIM_MISUSE with nothing changed (wait-without-lock, bad-timeout, null-argument). A thread that was notified
 * before its time ran out always returns SIM_OK: no notification is swallowed by a timeout.
 */
enum sim_status sim_condition_wait_for(struct sim_condition *condition, int64_t timeout_ns);

/*
 * Waits as sim_condition_wait(), as long as predicate(argument) is false; does not wait at all if it is true. Calls it
 * with the lock held. Returns SIM_OK, with the lock held and the predicate true, or SIM_MISUSE (wait-without-lock,
 * null-argument). Python calls this wait_for(), which here is the wait for a time.
 */
enum sim_status sim_condition_wait_until(struct sim_condition *condition, bool (*predicate)(void *), void *argument);

/*
 * As sim_condition_wait_until(), for at most `timeout_ns` nanoseconds in all, or SIM_FOREVER. Returns, with the lock
 * held, SIM_OK if the predicate is true at the end and SIM_TIMEOUT if not; or SIM_MISUSE (as there, bad-timeout).
 */
enum sim_status sim_condition_wait_until_for(struct sim_condition *condition, bool (*predicate)(void *), void *argument,
	int64_t timeout_ns);

/*
 * Wakes `n` of the waiting threads, or all if there are fewer; none if n is below 1. Which ones is not specified: the
 * checker tries each choice, real threads wake those who have waited longest. A woken thread returns from its wait
 * when it has taken the lock again, so not before the caller has released it. Finding nobody is no error, and leaves
 * no trace. Returns SIM_OK, or SIM_MISUSE with nothing changed (notify-without-lock, null-argument). Never waits.
 */
enum sim_status sim_condition_notify(struct sim_condition *condition, int n);

/* As sim_condition_notify(), for all threads that wait. */
enum sim_status sim_condition_notify_all(struct sim_condition *condition);

#ifdef __cplusplus
}
#endif

#endif
