/*
 * Read-write locks: `owner` writes, or has claimed to; `waiting` are those who read.
 *
 * What readers do commutes: whether one may read depends on the writer and on what the thread did itself. A writer first
 * claims the lock, whoever reads, and then waits for the readers to leave; new ones do not come in. So no reader disables
 * an operation of a writer - of two that commute, either would be the one that does (dpor.c, I6) - and it matters on which
 * side of the claim a reader came, but not when it left. Nobody can tell a writer that waits and lets readers pass from one
 * that has not come yet.
 *
 * Two things are used: the lock by who comes and claims, its readers by who leaves and by who waits for that.
 */
#include "semantics_primitives.h"

/* Whether the operation could complete now. */
unsigned semantics_rwlock_choices(const struct sim_op *op, int thread, const struct sim_objects *objects)
{
	const struct sim_object *lock = &objects->items[op->object];
	switch (op->kind) {
	case SIM_OP_WRITE_LOCK:
		return thread_set_is_empty(&lock->waiting);
	case SIM_OP_CLAIM:
		return lock->owner == SIM_NOBODY;
	case SIM_OP_TRY_WRITE_LOCK:
		return lock->owner == SIM_NOBODY && thread_set_is_empty(&lock->waiting);
	default:
		return lock->owner == SIM_NOBODY && !thread_set_has(&lock->waiting, thread);
	}
}

static void semantics_rwlock_use_readers(struct sim_event *event, int i, const struct sim_objects *objects, enum sim_mode mode)
{
	semantics_use(event, i, &objects->items[event->op.second], mode);
}

void semantics_rwlock_read(struct sim_event *event, struct sim_objects *objects)
{
	const struct sim_op *op = &event->op;
	semantics_use(event, 0, &objects->items[op->object], SIM_MODE_READ);
	if (semantics_rwlock_choices(op, event->thread, objects))
		thread_set_add(&object_touch(objects, op->object)->waiting, event->thread);
	else
		event->result.low = op->kind == SIM_OP_TRY_READ_LOCK ? SIM_RESULT_BUSY : SIM_RESULT_TIMEOUT;
}

void semantics_rwlock_claim(struct sim_event *event, uint32_t position, struct sim_objects *objects)
{
	bool tries = event->op.kind == SIM_OP_TRY_WRITE_LOCK;
	semantics_use(event, 0, &objects->items[event->op.object], SIM_MODE_WRITE);
	if (tries)
		semantics_rwlock_use_readers(event, 1, objects, SIM_MODE_READ);
	if (semantics_rwlock_choices(&event->op, event->thread, objects))
		semantics_own(object_touch(objects, event->op.object), event, position);
	else
		event->result.low = tries ? SIM_RESULT_BUSY : SIM_RESULT_TIMEOUT;
}

/* A timeout takes the claim back. What it uses is used whether it comes or not, so that this does not depend on the state. */
void semantics_rwlock_write(struct sim_event *event, uint32_t position, struct sim_objects *objects)
{
	struct sim_object *lock = object_touch(objects, event->op.object);
	semantics_rwlock_use_readers(event, 0, objects, SIM_MODE_READ);
	if (event->op.timed)
		semantics_use(event, 1, lock, SIM_MODE_WRITE);
	if (thread_set_is_empty(&lock->waiting)) {
		semantics_own(lock, event, position);
		return;
	}
	event->result.low = SIM_RESULT_TIMEOUT;
	lock->owner = SIM_NOBODY;
}

/* A release of what is not held depends on the thread alone. */
void semantics_rwlock_release(struct sim_event *event, struct sim_objects *objects)
{
	struct sim_object *lock = object_touch(objects, event->op.object);
	if (lock->owner == event->thread) {
		semantics_use(event, 0, lock, SIM_MODE_WRITE);
		lock->owner = SIM_NOBODY;
	} else if (thread_set_has(&lock->waiting, event->thread)) {
		semantics_rwlock_use_readers(event, 0, objects, SIM_MODE_GIVE);
		thread_set_remove(&lock->waiting, event->thread);
	} else {
		event->result.low = SIM_RESULT_BUSY;
	}
}
