/*
 * POSIX read-write locks as operations on a read-write lock of the world. The variable holds the number of its object, 0
 * before the first use of one that a static initialiser or zero-filling made, and the kind that attributes gave it.
 *
 * POSIX leaves open whether a reader waits for a writer that waits. As on the C library that is decided by the kind: only
 * PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP keeps readers out; with the others, which let them pass, a thread may
 * read-lock again what it holds for reading. Who comes first of those that could is not specified: all are tried.
 *
 * How often a thread holds a lock for reading is its private affair, as the depth of a recursive mutex is: the first lock
 * and the last unlock are visible operations; those in between are not, where readers pass.
 */
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "posix.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* What a pthread_rwlock_t holds here, in fields of the C library. */
#define RWLOCK_WORD(lock) ((lock)->__data.__readers)
#define RWLOCK_KIND(lock) ((lock)->__data.__flags)

static const struct posix_kind rwlock_kind = {
	.kind = SIM_OBJECT_RWLOCK,
	.destroyed = "a read-write lock is used after it was destroyed",
	.unknown = "what is used as a read-write lock was not initialised, or is a copy of one in use",
};

static struct sim_object *rwlock_item(uint32_t object)
{
	return &world_running->execution.objects.items[object];
}

static bool rwlock_lets_readers_pass(const pthread_rwlock_t *lock)
{
	return RWLOCK_KIND(lock) != PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP;
}

/* Notes that the program uses the lock, at `site`. Returns its object. */
static uint32_t rwlock_use(const pthread_rwlock_t *lock, uint32_t site)
{
	uint32_t *word = (uint32_t *)&RWLOCK_WORD(lock);
	posix_use(lock, sizeof *lock, site);
	if (!*word)
		posix_set_word(word, posix_begin(lock, &rwlock_kind, 0));
	return posix_object(lock, *word, &rwlock_kind);
}

static struct sim_op rwlock_op(enum sim_op_kind kind, const pthread_rwlock_t *lock)
{
	struct sim_objects *objects = &world_running->execution.objects;
	uint32_t site = world_site(), object = rwlock_use(lock, site);
	/* The second object stands for the readers: the one at the next address, which is in the same life. */
	return (struct sim_op){.kind = (uint8_t)kind, .object = object, .address = (uintptr_t)lock, .site = site,
	                       .second = object_at(objects, objects->items[object].key + 1, SIM_OBJECT_READERS),
	                       .argument = rwlock_lets_readers_pass(lock) ? SIM_READERS_PASS : 0};
}

static bool rwlock_i_write(const struct sim_op *op)
{
	return rwlock_item(op->object)->owner == world_self();
}

/* ---- how often a thread reads ------------------------------------------------------------------------------------ */

/* The object that counts that: one for each thread and life of the lock. */
static uint32_t rwlock_hold(const struct sim_op *op)
{
	uint64_t life = rwlock_item(op->object)->key >> 48;
	uint64_t key = object_key(op->address, (life * SIM_MAX_THREADS + (unsigned)world_self()) & UINT16_MAX);
	return object_at(&world_running->execution.objects, key, SIM_OBJECT_HOLD);
}

static uint32_t rwlock_depth(const struct sim_op *op)
{
	return rwlock_item(rwlock_hold(op))->state;
}

static void rwlock_set_depth(const struct sim_op *op, uint32_t depth)
{
	object_touch(&world_running->execution.objects, rwlock_hold(op))->state = depth;
}

/* ---- begin and end ------------------------------------------------------------------------------------------------ */

RUNTIME_API int __wrap_pthread_rwlock_init(pthread_rwlock_t *lock, const pthread_rwlockattr_t *attributes)
{
	int kind = PTHREAD_RWLOCK_DEFAULT_NP;
	if (attributes) {
		world_access((uintptr_t)attributes, sizeof *attributes, RACE_READ, world_site());
		pthread_rwlockattr_getkind_np(attributes, &kind);
	}
	posix_overwrite(lock, sizeof *lock);
	memset(lock, 0, sizeof *lock);
	RWLOCK_KIND(lock) = (unsigned)kind;
	RWLOCK_WORD(lock) = posix_begin(lock, &rwlock_kind, 0);
	return 0;
}

RUNTIME_API int __wrap_pthread_rwlock_destroy(pthread_rwlock_t *lock)
{
	const struct sim_object *object = rwlock_item(rwlock_use(lock, world_site()));
	posix_overwrite(lock, sizeof *lock);
	RWLOCK_WORD(lock) = POSIX_DESTROYED;
	if (object->owner != SIM_NOBODY || !thread_set_is_empty(&object->waiting))
		posix_misuse("destroy-in-use", "a read-write lock is destroyed while it is held");
	return 0;
}

/* ---- reading ------------------------------------------------------------------------------------------------------ */

/* Locks for reading: 0, or the error where that fails. */
static int rwlock_read(struct sim_op *op, int failure)
{
	uint32_t depth = rwlock_depth(op);
	if (!depth || !(op->argument & SIM_READERS_PASS)) {
		op->argument |= SIM_READS_AGAIN;
		if (world_call(op).low != SIM_RESULT_OK)
			return failure;
	}
	rwlock_set_depth(op, depth + 1);
	return 0;
}

RUNTIME_API int __wrap_pthread_rwlock_rdlock(pthread_rwlock_t *lock)
{
	struct sim_op op = rwlock_op(SIM_OP_READ_LOCK, lock);
	return rwlock_i_write(&op) ? EDEADLK : rwlock_read(&op, 0);
}

RUNTIME_API int __wrap_pthread_rwlock_tryrdlock(pthread_rwlock_t *lock)
{
	struct sim_op op = rwlock_op(SIM_OP_TRY_READ_LOCK, lock);
	return rwlock_i_write(&op) ? EBUSY : rwlock_read(&op, EBUSY);
}

/* The C library looks at the time first, also where it would not have to wait. */
static bool rwlock_is_bad_time(struct sim_op *op, clockid_t clock, const struct timespec *deadline)
{
	return !posix_is_waiting_clock(clock) || posix_deadline(op, clock, deadline);
}

RUNTIME_API int __wrap_pthread_rwlock_clockrdlock(pthread_rwlock_t *lock, clockid_t clock, const struct timespec *deadline)
{
	struct sim_op op = rwlock_op(SIM_OP_READ_LOCK, lock);
	if (rwlock_is_bad_time(&op, clock, deadline))
		return EINVAL;
	return rwlock_i_write(&op) ? EDEADLK : rwlock_read(&op, ETIMEDOUT);
}

RUNTIME_API int __wrap_pthread_rwlock_timedrdlock(pthread_rwlock_t *lock, const struct timespec *deadline)
{
	return __wrap_pthread_rwlock_clockrdlock(lock, CLOCK_REALTIME, deadline);
}

/* ---- writing ------------------------------------------------------------------------------------------------------ */

/* A claim first, which in virtual time is not needed where readers pass (semantics_rwlock.c). */
static int rwlock_write(struct sim_op *op)
{
	bool claims = !(op->argument & SIM_READERS_PASS) || !world_running->execution.objects.virtual_time;
	op->kind = SIM_OP_CLAIM;
	if (claims && world_call(op).low != SIM_RESULT_OK)
		return ETIMEDOUT;
	op->kind = SIM_OP_WRITE_LOCK;
	return world_call(op).low == SIM_RESULT_OK ? 0 : ETIMEDOUT;
}

RUNTIME_API int __wrap_pthread_rwlock_wrlock(pthread_rwlock_t *lock)
{
	struct sim_op op = rwlock_op(SIM_OP_CLAIM, lock);
	return rwlock_i_write(&op) ? EDEADLK : rwlock_write(&op);
}

RUNTIME_API int __wrap_pthread_rwlock_trywrlock(pthread_rwlock_t *lock)
{
	struct sim_op op = rwlock_op(SIM_OP_TRY_WRITE_LOCK, lock);
	return !rwlock_i_write(&op) && world_call(&op).low == SIM_RESULT_OK ? 0 : EBUSY;
}

RUNTIME_API int __wrap_pthread_rwlock_clockwrlock(pthread_rwlock_t *lock, clockid_t clock, const struct timespec *deadline)
{
	struct sim_op op = rwlock_op(SIM_OP_CLAIM, lock);
	if (rwlock_is_bad_time(&op, clock, deadline))
		return EINVAL;
	return rwlock_i_write(&op) ? EDEADLK : rwlock_write(&op);
}

RUNTIME_API int __wrap_pthread_rwlock_timedwrlock(pthread_rwlock_t *lock, const struct timespec *deadline)
{
	return __wrap_pthread_rwlock_clockwrlock(lock, CLOCK_REALTIME, deadline);
}

/* ---- both --------------------------------------------------------------------------------------------------------- */

RUNTIME_API int __wrap_pthread_rwlock_unlock(pthread_rwlock_t *lock)
{
	struct sim_op op = rwlock_op(SIM_OP_RW_UNLOCK, lock);
	uint32_t depth = rwlock_depth(&op);
	if (!depth && !rwlock_i_write(&op))
		posix_misuse("unlock-not-holder", "a read-write lock is unlocked by a thread that does not hold it");
	if (depth)
		rwlock_set_depth(&op, depth - 1);
	if (depth <= 1)
		world_call(&op);
	return 0;
}
