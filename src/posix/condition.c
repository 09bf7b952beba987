/*
 * Condition variables of POSIX and C11 as operations on a condition of the world, named by the variable's address.
 *
 * A wait that ends by itself (spurious wakeups) is a release of the mutex and an acquisition like any other: it might as
 * well have ended before anybody could notice that it had begun. Whether it does is a choice, made before.
 */
#include "condition.h"

#include <errno.h>
#include <string.h>

#include "cancellation.h"
#include "mutex.h"
#include "posix.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* The clock of pthread_cond_timedwait(), set by attributes, or that the condition was destroyed: kept in a field of the C
 * library's that is ours here. */
enum { CONDITION_REALTIME, CONDITION_MONOTONIC, CONDITION_DESTROYED };

static clockid_t condition_clock(const pthread_cond_t *condition)
{
	return condition->__data.__g_size[0] == CONDITION_MONOTONIC ? CLOCK_MONOTONIC : CLOCK_REALTIME;
}

static uint32_t condition_object(const pthread_cond_t *condition)
{
	return world_object(condition, SIM_OBJECT_CONDITION);
}

static const struct sim_thread_set *condition_waiting(const pthread_cond_t *condition)
{
	return &world_running->execution.objects.items[condition_object(condition)].waiting;
}

/* The memory of a condition gets a value. What it held before may have been anything. */
static void condition_set(pthread_cond_t *condition, unsigned state)
{
	posix_overwrite(condition, sizeof *condition);
	memset(condition, 0, sizeof *condition);
	condition->__data.__g_size[0] = state;
}

/* Notes that the program uses the condition, at `site`: to the race detector, as with mutexes, an atomic access. */
static void condition_use(const pthread_cond_t *condition, uint32_t site)
{
	posix_use(condition, sizeof *condition, site);
	if (condition->__data.__g_size[0] == CONDITION_DESTROYED)
		posix_misuse("use-destroyed", "a condition variable is used after it was destroyed");
	if (condition->__data.__g_size[0] > CONDITION_DESTROYED)
		posix_misuse("not-initialised",
		             "a condition variable is used that was not initialised: its memory holds something else");
}

void condition_init(pthread_cond_t *condition, clockid_t clock)
{
	condition_set(condition, clock == CLOCK_MONOTONIC ? CONDITION_MONOTONIC : CONDITION_REALTIME);
	if (!thread_set_is_empty(condition_waiting(condition)))
		posix_misuse("init-in-use", "a condition variable is initialised while threads wait on it");
}

void condition_destroy(pthread_cond_t *condition)
{
	condition_use(condition, world_site());
	condition_set(condition, CONDITION_DESTROYED);
	if (!thread_set_is_empty(condition_waiting(condition)))
		posix_misuse("destroy-in-use", "a condition variable is destroyed while threads wait on it");
}

/* ---- waiting ---------------------------------------------------------------------------------------------------- */

/* Whether the caller may wait with the mutex: 0, or an error number. */
static int condition_check_mutex(pthread_mutex_t *mutex)
{
	if (!mutex_is_mine(mutex)) {
		mutex_use(mutex, world_site());
		if (mutex_knows_owner(mutex))
			return EPERM;
		posix_misuse("wait-without-lock", "a thread waits on a condition variable without holding the mutex");
	}
	if (mutex->__data.__count)
		posix_misuse("wait-locked-twice",
		             "a thread waits while it holds a recursive mutex more than once: the wait gives it up only once");
	return 0;
}

/* All who wait at a time must have come with the same mutex. Waits with different ones do not commute (semantics.c): of
 * two, whichever comes second finds the mistake. */
static void condition_check_others(const struct sim_op *op)
{
	const struct sim_execution *x = &world_running->execution;
	const struct sim_thread_set *waiting = &x->objects.items[op->object].waiting;
	for (int i = 0, n = thread_set_count(waiting); i < n; i++) {
		int other = thread_set_nth(waiting, i);
		if (other != world_self() && x->pending[other].second != op->second)
			posix_misuse("wait-other-lock", "threads wait on a condition variable with different mutexes at the same time");
	}
}

/* Whether the wait that is about to begin ends by itself. */
static bool condition_wakes_spuriously(const pthread_cond_t *condition, uint32_t site)
{
	struct sim_op op = {.kind = SIM_OP_CHOOSE, .object = condition_object(condition), .address = (uintptr_t)condition,
	                    .argument = 2, .unasked = true, .site = site};
	if (world_thread()->n_spurious >= world_running->options.spurious_wakeups || !world_call(&op).low)
		return false;
	world_thread()->n_spurious++;
	return true;
}

static int condition_wake_spuriously(pthread_mutex_t *mutex, uint32_t site)
{
	struct sim_op op = {.kind = SIM_OP_UNLOCK, .object = mutex_object(mutex), .address = (uintptr_t)mutex, .site = site};
	mutex_give_up(mutex, &op);
	op.kind = SIM_OP_LOCK;
	world_call(&op);
	return mutex_taken(mutex);
}

int condition_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, const struct sim_op *timing)
{
	int error = condition_check_mutex(mutex);
	if (error)
		return error;
	cancellation_point();
	struct sim_op op = {.kind = SIM_OP_WAIT, .object = condition_object(condition), .second = mutex_object(mutex),
	                    .address = (uintptr_t)condition, .site = world_site()};
	condition_use(condition, op.site);
	mutex_use(mutex, op.site);
	if (condition_wakes_spuriously(condition, op.site))
		return condition_wake_spuriously(mutex, op.site);
	mutex_give_up(mutex, &op);
	condition_check_others(&op);
	op.kind = SIM_OP_WAKE;
	op.timed = timing->timed;
	op.deadline_ns = timing->deadline_ns;
	op.cancellable = cancellation_is_possible();
	uint64_t result = world_call(&op).low;
	error = mutex_taken(mutex);
	if (op.cancellable && result == SIM_RESULT_CANCELLED)
		cancellation_act();
	return error ? error : result == SIM_RESULT_OK ? 0 : ETIMEDOUT;
}

void condition_notify(pthread_cond_t *condition, uint64_t n)
{
	struct sim_op op = {.kind = SIM_OP_NOTIFY, .object = condition_object(condition), .argument = n,
	                    .address = (uintptr_t)condition, .site = world_site()};
	condition_use(condition, op.site);
	world_call(&op);
}

/* ---- the interface of POSIX ------------------------------------------------------------------------------------- */

RUNTIME_API int __wrap_pthread_cond_init(pthread_cond_t *condition, const pthread_condattr_t *attributes)
{
	clockid_t clock = CLOCK_REALTIME;
	if (attributes) {
		world_access((uintptr_t)attributes, sizeof *attributes, RACE_READ, world_site());
		pthread_condattr_getclock(attributes, &clock);
	}
	condition_init(condition, clock);
	return 0;
}

RUNTIME_API int __wrap_pthread_cond_destroy(pthread_cond_t *condition)
{
	condition_destroy(condition);
	return 0;
}

RUNTIME_API int __wrap_pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
	return condition_wait(condition, mutex, &(struct sim_op){0});
}

RUNTIME_API int __wrap_pthread_cond_clockwait(pthread_cond_t *condition, pthread_mutex_t *mutex, clockid_t clock,
                                              const struct timespec *deadline)
{
	struct sim_op timing = {0};
	if (!posix_is_waiting_clock(clock) || posix_deadline(&timing, clock, deadline))
		return EINVAL;
	return condition_wait(condition, mutex, &timing);
}

RUNTIME_API int __wrap_pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                                              const struct timespec *deadline)
{
	return __wrap_pthread_cond_clockwait(condition, mutex, condition_clock(condition), deadline);
}

RUNTIME_API int __wrap_pthread_cond_signal(pthread_cond_t *condition)
{
	condition_notify(condition, 1);
	return 0;
}

RUNTIME_API int __wrap_pthread_cond_broadcast(pthread_cond_t *condition)
{
	condition_notify(condition, SIM_NOTIFY_ALL);
	return 0;
}
