/*
 * Read-write locks: `owner` writes, or has claimed to; `waiting` are those who read.
 *
 * What readers do commutes: whether one may read depends on the writer and on what the thread did itself. A writer first
 * claims the lock, whoever reads, and then waits for the readers to leave; new ones do not come in. So no reader disables
 * an operation of a writer - of two that commute, either would be the one that does (dpor.c, I6) - and it matters on which
 * side of the claim a reader came, but not when it left. Nobody can tell a writer that waits and lets readers pass from one
 * that has not come yet.
 *
 * That is why a claim also serves for locks whose readers pass a writer that waits (SIM_READERS_PASS). There it says: the
 * next thing that happens to this lock, but for readers that leave, is that I get it, or give up. Until then all others
 * are held up: they cannot even try, or time out. It may turn out that this is not so, since the readers only leave after
 * somebody who is held up has gone on. Then the claim came too early, and the execution is void: what it shows is shown
 * by those in which the claim comes later (semantics_rwlock_voids()). In virtual time it matters when something happens,
 * and the strategy needs no claim (sleepsets.c): there the writer of such a lock makes one operation.
 *
 * Two things are used: the lock by who comes and claims, its readers by who leaves and by who waits for that. To a writer
 * that ends a claim by which others are held up, the lock is one of them.
 */
#include "semantics_primitives.h"

static bool semantics_rwlock_is_held_up(const struct sim_op *op, int thread, const struct sim_objects *objects)
{
	const struct sim_object *lock = &objects->items[op->object];
	return lock->state && lock->owner != thread;
}

/* Whether the thread, which is about to take the lock for writing, has claimed it. */
static bool semantics_rwlock_has_claimed(const struct sim_op *op, int thread, const struct sim_objects *objects)
{
	const struct sim_object *lock = &objects->items[op->object];
	return lock->owner == thread && (lock->state || !(op->argument & SIM_READERS_PASS));
}

/* Whether the operation would take or claim the lock now. */
static bool semantics_rwlock_takes(const struct sim_op *op, int thread, const struct sim_objects *objects)
{
	const struct sim_object *lock = &objects->items[op->object];
	bool is_free = lock->owner == SIM_NOBODY;
	switch (op->kind) {
	case SIM_OP_WRITE_LOCK:
		return (is_free || semantics_rwlock_has_claimed(op, thread, objects)) && thread_set_is_empty(&lock->waiting);
	case SIM_OP_CLAIM:
		return is_free;
	case SIM_OP_TRY_WRITE_LOCK:
		return is_free && thread_set_is_empty(&lock->waiting);
	default:
		return is_free && (op->argument & SIM_READS_AGAIN || !thread_set_has(&lock->waiting, thread));
	}
}

/* Whether the operation could complete now. */
unsigned semantics_rwlock_choices(const struct sim_op *op, int thread, const struct sim_objects *objects)
{
	if (semantics_rwlock_is_held_up(op, thread, objects))
		return 0;
	return op->kind == SIM_OP_TRY_READ_LOCK || op->kind == SIM_OP_TRY_WRITE_LOCK || semantics_rwlock_takes(op, thread, objects);
}

bool semantics_rwlock_may_time_out(const struct sim_op *op, int thread, const struct sim_objects *objects)
{
	return op->timed && !semantics_rwlock_is_held_up(op, thread, objects);
}

/* Without the claim a reader would get the lock, an attempt would end, and a writer without limit would wait. */
bool semantics_rwlock_voids(const struct sim_op *op, int thread, const struct sim_objects *objects)
{
	switch (op->kind) {
	case SIM_OP_READ_LOCK:
	case SIM_OP_TRY_READ_LOCK:
	case SIM_OP_TRY_WRITE_LOCK:
		return semantics_rwlock_is_held_up(op, thread, objects);
	case SIM_OP_CLAIM:
		return op->timed && semantics_rwlock_is_held_up(op, thread, objects);
	default:
		return false;
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
	if (semantics_rwlock_takes(op, event->thread, objects))
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
	if (!semantics_rwlock_takes(&event->op, event->thread, objects)) {
		event->result.low = tries ? SIM_RESULT_BUSY : SIM_RESULT_TIMEOUT;
		return;
	}
	struct sim_object *lock = object_touch(objects, event->op.object);
	semantics_own(lock, event, position);
	lock->state = !tries && event->op.argument & SIM_READERS_PASS;
}

/* A timeout takes the claim back. What it uses is used whether it comes or not, so that this does not depend on the state. */
void semantics_rwlock_write(struct sim_event *event, uint32_t position, struct sim_objects *objects)
{
	struct sim_object *lock = object_touch(objects, event->op.object);
	bool claimed = semantics_rwlock_has_claimed(&event->op, event->thread, objects);
	bool takes = semantics_rwlock_takes(&event->op, event->thread, objects);
	semantics_rwlock_use_readers(event, 0, objects, SIM_MODE_READ);
	if (event->op.timed || event->op.argument & SIM_READERS_PASS)
		semantics_use(event, 1, lock, SIM_MODE_WRITE);
	lock->state = 0;
	if (takes) {
		semantics_own(lock, event, position);
		return;
	}
	event->result.low = SIM_RESULT_TIMEOUT;
	if (claimed)
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
