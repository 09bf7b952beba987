/* Scoped locking: what was acquired, to be released at the end of a block. */
#include "facade.h"

enum scope_kind { SCOPE_LOCK, SCOPE_RLOCK, SCOPE_CONDITION, SCOPE_SEMAPHORE, SCOPE_GIL };

static struct sim_scope scope_begin(enum scope_kind kind, void *object, enum sim_status status)
{
	return (struct sim_scope){ .object = status == SIM_OK ? object : NULL, .kind = kind };
}

struct sim_scope sim_scope_lock(struct sim_lock *lock)
{
	return scope_begin(SCOPE_LOCK, lock, sim_lock_acquire(lock));
}

struct sim_scope sim_scope_rlock(struct sim_rlock *rlock)
{
	return scope_begin(SCOPE_RLOCK, rlock, sim_rlock_acquire(rlock));
}

struct sim_scope sim_scope_condition(struct sim_condition *condition)
{
	return scope_begin(SCOPE_CONDITION, condition, sim_condition_acquire(condition));
}

struct sim_scope sim_scope_semaphore(struct sim_semaphore *semaphore)
{
	return scope_begin(SCOPE_SEMAPHORE, semaphore, sim_semaphore_acquire(semaphore));
}

struct sim_scope sim_scope_gil(struct sim_gil *gil)
{
	return scope_begin(SCOPE_GIL, gil, sim_gil_acquire(gil));
}

void sim_scope_end(struct sim_scope *scope)
{
	if (scope->object == NULL)
		return;
	switch ((enum scope_kind)scope->kind) {
	case SCOPE_LOCK:
		sim_lock_release(scope->object);
		break;
	case SCOPE_RLOCK:
		sim_rlock_release(scope->object);
		break;
	case SCOPE_CONDITION:
		sim_condition_release(scope->object);
		break;
	case SCOPE_SEMAPHORE:
		sim_semaphore_release(scope->object, 1);
		break;
	case SCOPE_GIL:
		sim_gil_release(scope->object);
		break;
	}
}
