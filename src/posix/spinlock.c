/*
 * Spin locks of POSIX as operations on a lock of the world: who waits for one waits, and does not spin. A deadlock with
 * them is one, not a loop. The variable holds which object it is: nothing else could stand for an initialised one.
 */
#include <errno.h>
#include <pthread.h>

#include "posix.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

static const struct posix_kind spinlock_kind = {
	.kind = SIM_OBJECT_LOCK,
	.destroyed = "a spin lock is used after it was destroyed",
	.unknown = "what is used as a spin lock was never given to pthread_spin_init(), or is a copy of one that was",
};

static struct sim_op spinlock_op(enum sim_op_kind kind, const pthread_spinlock_t *lock)
{
	uint32_t site = world_site();
	posix_use((const void *)lock, sizeof *lock, site);
	uint32_t object = posix_object((const void *)lock, (uint32_t)*lock, &spinlock_kind);
	return (struct sim_op){.kind = (uint8_t)kind, .object = object, .address = (uintptr_t)lock, .site = site};
}

static int spinlock_owner(uint32_t object)
{
	return world_running->execution.objects.items[object].owner;
}

RUNTIME_API int __wrap_pthread_spin_init(pthread_spinlock_t *lock, int shared)
{
	(void)shared; /* there is one process */
	posix_overwrite((const void *)lock, sizeof *lock);
	*lock = (int)posix_begin((const void *)lock, &spinlock_kind, 0);
	return 0;
}

RUNTIME_API int __wrap_pthread_spin_destroy(pthread_spinlock_t *lock)
{
	struct sim_op op = spinlock_op(SIM_OP_NONE, lock);
	posix_overwrite((const void *)lock, sizeof *lock);
	*lock = (int)POSIX_DESTROYED;
	if (spinlock_owner(op.object) != SIM_NOBODY)
		posix_misuse("destroy-in-use", "a spin lock is destroyed while it is locked");
	return 0;
}

RUNTIME_API int __wrap_pthread_spin_lock(pthread_spinlock_t *lock)
{
	struct sim_op op = spinlock_op(SIM_OP_LOCK, lock);
	world_call(&op);
	return 0;
}

RUNTIME_API int __wrap_pthread_spin_trylock(pthread_spinlock_t *lock)
{
	struct sim_op op = spinlock_op(SIM_OP_TRY_LOCK, lock);
	return world_call(&op).low == SIM_RESULT_OK ? 0 : EBUSY;
}

RUNTIME_API int __wrap_pthread_spin_unlock(pthread_spinlock_t *lock)
{
	struct sim_op op = spinlock_op(SIM_OP_UNLOCK, lock);
	if (spinlock_owner(op.object) != world_self())
		posix_misuse("unlock-not-owner", "a spin lock is unlocked by a thread that does not hold it");
	world_call(&op);
	return 0;
}
