/*
 * Mutexes of POSIX and C11 as operations on a lock of the world, named by the mutex's address.
 *
 * The mutex's own memory keeps what only its owner needs, in the C library's fields: its type, as the static initialisers
 * and attributes set it, how often it is held, and, of a robust one, what became of its former owner and which other
 * one its thread holds; and which object it is, so that a new mutex at the place of an old one can be told from it. The
 * first lock and the last unlock are visible operations; those in between are the owner's private affair (DESIGN 5). What
 * is kept is written in the same step as the operation that acquires or releases, and read in that of another: nobody
 * sees one without the other.
 *
 * Robust mutexes need nothing else of the model: a thread that ends gives up what it holds, by an operation for each.
 *
 * To the race detector an operation is an atomic access of the mutex's first byte, and init and destroy are writes: a
 * mutex that is destroyed or whose memory is freed while another thread may use it is a race.
 */
#include "mutex.h"

#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <string.h>

#include "posix.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* The bits of `__kind` that the C library sets; and what it is while a mutex is destroyed. */
enum {
	MUTEX_TYPE = 3,
	MUTEX_ROBUST = 16,
	MUTEX_CEILING = 64, /* protocol PTHREAD_PRIO_PROTECT */
	MUTEX_KNOWN = 0x3f3,
	MUTEX_DESTROYED = -1,
};

/* Where the C library keeps the priority ceiling in `__lock`. */
enum { MUTEX_CEILING_SHIFT = 19 };

/* What became of the owner of a robust mutex, in `__owner`. */
enum {
	MUTEX_SOUND,
	MUTEX_ORPHANED,     /* it ended; whoever takes the mutex next is told */
	MUTEX_INCONSISTENT, /* and was; held by it */
	MUTEX_LOST,         /* and released it without having called it consistent again: for ever */
};

static int mutex_type(const pthread_mutex_t *mutex)
{
	return mutex->__data.__kind & MUTEX_TYPE;
}

static bool mutex_is_robust(const pthread_mutex_t *mutex)
{
	return mutex->__data.__kind & MUTEX_ROBUST;
}

bool mutex_knows_owner(const pthread_mutex_t *mutex)
{
	return mutex_type(mutex) == PTHREAD_MUTEX_RECURSIVE || mutex_type(mutex) == PTHREAD_MUTEX_ERRORCHECK ||
	       mutex_is_robust(mutex);
}

/* To be called before a change that is not the program's own, and no race: only the owner makes it, or everybody the same. */
static struct __pthread_mutex_s *mutex_touch(pthread_mutex_t *mutex)
{
	undo_save(&world_running->execution.undo, mutex, sizeof *mutex);
	return &mutex->__data;
}

/* One more than the index of the object is kept in `__list.__prev`. */
static void mutex_note_object(pthread_mutex_t *mutex, uint32_t index)
{
	mutex->__data.__list.__prev = (void *)(uintptr_t)(index + 1);
}

/* Where the object is not noted, the mutex is new. An earlier one at the same place may have been left locked: that is
 * nothing to this one. */
uint32_t mutex_object(pthread_mutex_t *mutex)
{
	struct sim_objects *objects = &world_running->execution.objects;
	uintptr_t known = (uintptr_t)mutex->__data.__list.__prev;
	uint64_t life = 0;
	uint32_t index;
	if (known && known <= objects->n && objects->items[known - 1].kind == SIM_OBJECT_LOCK &&
	    object_address(&objects->items[known - 1]) == (uintptr_t)mutex)
		return (uint32_t)known - 1;
	posix_check_memory(mutex, sizeof *mutex, world_site());
	do
		index = object_at(objects, object_key((uintptr_t)mutex, life++), SIM_OBJECT_LOCK);
	while (objects->items[index].owner != SIM_NOBODY);
	mutex_touch(mutex);
	mutex_note_object(mutex, index);
	return index;
}

static int mutex_owner(pthread_mutex_t *mutex)
{
	return world_running->execution.objects.items[mutex_object(mutex)].owner;
}

bool mutex_is_mine(pthread_mutex_t *mutex)
{
	return mutex_owner(mutex) == world_self();
}

void mutex_use(const pthread_mutex_t *mutex, uint32_t site)
{
	posix_use(mutex, sizeof *mutex, site);
	if (mutex->__data.__kind == MUTEX_DESTROYED)
		posix_misuse("use-destroyed", "a mutex is used after it was destroyed");
	if (mutex->__data.__kind & ~MUTEX_KNOWN)
		posix_misuse("not-initialised", "a mutex is used that was not initialised: its memory holds something else");
}

static struct sim_op mutex_op(enum sim_op_kind kind, pthread_mutex_t *mutex)
{
	uint32_t site = world_site();
	mutex_use(mutex, site);
	return (struct sim_op){
		.kind = (uint8_t)kind, .object = mutex_object(mutex), .address = (uintptr_t)mutex, .site = site};
}

/* ---- what a thread holds -------------------------------------------------------------------------------------- */

/* The robust mutexes that a thread holds are a list, the one locked last first. */
static void mutex_note_held(pthread_mutex_t *mutex)
{
	struct world_thread *thread = world_thread();
	mutex_touch(mutex)->__list.__next = thread->robust;
	thread->robust = mutex;
}

static void mutex_forget_held(pthread_mutex_t *mutex)
{
	struct world_thread *thread = world_thread();
	struct __pthread_internal_list *next = mutex->__data.__list.__next;
	if (thread->robust == mutex) {
		thread->robust = next;
		return;
	}
	for (pthread_mutex_t *other = thread->robust; other; other = (void *)other->__data.__list.__next)
		if ((void *)other->__data.__list.__next == mutex)
			mutex_touch(other)->__list.__next = next;
}

/* ---- acquiring and releasing ------------------------------------------------------------------------------------ */

void mutex_give_up(pthread_mutex_t *mutex, struct sim_op *op)
{
	if (mutex_is_robust(mutex))
		mutex_forget_held(mutex);
	world_call(op);
	if (mutex->__data.__owner == MUTEX_INCONSISTENT)
		mutex_touch(mutex)->__owner = MUTEX_LOST;
}

static void mutex_release(pthread_mutex_t *mutex)
{
	struct sim_op op = mutex_op(SIM_OP_UNLOCK, mutex);
	mutex_give_up(mutex, &op);
}

int mutex_taken(pthread_mutex_t *mutex)
{
	if (!mutex_is_robust(mutex))
		return 0;
	mutex_note_held(mutex);
	if (mutex->__data.__owner == MUTEX_LOST) {
		mutex_release(mutex);
		return ENOTRECOVERABLE;
	}
	if (mutex->__data.__owner != MUTEX_ORPHANED)
		return 0;
	mutex_touch(mutex)->__owner = MUTEX_INCONSISTENT;
	return EOWNERDEAD;
}

/* Re-entry by the owner: the result, or -1 when the lock has to be taken, which will never be. */
static int mutex_reenter(pthread_mutex_t *mutex, bool tries)
{
	if (!mutex_is_mine(mutex))
		return -1;
	if (mutex_type(mutex) == PTHREAD_MUTEX_RECURSIVE) {
		if (mutex->__data.__count == UINT_MAX)
			return EAGAIN;
		mutex_touch(mutex)->__count++;
		return 0;
	}
	if (mutex_type(mutex) == PTHREAD_MUTEX_ERRORCHECK)
		return tries && !mutex_is_robust(mutex) ? EBUSY : EDEADLK;
	return tries ? EBUSY : -1;
}

/* Acquires the mutex by an operation of this kind, which may be timed. Whoever finds it taken by one who only learns that
 * it is lost learns the same. */
static int mutex_acquire(pthread_mutex_t *mutex, enum sim_op_kind kind, const struct sim_op *timing)
{
	struct sim_op op = mutex_op(kind, mutex);
	op.timed = timing->timed;
	op.deadline_ns = timing->deadline_ns;
	if (world_call(&op).low == SIM_RESULT_OK)
		return mutex_taken(mutex);
	if (mutex->__data.__owner == MUTEX_LOST)
		return ENOTRECOVERABLE;
	return kind == SIM_OP_TRY_LOCK ? EBUSY : ETIMEDOUT;
}

int mutex_lock(pthread_mutex_t *mutex)
{
	int result = mutex_reenter(mutex, false);
	return result >= 0 ? result : mutex_acquire(mutex, SIM_OP_LOCK, &(struct sim_op){0});
}

int mutex_try_lock(pthread_mutex_t *mutex)
{
	int result = mutex_reenter(mutex, true);
	return result >= 0 ? result : mutex_acquire(mutex, SIM_OP_TRY_LOCK, &(struct sim_op){0});
}

/* A deadline that is none only matters to who would have to wait for it. */
int mutex_lock_until(pthread_mutex_t *mutex, clockid_t clock, const struct timespec *deadline)
{
	struct sim_op timing = {0};
	bool may_wait = posix_deadline(&timing, clock, deadline) == 0;
	int result = mutex_reenter(mutex, false);
	if (result < 0)
		result = mutex_acquire(mutex, may_wait ? SIM_OP_LOCK : SIM_OP_TRY_LOCK, &timing);
	return result == EBUSY ? EINVAL : result;
}

int mutex_unlock(pthread_mutex_t *mutex)
{
	if (!mutex_is_mine(mutex)) {
		mutex_use(mutex, world_site());
		if (mutex_knows_owner(mutex))
			return EPERM;
		posix_misuse("unlock-not-owner", "a mutex is unlocked by a thread that does not hold it");
	}
	if (mutex->__data.__count)
		mutex_touch(mutex)->__count--;
	else
		mutex_release(mutex);
	return 0;
}

void mutex_abandon_held(void)
{
	for (pthread_mutex_t *mutex; (mutex = world_thread()->robust);) {
		const struct sim_object *lock = &world_running->execution.objects.items[mutex_object(mutex)];
		struct sim_op op = {.kind = SIM_OP_UNLOCK, .object = mutex_object(mutex), .address = (uintptr_t)mutex,
		                    .site = lock->owner_site, .unasked = true};
		mutex_forget_held(mutex);
		world_call(&op);
		struct __pthread_mutex_s *data = mutex_touch(mutex);
		data->__count = 0;
		data->__owner = MUTEX_ORPHANED;
	}
}

/* ---- beginning and end ------------------------------------------------------------------------------------------ */

/* What the memory held before may have been anything, but no mutex that somebody holds. */
int mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
	posix_overwrite(mutex, sizeof *mutex);
	if (mutex_owner(mutex) != SIM_NOBODY)
		posix_misuse("init-in-use", "a mutex is initialised while it is locked");
	uint32_t object = mutex_object(mutex);
	int error = pthread_mutex_init(mutex, attributes);
	mutex_note_object(mutex, object);
	return error;
}

void mutex_destroy(pthread_mutex_t *mutex)
{
	mutex_use(mutex, world_site());
	posix_overwrite(mutex, sizeof *mutex);
	mutex->__data.__kind = MUTEX_DESTROYED;
	if (mutex_owner(mutex) != SIM_NOBODY)
		posix_misuse("destroy-in-use", "a mutex is destroyed while it is locked");
}

/* ---- the interface of POSIX ------------------------------------------------------------------------------------- */

RUNTIME_API int __wrap_pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
	if (attributes)
		world_access((uintptr_t)attributes, sizeof *attributes, RACE_READ, world_site());
	return mutex_init(mutex, attributes);
}

RUNTIME_API int __wrap_pthread_mutex_destroy(pthread_mutex_t *mutex)
{
	mutex_destroy(mutex);
	return 0;
}

RUNTIME_API int __wrap_pthread_mutex_lock(pthread_mutex_t *mutex)
{
	return mutex_lock(mutex);
}

RUNTIME_API int __wrap_pthread_mutex_trylock(pthread_mutex_t *mutex)
{
	return mutex_try_lock(mutex);
}

RUNTIME_API int __wrap_pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock, const struct timespec *deadline)
{
	return posix_is_waiting_clock(clock) ? mutex_lock_until(mutex, clock, deadline) : EINVAL;
}

RUNTIME_API int __wrap_pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *deadline)
{
	return mutex_lock_until(mutex, CLOCK_REALTIME, deadline);
}

RUNTIME_API int __wrap_pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	return mutex_unlock(mutex);
}

RUNTIME_API int __wrap_pthread_mutex_consistent(pthread_mutex_t *mutex)
{
	mutex_use(mutex, world_site());
	if (!mutex_is_mine(mutex) || mutex->__data.__owner != MUTEX_INCONSISTENT)
		return EINVAL;
	mutex_touch(mutex)->__owner = MUTEX_SOUND;
	return 0;
}

/* A ceiling changes while the mutex is held, and is asked for by an operation that has its place among those on the mutex. */
RUNTIME_API int __wrap_pthread_mutex_getprioceiling(const pthread_mutex_t *mutex, int *ceiling)
{
	struct sim_op op = mutex_op(SIM_OP_IS_LOCKED, (pthread_mutex_t *)mutex);
	if (!(mutex->__data.__kind & MUTEX_CEILING))
		return EINVAL;
	world_call(&op);
	world_access((uintptr_t)ceiling, sizeof *ceiling, RACE_WRITE, op.site);
	*ceiling = (int)((unsigned)mutex->__data.__lock >> MUTEX_CEILING_SHIFT);
	return 0;
}

RUNTIME_API int __wrap_pthread_mutex_setprioceiling(pthread_mutex_t *mutex, int ceiling, int *old)
{
	mutex_use(mutex, world_site());
	if (!(mutex->__data.__kind & MUTEX_CEILING) || ceiling < sched_get_priority_min(SCHED_FIFO) ||
	    ceiling > sched_get_priority_max(SCHED_FIFO))
		return EINVAL;
	int result = mutex_lock(mutex);
	if (result)
		return result;
	int before = (int)((unsigned)mutex->__data.__lock >> MUTEX_CEILING_SHIFT);
	mutex_touch(mutex)->__lock = (int)((unsigned)ceiling << MUTEX_CEILING_SHIFT);
	mutex_unlock(mutex);
	if (old) {
		world_access((uintptr_t)old, sizeof *old, RACE_WRITE, world_site());
		*old = before;
	}
	return 0;
}
