/*
 * pthread mutexes as operations on a lock of the world, named by the mutex's address.
 *
 * The C library's own fields in the mutex keep what only its owner needs: its type, as the static initialisers and
 * attributes set it, and how often it is held. The first lock and the last unlock are visible operations; those in
 * between are the owner's private affair (DESIGN 5).
 *
 * To the race detector an operation is an atomic access of the mutex's first byte, and init and destroy are writes: a
 * mutex that is destroyed or whose memory is freed while another thread may use it is a race.
 */
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "mutex.h"
#include "posix.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* The type of a mutex that was destroyed, until its memory is given another value. */
enum { MUTEX_DESTROYED = -1 };

static int mutex_type(const pthread_mutex_t *mutex)
{
	return mutex->__data.__kind & 3;
}

uint32_t mutex_object(const pthread_mutex_t *mutex)
{
	return world_object(mutex, SIM_OBJECT_LOCK);
}

bool mutex_is_mine(const pthread_mutex_t *mutex)
{
	return world_running->execution.objects.items[mutex_object(mutex)].owner == world_self();
}

/* How often the owner of a recursive mutex holds it, beyond once. */
static void mutex_set_depth(pthread_mutex_t *mutex, unsigned depth)
{
	undo_save(&world_running->execution.undo, &mutex->__data.__count, sizeof mutex->__data.__count);
	mutex->__data.__count = depth;
}

/* Re-entry by the owner: the result, or -1 when the lock has to be taken. */
static int mutex_reenter(pthread_mutex_t *mutex, bool trying)
{
	if (!mutex_is_mine(mutex))
		return -1;
	if (mutex_type(mutex) == PTHREAD_MUTEX_RECURSIVE) {
		mutex_set_depth(mutex, mutex->__data.__count + 1);
		return 0;
	}
	if (trying)
		return EBUSY;
	return mutex_type(mutex) == PTHREAD_MUTEX_ERRORCHECK ? EDEADLK : -1;
}

void mutex_use(const pthread_mutex_t *mutex, uint32_t site)
{
	world_visit((uintptr_t)mutex, 1, RACE_ATOMIC, site);
	if (mutex->__data.__kind == MUTEX_DESTROYED)
		posix_misuse("use-destroyed", "a mutex is used after it was destroyed");
}

static struct sim_op mutex_op(enum sim_op_kind kind, const pthread_mutex_t *mutex)
{
	uint32_t site = world_site();
	mutex_use(mutex, site);
	return (struct sim_op){
		.kind = (uint8_t)kind, .object = mutex_object(mutex), .address = (uintptr_t)mutex, .site = site};
}

/* The memory of a mutex gets the value of one of that type. What it held before may have been anything. */
static void mutex_set(pthread_mutex_t *mutex, int type)
{
	world_access((uintptr_t)mutex, sizeof *mutex, RACE_WRITE, world_site());
	memset(mutex, 0, sizeof *mutex);
	mutex->__data.__kind = type;
}

RUNTIME_API int __wrap_pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
	int type = PTHREAD_MUTEX_DEFAULT;
	if (attributes)
		pthread_mutexattr_gettype(attributes, &type);
	mutex_set(mutex, type);
	return 0;
}

RUNTIME_API int __wrap_pthread_mutex_destroy(pthread_mutex_t *mutex)
{
	mutex_use(mutex, world_site());
	mutex_set(mutex, MUTEX_DESTROYED);
	if (world_running->execution.objects.items[mutex_object(mutex)].owner != SIM_NOBODY)
		posix_misuse("destroy-in-use", "a mutex is destroyed while it is locked");
	return 0;
}

RUNTIME_API int __wrap_pthread_mutex_lock(pthread_mutex_t *mutex)
{
	int result = mutex_reenter(mutex, false);
	if (result >= 0)
		return result;
	struct sim_op op = mutex_op(SIM_OP_LOCK, mutex);
	world_call(&op);
	return 0;
}

RUNTIME_API int __wrap_pthread_mutex_trylock(pthread_mutex_t *mutex)
{
	int result = mutex_reenter(mutex, true);
	if (result >= 0)
		return result;
	struct sim_op op = mutex_op(SIM_OP_TRY_LOCK, mutex);
	return world_call(&op).low == SIM_RESULT_OK ? 0 : EBUSY;
}

RUNTIME_API int __wrap_pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock, const struct timespec *deadline)
{
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
		return EINVAL;
	int result = mutex_reenter(mutex, false);
	if (result >= 0)
		return result;
	struct sim_op op = mutex_op(SIM_OP_LOCK, mutex);
	if (posix_deadline(&op, clock, deadline))
		return EINVAL;
	return world_call(&op).low == SIM_RESULT_OK ? 0 : ETIMEDOUT;
}

RUNTIME_API int __wrap_pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *deadline)
{
	return __wrap_pthread_mutex_clocklock(mutex, CLOCK_REALTIME, deadline);
}

RUNTIME_API int __wrap_pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	if (!mutex_is_mine(mutex)) {
		mutex_use(mutex, world_site());
		if (mutex_type(mutex) == PTHREAD_MUTEX_RECURSIVE || mutex_type(mutex) == PTHREAD_MUTEX_ERRORCHECK)
			return EPERM;
		posix_misuse("unlock-not-owner", "a mutex is unlocked by a thread that does not hold it");
	}
	if (mutex->__data.__count) {
		mutex_set_depth(mutex, mutex->__data.__count - 1);
		return 0;
	}
	struct sim_op op = mutex_op(SIM_OP_UNLOCK, mutex);
	world_call(&op);
	return 0;
}
