/*
 * What is done once: `state` is how far it is, `owner` the thread that does it.
 *
 * A thread that finds it done changes nothing, and commutes with others that do.
 */
#include "semantics_primitives.h"

unsigned semantics_once_choices(const struct sim_op *op, const struct sim_objects *objects)
{
	return objects->items[op->object].state != SIM_ONCE_RUNNING;
}

/* The result is 1 if the thread is the one that has to do it. */
void semantics_once_begin(struct sim_event *event, uint32_t position, struct sim_objects *objects)
{
	bool is_first = objects->items[event->op.object].state == SIM_ONCE_NEW;
	semantics_use(event, 0, &objects->items[event->op.object], is_first ? SIM_MODE_WRITE : SIM_MODE_READ);
	event->result.low = is_first;
	if (!is_first)
		return;
	struct sim_object *once = object_touch(objects, event->op.object);
	once->state = SIM_ONCE_RUNNING;
	semantics_own(once, event, position);
}

void semantics_once_end(struct sim_event *event, struct sim_objects *objects)
{
	struct sim_object *once = object_touch(objects, event->op.object);
	semantics_use(event, 0, once, SIM_MODE_WRITE);
	once->state = event->op.argument ? SIM_ONCE_NEW : SIM_ONCE_DONE;
	once->owner = SIM_NOBODY;
}
