/* What is done once, as operations. */
#include "coop.h"
#include "world.h"

enum sim_status coop_once_call(struct sim_once *once, void (*function)(void *), void *argument)
{
	struct sim_op op = {.kind = SIM_OP_BEGIN_ONCE, .object = coop_object(once, &once->opaque[0], SIM_OBJECT_ONCE),
	                    .address = (uintptr_t)once};
	op.site = world_site();
	if (!world_call(&op).low)
		return SIM_OK;
	function(argument);
	op.kind = SIM_OP_END_ONCE;
	world_call(&op);
	return SIM_OK;
}
