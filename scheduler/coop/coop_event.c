/* Event in the simulated world. */
#include "coop.h"
#include "world.h"

static struct sim_op coop_event_op(enum sim_op_kind kind, struct sim_event_flag *event)
{
	return (struct sim_op){.kind = (uint8_t)kind, .address = (uintptr_t)event,
	                       .object = coop_object(event, &event->opaque[0], SIM_OBJECT_EVENT)};
}

void coop_event_set(struct sim_event_flag *event)
{
	struct sim_op op = coop_event_op(SIM_OP_EVENT_SET, event);
	world_call(&op);
}

void coop_event_clear(struct sim_event_flag *event)
{
	struct sim_op op = coop_event_op(SIM_OP_EVENT_CLEAR, event);
	world_call(&op);
}

bool coop_event_is_set(struct sim_event_flag *event)
{
	struct sim_op op = coop_event_op(SIM_OP_EVENT_IS_SET, event);
	return world_call(&op).low;
}

/* An attempt that does not wait asks a question. */
enum sim_status coop_event_wait(struct sim_event_flag *event, int64_t timeout_ns)
{
	struct sim_op op = coop_event_op(SIM_OP_EVENT_WAIT, event);
	if (timeout_ns == 0)
		return coop_event_is_set(event) ? SIM_OK : SIM_BUSY;
	coop_set_timeout(&op, timeout_ns);
	return world_call(&op).low == SIM_RESULT_OK ? SIM_OK : SIM_TIMEOUT;
}
