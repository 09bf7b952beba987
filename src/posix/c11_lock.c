/*
 * Mutexes and conditions of C11 (7.26): those of POSIX with other results, as in the C library, whose objects they are.
 * What C11 leaves undefined is reported, also where it would be an error result in POSIX.
 */
#include <errno.h>
#include <threads.h>

#include "condition.h"
#include "mutex.h"
#include "posix.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* In a field of the mutex that is ours here: made without mtx_timed. */
enum { C11_UNTIMED = 1 };

static int c11_result(int error)
{
	switch (error) {
	case 0:
		return thrd_success;
	case EBUSY:
		return thrd_busy;
	case ETIMEDOUT:
		return thrd_timedout;
	default:
		return thrd_error;
	}
}

static pthread_mutex_t *c11_mutex(mtx_t *mutex)
{
	return (pthread_mutex_t *)mutex;
}

static pthread_cond_t *c11_condition(cnd_t *condition)
{
	return (pthread_cond_t *)condition;
}

RUNTIME_API int __wrap_mtx_init(mtx_t *mutex, int type)
{
	pthread_mutexattr_t attributes;
	if (type & ~(mtx_timed | mtx_recursive))
		posix_misuse("bad-type", "a mutex is made of a type that does not exist: mtx_plain, mtx_timed, or one of both "
		                         "with mtx_recursive");
	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_settype(&attributes, type & mtx_recursive ? PTHREAD_MUTEX_RECURSIVE : PTHREAD_MUTEX_NORMAL);
	int error = mutex_init(c11_mutex(mutex), &attributes);
	c11_mutex(mutex)->__data.__nusers = type & mtx_timed ? 0 : C11_UNTIMED;
	return c11_result(error);
}

RUNTIME_API void __wrap_mtx_destroy(mtx_t *mutex)
{
	mutex_destroy(c11_mutex(mutex));
}

RUNTIME_API int __wrap_mtx_lock(mtx_t *mutex)
{
	return c11_result(mutex_lock(c11_mutex(mutex)));
}

RUNTIME_API int __wrap_mtx_trylock(mtx_t *mutex)
{
	return c11_result(mutex_try_lock(c11_mutex(mutex)));
}

RUNTIME_API int __wrap_mtx_timedlock(mtx_t *restrict mutex, const struct timespec *restrict deadline)
{
	if (c11_mutex(mutex)->__data.__nusers == C11_UNTIMED)
		posix_misuse("timedlock-untimed", "mtx_timedlock() is called for a mutex that was made without mtx_timed");
	return c11_result(mutex_lock_until(c11_mutex(mutex), CLOCK_REALTIME, deadline));
}

RUNTIME_API int __wrap_mtx_unlock(mtx_t *mutex)
{
	if (mutex_unlock(c11_mutex(mutex)) == EPERM)
		posix_misuse("unlock-not-owner", "a mutex is unlocked by a thread that does not hold it");
	return thrd_success;
}

RUNTIME_API int __wrap_cnd_init(cnd_t *condition)
{
	condition_init(c11_condition(condition), CLOCK_REALTIME);
	return thrd_success;
}

RUNTIME_API void __wrap_cnd_destroy(cnd_t *condition)
{
	condition_destroy(c11_condition(condition));
}

static int c11_wait(cnd_t *condition, mtx_t *mutex, const struct sim_op *timing)
{
	int error = condition_wait(c11_condition(condition), c11_mutex(mutex), timing);
	if (error == EPERM)
		posix_misuse("wait-without-lock", "a thread waits on a condition variable without holding the mutex");
	return c11_result(error);
}

RUNTIME_API int __wrap_cnd_wait(cnd_t *condition, mtx_t *mutex)
{
	return c11_wait(condition, mutex, &(struct sim_op){0});
}

RUNTIME_API int __wrap_cnd_timedwait(cnd_t *restrict condition, mtx_t *restrict mutex,
                                     const struct timespec *restrict deadline)
{
	struct sim_op timing = {0};
	if (posix_deadline(&timing, CLOCK_REALTIME, deadline))
		return thrd_error;
	return c11_wait(condition, mutex, &timing);
}

RUNTIME_API int __wrap_cnd_signal(cnd_t *condition)
{
	condition_notify(c11_condition(condition), 1);
	return thrd_success;
}

RUNTIME_API int __wrap_cnd_broadcast(cnd_t *condition)
{
	condition_notify(c11_condition(condition), SIM_NOTIFY_ALL);
	return thrd_success;
}
