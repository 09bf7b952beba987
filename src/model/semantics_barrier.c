/*
 * Barriers: `waiting` are those who have arrived in the present round, `owner` is the last of them while it has not
 * opened the barrier yet.
 *
 * How a round ends is told to each of its threads at once, by a flag, and settled for them: what happens to the barrier
 * before they go on does not concern them any more. So going on depends only on the event that ended the round.
 */
#include "semantics_primitives.h"

/* Whether the operation, an arrival or what follows it, could complete now. */
unsigned semantics_barrier_choices(const struct sim_op *op, int thread, const struct sim_objects *objects)
{
	if (op->kind == SIM_OP_LEAVE)
		return !!(objects->items[thread].flags & SIM_THREAD_WOKEN);
	return objects->items[op->object].owner == SIM_NOBODY;
}

/* Ends the present round for all threads of it but `except`. */
static void semantics_barrier_finish(struct sim_event *event, struct sim_objects *objects, int except, bool is_broken)
{
	struct sim_object *barrier = &objects->items[event->op.object];
	event->special = true;
	event->wakes = barrier->waiting;
	if (except != SIM_NOBODY)
		thread_set_remove(&event->wakes, except);
	for (int i = 0, n = thread_set_count(&event->wakes); i < n; i++)
		object_touch(objects, (uint32_t)thread_set_nth(&event->wakes, i))->flags |=
			SIM_THREAD_WOKEN | (is_broken ? SIM_THREAD_BROKEN : 0);
	barrier->waiting = (struct sim_thread_set){0};
	barrier->owner = SIM_NOBODY;
}

/* The result is how many came before. */
void semantics_barrier_arrive(struct sim_event *event, uint32_t position, struct sim_objects *objects)
{
	struct sim_object *barrier = object_touch(objects, event->op.object);
	semantics_use(event, 0, barrier, SIM_MODE_WRITE);
	if (barrier->flags & SIM_BARRIER_BROKEN) {
		event->result.low = SIM_RESULT_REFUSED;
		return;
	}
	event->result.low = (uint64_t)thread_set_count(&barrier->waiting);
	bool is_last = event->result.low + 1 >= event->op.argument;
	if (is_last && !event->op.operand.low) {
		semantics_barrier_finish(event, objects, SIM_NOBODY, false);
		return;
	}
	thread_set_add(&barrier->waiting, event->thread);
	if (is_last)
		semantics_own(barrier, event, position);
}

/* The thread takes note of how its round ended. */
static void semantics_barrier_go_on(struct sim_event *event, struct sim_objects *objects)
{
	struct sim_object *self = object_touch(objects, event->thread);
	event->special = true;
	thread_set_add(&event->wakes, event->thread);
	event->result.low = self->flags & SIM_THREAD_BROKEN ? SIM_RESULT_BUSY : SIM_RESULT_OK;
	self->flags &= (uint8_t)~(SIM_THREAD_WOKEN | SIM_THREAD_BROKEN);
}

void semantics_barrier_leave(struct sim_event *event, struct sim_objects *objects)
{
	if (objects->items[event->thread].flags & SIM_THREAD_WOKEN) {
		semantics_barrier_go_on(event, objects);
		return;
	}
	struct sim_object *barrier = object_touch(objects, event->op.object);
	semantics_use(event, 0, barrier, SIM_MODE_WRITE);
	event->result.low = SIM_RESULT_TIMEOUT;
	barrier->flags |= SIM_BARRIER_BROKEN;
	semantics_barrier_finish(event, objects, event->thread, true);
}

void semantics_barrier_open(struct sim_event *event, struct sim_objects *objects)
{
	struct sim_object *barrier = object_touch(objects, event->op.object);
	semantics_use(event, 0, barrier, SIM_MODE_WRITE);
	if (objects->items[event->thread].flags & SIM_THREAD_WOKEN)
		semantics_barrier_go_on(event, objects);
	else
		semantics_barrier_finish(event, objects, event->thread, false);
}

void semantics_barrier_break(struct sim_event *event, struct sim_objects *objects)
{
	struct sim_object *barrier = object_touch(objects, event->op.object);
	semantics_use(event, 0, barrier, SIM_MODE_WRITE);
	if (event->op.kind == SIM_OP_ABORT)
		barrier->flags |= SIM_BARRIER_BROKEN;
	else
		barrier->flags &= (uint8_t)~SIM_BARRIER_BROKEN;
	semantics_barrier_finish(event, objects, SIM_NOBODY, true);
}

void semantics_barrier_ask(struct sim_event *event, const struct sim_objects *objects)
{
	const struct sim_object *barrier = &objects->items[event->op.object];
	semantics_use(event, 0, barrier, SIM_MODE_READ);
	if (event->op.argument == SIM_ASK_BROKEN)
		event->result.low = !!(barrier->flags & SIM_BARRIER_BROKEN);
	else
		event->result.low = (uint64_t)thread_set_count(&barrier->waiting);
}
