#include "block.h"

#include <string.h>

/* The key of the object that stands for all blocks: no address of a variable. */
enum { BLOCK_KEY = 8 };

static uint32_t block_object(void)
{
	return object_at(&world_running->execution.objects, BLOCK_KEY, SIM_OBJECT_BLOCK);
}

/* The whole operation is filled, padding too: where stacks are compared byte by byte (spin.h), what is left over from other
 * calls must not make the first attempt to poll another than the next. */
void block_begin(uint32_t site)
{
	struct sim_op op;
	memset(&op, 0, sizeof op);
	op.kind = SIM_OP_BEGIN_BLOCK;
	op.in_block = true;
	op.object = block_object();
	op.site = site;
	if (world_thread()->block_depth++ == 0)
		world_call(&op);
}

/* The next operation of the thread is no part of the block any more. */
static void block_close(void)
{
	struct sim_execution *x = &world_running->execution;
	semantics_end_block(&x->objects);
	race_on_end_block(&x->race, world_self(), block_object());
}

bool block_end(void)
{
	struct world_thread *thread = world_thread();
	if (!thread->block_depth)
		return false;
	if (--thread->block_depth == 0)
		block_close();
	return true;
}

void block_admit(struct sim_op *op)
{
	op->in_block = true;
	if (!semantics_may_block(op))
		world_refuse(op_name(op), "it stands in an atomic block, where only memory and locks may be accessed");
	if (!semantics_choices(op, world_self(), &world_running->execution.objects))
		world_refuse(op_name(op), "in an atomic block, where no other thread can go on, it would have to wait for one");
}

void block_leave(void)
{
	world_thread()->block_depth = 0;
	if (world_running->execution.objects.in_block == world_self())
		block_close();
}
