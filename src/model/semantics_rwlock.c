/*
 * Read-write locks: `owner` writes, `waiting` are those who read.
 *
 * What readers do commutes: taking and releasing change the set of readers, and whether one may read depends on the
 * writer and on what the thread did itself.
 */
#include "semantics_primitives.h"

static bool semantics_rwlock_reads(const struct sim_op *op)
{
	return op->kind == SIM_OP_READ_LOCK || op->kind == SIM_OP_TRY_READ_LOCK;
}

/* Whether the thread could take the lock now. */
unsigned semantics_rwlock_choices(const struct sim_op *op, int thread, const struct sim_objects *objects)
{
	const struct sim_object *lock = &objects->items[op->object];
	if (lock->owner != SIM_NOBODY)
		return 0;
	return semantics_rwlock_reads(op) ? !thread_set_has(&lock->waiting, thread) : thread_set_is_empty(&lock->waiting);
}

void semantics_rwlock_acquire(struct sim_event *event, uint32_t position, struct sim_objects *objects)
{
	const struct sim_op *op = &event->op;
	bool reads = semantics_rwlock_reads(op);
	semantics_use(event, 0, &objects->items[op->object], reads ? SIM_MODE_READ : SIM_MODE_WRITE);
	if (!semantics_rwlock_choices(op, event->thread, objects)) {
		bool tries = op->kind == SIM_OP_TRY_READ_LOCK || op->kind == SIM_OP_TRY_WRITE_LOCK;
		event->result.low = tries ? SIM_RESULT_BUSY : SIM_RESULT_TIMEOUT;
		return;
	}
	struct sim_object *lock = object_touch(objects, op->object);
	if (reads)
		thread_set_add(&lock->waiting, event->thread);
	else
		semantics_own(lock, event, position);
}

/* A release of what is not held depends on the thread alone. */
void semantics_rwlock_release(struct sim_event *event, struct sim_objects *objects)
{
	struct sim_object *lock = object_touch(objects, event->op.object);
	if (lock->owner == event->thread) {
		semantics_use(event, 0, lock, SIM_MODE_WRITE);
		lock->owner = SIM_NOBODY;
	} else if (thread_set_has(&lock->waiting, event->thread)) {
		semantics_use(event, 0, lock, SIM_MODE_READ);
		thread_set_remove(&lock->waiting, event->thread);
	} else {
		event->result.low = SIM_RESULT_BUSY;
	}
}
