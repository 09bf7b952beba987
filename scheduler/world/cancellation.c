#include "cancellation.h"

#include <stdlib.h>

#include "world.h"

bool cancellation_is_possible(void)
{
	return world_running->program.cancels && !world_thread()->cancels_never;
}

void cancellation_act(void)
{
	world_running->program.on_cancel();
	abort();
}

void cancellation_point(void)
{
	struct sim_op op = {.kind = SIM_OP_IS_CANCELLED, .object = (uint32_t)world_self()};
	if (cancellation_is_possible() && world_call(&op).low)
		cancellation_act();
}

void cancellation_begin(void)
{
	cancellation_point();
	world_thread()->is_at_point = true;
}

void cancellation_end(void)
{
	world_thread()->is_at_point = false;
}

struct sim_wide cancellation_wait(struct sim_op *op)
{
	op->cancellable = world_thread()->is_at_point && cancellation_is_possible();
	struct sim_wide result = world_call(op);
	if (op->cancellable && result.low == SIM_RESULT_CANCELLED)
		cancellation_act();
	return result;
}

struct sim_wide cancellation_call(struct sim_op *op)
{
	cancellation_begin();
	struct sim_wide result = cancellation_wait(op);
	cancellation_end();
	return result;
}
