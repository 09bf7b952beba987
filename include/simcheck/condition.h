/*
 * Condition: wait for a notification, over a Lock.
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
 * Unlike POSIX too, notifying needs the lock.
 *
 * "Holds the lock" means: is the thread that last acquired it, and it has not been released since.
 *
 * Lifetime: from zero-filling or sim_condition_init() until the memory goes away; there is nothing to release. The
 * memory must stay valid, and at its address, while any thread uses the condition. All functions but
 * sim_condition_init() may be called by any thread at any time.
 */
#ifndef SIMCHECK_CONDITION_H
#define SIMCHECK_CONDITION_H

#include <stdint.h>
#include <string.h>

#include <simcheck/lock.h>
#include <simcheck/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A zero-filled one is ready for use, with a lock of its own. Several conditions may share one lock. */
struct sim_condition {
	const char *name;      /* NULL: named after the variable */
	struct sim_lock *lock; /* NULL: its own */
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

/* sim_lock_acquire() and sim_lock_release() of the condition's lock. */
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
