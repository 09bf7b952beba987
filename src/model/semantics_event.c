/*
 * Events, the public ones: flags that threads wait for.
 *
 * Setting commutes with setting, looking with looking; nothing else commutes. That clears do not is a choice: their order
 * changes no state, but each of two may be the one that keeps a thread waiting, and searches must be able to say which
 * (dpor.c, I6). A wait is one operation, enabled while the flag is set. A thread that would have been woken by a set, and
 * gone on after a clear, might as well have gone on in between: nobody can tell.
 */
#include "semantics_primitives.h"

void semantics_event_change(struct sim_event *event, struct sim_objects *objects)
{
	bool sets = event->op.kind == SIM_OP_EVENT_SET;
	struct sim_object *flag = object_touch(objects, event->op.object);
	semantics_use(event, 0, flag, sets ? SIM_MODE_GIVE : SIM_MODE_WRITE);
	flag->state = sets;
}

void semantics_event_read(struct sim_event *event, struct sim_objects *objects)
{
	const struct sim_object *flag = &objects->items[event->op.object];
	semantics_use(event, 0, flag, SIM_MODE_READ);
	if (event->op.kind == SIM_OP_EVENT_IS_SET)
		event->result.low = flag->state;
	else
		event->result.low = flag->state ? SIM_RESULT_OK : SIM_RESULT_TIMEOUT;
}
