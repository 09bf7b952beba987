/* pthread condition variables as operations on a condition of the world, named by the variable's address. */
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

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

/* The memory of a condition gets a value. What it held before may have been anything. */
static void condition_set(pthread_cond_t *condition, unsigned state)
{
	world_access((uintptr_t)condition, sizeof *condition, RACE_WRITE, world_site());
	memset(condition, 0, sizeof *condition);
	condition->__data.__g_size[0] = state;
}

/* Notes that the program uses the condition, at `site`: to the race detector, as with mutexes, an atomic access. */
static void condition_use(const pthread_cond_t *condition, uint32_t site)
{
	world_visit((uintptr_t)condition, 1, RACE_ATOMIC, site);
	if (condition->__data.__g_size[0] == CONDITION_DESTROYED)
		posix_misuse("use-destroyed", "a condition variable is used after it was destroyed");
}

RUNTIME_API int __wrap_pthread_cond_init(pthread_cond_t *condition, const pthread_condattr_t *attributes)
{
	clockid_t clock = CLOCK_REALTIME;
	if (attributes)
		pthread_condattr_getclock(attributes, &clock);
	condition_set(condition, clock == CLOCK_MONOTONIC ? CONDITION_MONOTONIC : CONDITION_REALTIME);
	return 0;
}

RUNTIME_API int __wrap_pthread_cond_destroy(pthread_cond_t *condition)
{
	uint32_t object = world_object(condition, SIM_OBJECT_CONDITION);
	condition_use(condition, world_site());
	condition_set(condition, CONDITION_DESTROYED);
	if (thread_set_count(&world_running->execution.objects.items[object].waiting))
		posix_misuse("destroy-in-use", "a condition variable is destroyed while threads wait on it");
	return 0;
}

static int condition_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, const struct sim_op *timing)
{
	if (!mutex_is_mine(mutex))
		posix_misuse("wait-without-lock", "a thread waits on a condition variable without holding the mutex");
	if (mutex->__data.__count)
		posix_misuse("wait-locked-twice",
		             "a thread waits while it holds a recursive mutex more than once: the wait gives it up only once");
	struct sim_op op = *timing;
	op.kind = SIM_OP_WAIT;
	op.object = world_object(condition, SIM_OBJECT_CONDITION);
	op.second = mutex_object(mutex);
	op.address = (uintptr_t)condition;
	op.timed = false;
	op.site = world_site();
	condition_use(condition, op.site);
	mutex_use(mutex, op.site);
	world_call(&op);
	op.kind = SIM_OP_WAKE;
	op.timed = timing->timed;
	return world_call(&op).low == SIM_RESULT_OK ? 0 : ETIMEDOUT;
}

RUNTIME_API int __wrap_pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
	return condition_wait(condition, mutex, &(struct sim_op){0});
}

RUNTIME_API int __wrap_pthread_cond_clockwait(pthread_cond_t *condition, pthread_mutex_t *mutex, clockid_t clock,
                                              const struct timespec *deadline)
{
	struct sim_op timing = {0};
	if (posix_deadline(&timing, clock, deadline))
		return EINVAL;
	return condition_wait(condition, mutex, &timing);
}

RUNTIME_API int __wrap_pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                                              const struct timespec *deadline)
{
	return __wrap_pthread_cond_clockwait(condition, mutex, condition_clock(condition), deadline);
}

static int condition_notify(pthread_cond_t *condition, uint64_t n)
{
	struct sim_op op = {.kind = SIM_OP_NOTIFY, .object = world_object(condition, SIM_OBJECT_CONDITION), .argument = n,
	                    .address = (uintptr_t)condition, .site = world_site()};
	condition_use(condition, op.site);
	world_call(&op);
	return 0;
}

RUNTIME_API int __wrap_pthread_cond_signal(pthread_cond_t *condition)
{
	return condition_notify(condition, 1);
}

RUNTIME_API int __wrap_pthread_cond_broadcast(pthread_cond_t *condition)
{
	return condition_notify(condition, SIM_NOTIFY_ALL);
}
