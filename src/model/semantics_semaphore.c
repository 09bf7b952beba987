/*
 * Semaphores. The object counts what was released less what was acquired; the value at first comes with each operation.
 *
 * Any two acquisitions are dependent, since either may leave nothing for the other. Releases of an unbounded semaphore
 * commute: sums have no order. Those of a bounded one do not: which of them is one too many is decided by the order.
 */
#include "semantics_primitives.h"

static int64_t semantics_semaphore_value(const struct sim_op *op, const struct sim_objects *objects)
{
	return (int64_t)op->argument + objects->items[op->object].count;
}

bool semantics_semaphore_may_acquire(const struct sim_op *op, const struct sim_objects *objects)
{
	return semantics_semaphore_value(op, objects) > 0;
}

void semantics_semaphore_acquire(struct sim_event *event, struct sim_objects *objects)
{
	const struct sim_op *op = &event->op;
	semantics_use(event, 0, &objects->items[op->object], SIM_MODE_WRITE);
	if (semantics_semaphore_may_acquire(op, objects))
		object_touch(objects, op->object)->count--;
	else
		event->result.low = op->kind == SIM_OP_SEM_TRY_ACQUIRE ? SIM_RESULT_BUSY : SIM_RESULT_TIMEOUT;
}

void semantics_semaphore_release(struct sim_event *event, struct sim_objects *objects)
{
	const struct sim_op *op = &event->op;
	bool bounded = op->kind == SIM_OP_SEM_RELEASE_BOUNDED;
	struct sim_object *semaphore = object_touch(objects, op->object);
	semantics_use(event, 0, semaphore, bounded ? SIM_MODE_WRITE : SIM_MODE_GIVE);
	if (bounded && semaphore->count + (int64_t)op->operand.low > (int64_t)op->expected.low)
		event->result.low = SIM_RESULT_BUSY;
	else
		semaphore->count += (int64_t)op->operand.low;
}

void semantics_semaphore_ask(struct sim_event *event, const struct sim_objects *objects)
{
	semantics_use(event, 0, &objects->items[event->op.object], SIM_MODE_READ);
	event->result.low = (uint64_t)semantics_semaphore_value(&event->op, objects);
}
