/*
 * Condition on real threads: a queue of waiting threads, guarded by the guard of the condition's lock.
 *
 * One guard for both makes "release the lock and queue up" one step without a second mutex. Each waiter has a
 * condition variable of its own, so that a notification reaches exactly those it is for, and nobody wakes without one.
 */
#include <assert.h>
#include <limits.h>

#include "pt.h"

/* Lifetime: one wait, on the stack of the waiting thread; in the queue until notified or out of time. */
struct pt_waiter {
	struct pt_waiter *next;
	pthread_cond_t woken;
	bool notified;
};

/* In sim_condition.opaque; all zero: nobody waits. Lifetime: as long as the condition. */
struct PT_IN_OPAQUE pt_condition {
	struct pt_waiter *first;
};

static_assert(sizeof(struct pt_condition) <= sizeof(((struct sim_condition *)0)->opaque),
	"a condition fits in its opaque words");

static struct pt_condition *pt_condition_state(struct sim_condition *condition)
{
	return (struct pt_condition *)condition->opaque;
}

static void pt_condition_enqueue(struct pt_condition *state, struct pt_waiter *waiter)
{
	struct pt_waiter **link = &state->first;

	while (*link != NULL)
		link = &(*link)->next;
	*link = waiter;
}

static void pt_condition_dequeue(struct pt_condition *state, struct pt_waiter *waiter)
{
	struct pt_waiter **link = &state->first;

	while (*link != waiter)
		link = &(*link)->next;
	*link = waiter->next;
}

/* Waits in the queue, with the guard held and the lock freed. Returns whether a notification ended the wait. */
static bool pt_condition_queue_up(struct pt_condition *state, struct pt_lock *lock, int64_t timeout_ns)
{
	struct pt_deadline deadline = pt_deadline_after(timeout_ns);
	struct pt_waiter waiter = { .notified = false };
	bool in_time = true;

	pt_cond_init(&waiter.woken);
	pt_condition_enqueue(state, &waiter);
	while (!waiter.notified && in_time)
		in_time = pt_cond_wait_until(&waiter.woken, &lock->gate.guard, &deadline);
	if (!waiter.notified)
		pt_condition_dequeue(state, &waiter);
	pthread_cond_destroy(&waiter.woken);
	return waiter.notified;
}

enum sim_status pt_condition_wait(struct sim_condition *condition, int64_t timeout_ns)
{
	const struct pt_deadline never = { .forever = true };
	struct pt_lock *lock = pt_lock_state(backend_condition_lock(condition));
	bool notified;

	pthread_mutex_lock(&lock->gate.guard);
	if (lock->owner != pt_self()) {
		pthread_mutex_unlock(&lock->gate.guard);
		pt_misuse("wait-without-lock", "a thread waits on a condition whose lock it does not hold");
		return SIM_MISUSE;
	}
	pt_lock_free(lock);
	notified = pt_condition_queue_up(pt_condition_state(condition), lock, timeout_ns);
	pt_lock_take(lock, &never);
	pthread_mutex_unlock(&lock->gate.guard);
	return notified ? SIM_OK : SIM_TIMEOUT;
}

enum sim_status pt_condition_notify(struct sim_condition *condition, int n)
{
	struct pt_lock *lock = pt_lock_state(backend_condition_lock(condition));
	struct pt_condition *state = pt_condition_state(condition);

	pthread_mutex_lock(&lock->gate.guard);
	if (lock->owner != pt_self()) {
		pthread_mutex_unlock(&lock->gate.guard);
		pt_misuse("notify-without-lock", "a thread notifies a condition whose lock it does not hold");
		return SIM_MISUSE;
	}
	for (; n > 0 && state->first != NULL; n--) {
		state->first->notified = true;
		pthread_cond_signal(&state->first->woken);
		state->first = state->first->next;
	}
	pthread_mutex_unlock(&lock->gate.guard);
	return SIM_OK;
}

enum sim_status pt_condition_notify_all(struct sim_condition *condition)
{
	return pt_condition_notify(condition, INT_MAX);
}
