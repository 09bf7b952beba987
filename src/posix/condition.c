/* pthread condition variables as operations on a condition of the world, named by the variable's address. */
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "mutex.h"
#include "posix.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* The clock of pthread_cond_timedwait(), set by attributes: kept in a field of the C library's that is ours here. */
static clockid_t condition_clock(const pthread_cond_t *condition)
{
	return condition->__data.__g_size[0] == 1 ? CLOCK_MONOTONIC : CLOCK_REALTIME;
}

RUNTIME_API int __wrap_pthread_cond_init(pthread_cond_t *condition, const pthread_condattr_t *attributes)
{
	clockid_t clock = CLOCK_REALTIME;
	if (attributes)
		pthread_condattr_getclock(attributes, &clock);
	world_access((uintptr_t)condition, sizeof *condition, RACE_WRITE, world_site());
	memset(condition, 0, sizeof *condition);
	condition->__data.__g_size[0] = clock == CLOCK_MONOTONIC;
	return 0;
}

RUNTIME_API int __wrap_pthread_cond_destroy(pthread_cond_t *condition)
{
	uint32_t object = world_object(condition, SIM_OBJECT_CONDITION);
	if (thread_set_count(&world_running->execution.objects.items[object].waiting))
		posix_misuse("destroy-in-use", "a condition variable is destroyed while threads wait on it");
	return 0;
}

static int condition_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, const struct sim_op *timing)
{
	if (!mutex_is_mine(mutex))
		posix_misuse("wait-without-lock", "a thread waits on a condition variable without holding the mutex");
	unsigned depth = mutex->__data.__count;
	mutex_set_depth(mutex, 0);
	struct sim_op op = *timing;
	op.kind = SIM_OP_WAIT;
	op.object = world_object(condition, SIM_OBJECT_CONDITION);
	op.second = mutex_object(mutex);
	op.address = (uintptr_t)condition;
	op.timed = false;
	op.site = world_site();
	world_call(&op);
	op.kind = SIM_OP_WAKE;
	op.timed = timing->timed;
	bool woken = world_call(&op).low == SIM_RESULT_OK;
	mutex_set_depth(mutex, depth);
	return woken ? 0 : ETIMEDOUT;
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
	                    .address = (uintptr_t)condition};
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
