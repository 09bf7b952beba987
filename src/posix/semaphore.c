/*
 * POSIX semaphores as operations on a semaphore of the world. The program's sem_t holds what its value was at first, and
 * the number of the object, which sem_init() makes anew: there is no other way to begin one (POSIX names no initialiser).
 * There is one process, so that shared semaphores are like others.
 */
#include <errno.h>
#include <limits.h>
#include <time.h>

#include "cancellation.h"
#include "posix.h"
#include "semaphore_parts.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

static const struct posix_kind semaphore_kind = {
	.kind = SIM_OBJECT_SEMAPHORE,
	.destroyed = "a semaphore is used after it was destroyed or closed",
	.unknown = "what is used as a semaphore was never given to sem_init(), or is a copy of one that was",
};

void semaphore_begin(struct semaphore *semaphore, const char *name, unsigned value)
{
	undo_save(&world_running->execution.undo, semaphore, sizeof *semaphore);
	*semaphore = (struct semaphore){.name = name, .initial = value,
	                                .word = posix_begin(semaphore, &semaphore_kind, name ? SIM_OBJECT_HAS_NAME : 0)};
}

static struct sim_op semaphore_op(enum sim_op_kind kind, const sem_t *sem)
{
	const struct semaphore *semaphore = (const struct semaphore *)sem;
	uint32_t site = world_site();
	posix_use(sem, sizeof *sem, site);
	return (struct sim_op){.kind = (uint8_t)kind, .object = posix_object(sem, semaphore->word, &semaphore_kind),
	                       .argument = semaphore->initial, .address = (uintptr_t)sem, .site = site};
}

RUNTIME_API int __wrap_sem_init(sem_t *sem, int shared, unsigned value)
{
	(void)shared;
	if (value > SEM_VALUE_MAX)
		return posix_result(EINVAL);
	posix_overwrite(sem, sizeof *sem);
	semaphore_begin((struct semaphore *)sem, NULL, value);
	return 0;
}

/* Whether a thread waits for the semaphore. */
static bool semaphore_is_awaited(uint32_t object)
{
	const struct sim_execution *x = &world_running->execution;
	for (uint32_t t = 0; t < x->objects.n_threads; t++)
		if (x->objects.items[t].state == SIM_THREAD_ALIVE && x->pending[t].kind == SIM_OP_SEM_ACQUIRE &&
		    x->pending[t].object == object && (int)t != world_self())
			return true;
	return false;
}

RUNTIME_API int __wrap_sem_destroy(sem_t *sem)
{
	struct semaphore *semaphore = (struct semaphore *)sem;
	posix_use(sem, sizeof *sem, world_site());
	uint32_t object = posix_object(sem, semaphore->word, &semaphore_kind);
	if (semaphore->name)
		posix_misuse("destroy-named", "sem_destroy() is for semaphores of sem_init(): a named one is closed by sem_close()");
	posix_overwrite(sem, sizeof *sem);
	*semaphore = (struct semaphore){.word = POSIX_DESTROYED};
	if (semaphore_is_awaited(object))
		posix_misuse("destroy-in-use", "a semaphore is destroyed while a thread waits for it");
	return 0;
}

RUNTIME_API int __wrap_sem_wait(sem_t *sem)
{
	struct sim_op op = semaphore_op(SIM_OP_SEM_ACQUIRE, sem);
	cancellation_call(&op);
	return 0;
}

RUNTIME_API int __wrap_sem_trywait(sem_t *sem)
{
	struct sim_op op = semaphore_op(SIM_OP_SEM_TRY_ACQUIRE, sem);
	return posix_result(world_call(&op).low == SIM_RESULT_OK ? 0 : EAGAIN);
}

RUNTIME_API int __wrap_sem_clockwait(sem_t *sem, clockid_t clock, const struct timespec *deadline)
{
	struct sim_op op = semaphore_op(SIM_OP_SEM_ACQUIRE, sem);
	if (!posix_is_waiting_clock(clock) || posix_deadline(&op, clock, deadline))
		return posix_result(EINVAL);
	return posix_result(cancellation_call(&op).low == SIM_RESULT_OK ? 0 : ETIMEDOUT);
}

RUNTIME_API int __wrap_sem_timedwait(sem_t *sem, const struct timespec *deadline)
{
	return __wrap_sem_clockwait(sem, CLOCK_REALTIME, deadline);
}

/* Only a semaphore that is almost full can overflow in an execution of limited length. All others need not be bounded:
 * then releases have no order. */
RUNTIME_API int __wrap_sem_post(sem_t *sem)
{
	struct sim_op op = semaphore_op(SIM_OP_SEM_RELEASE, sem);
	op.operand.low = 1;
	op.expected.low = SEM_VALUE_MAX - op.argument;
	if (op.expected.low <= world_running->options.max_events)
		op.kind = SIM_OP_SEM_RELEASE_BOUNDED;
	return posix_result(world_call(&op).low == SIM_RESULT_OK ? 0 : EOVERFLOW);
}

RUNTIME_API int __wrap_sem_getvalue(sem_t *sem, int *value)
{
	struct sim_op op = semaphore_op(SIM_OP_SEM_VALUE, sem);
	uint64_t result = world_call(&op).low;
	posix_overwrite(value, sizeof *value);
	*value = (int)result;
	return 0;
}
