/* Queues of the cooperative backend. */
#include "coop.h"

#include "world.h"

static struct sim_op coop_queue_op(enum sim_op_kind kind, struct sim_queue *queue)
{
	static const uint8_t rules[] = {
		[SIM_QUEUE_FIFO] = SIM_TAKE_FIRST, [SIM_QUEUE_LIFO] = SIM_TAKE_LAST, [SIM_QUEUE_PRIORITY] = SIM_TAKE_LOWEST};
	return (struct sim_op){
		.kind = (uint8_t)kind, .object = coop_object(queue, &queue->opaque[0], SIM_OBJECT_QUEUE),
		.rmw = rules[queue->order], .argument = queue->maxsize > 0 ? (uint64_t)queue->maxsize : 0,
		.address = (uintptr_t)queue};
}

enum sim_status coop_queue_put(struct sim_queue *queue, void *item, int64_t priority, int64_t timeout_ns)
{
	struct sim_op op = coop_queue_op(timeout_ns ? SIM_OP_PUT : SIM_OP_TRY_PUT, queue);
	op.operand = (struct sim_wide){(uintptr_t)item, (uint64_t)priority};
	if (timeout_ns)
		coop_set_timeout(&op, timeout_ns);
	return world_call(&op).low == SIM_RESULT_OK ? SIM_OK : SIM_FULL;
}

enum sim_status coop_queue_get(struct sim_queue *queue, void **item, int64_t timeout_ns)
{
	struct sim_op op = coop_queue_op(timeout_ns ? SIM_OP_GET : SIM_OP_TRY_GET, queue);
	if (timeout_ns)
		coop_set_timeout(&op, timeout_ns);
	struct sim_wide result = world_call(&op);
	if (result.low != SIM_RESULT_OK)
		return SIM_EMPTY;
	world_access((uintptr_t)item, sizeof *item, RACE_WRITE, world_site());
	*item = (void *)(uintptr_t)result.high;
	return SIM_OK;
}

int coop_queue_size(struct sim_queue *queue)
{
	struct sim_op op = coop_queue_op(SIM_OP_QUEUE_SIZE, queue);
	return (int)world_call(&op).low;
}

enum sim_status coop_queue_task_done(struct sim_queue *queue)
{
	struct sim_op op = coop_queue_op(SIM_OP_TASK_DONE, queue);
	if (world_call(&op).low != SIM_RESULT_OK)
		coop_misuse("done-too-often", "a task of a queue is said to be done, but all that were put are done already");
	return SIM_OK;
}

enum sim_status coop_queue_join(struct sim_queue *queue, int64_t timeout_ns)
{
	struct sim_op op = coop_queue_op(SIM_OP_QUEUE_JOIN, queue);
	coop_set_timeout(&op, timeout_ns);
	if (world_call(&op).low == SIM_RESULT_OK)
		return SIM_OK;
	return timeout_ns ? SIM_TIMEOUT : SIM_BUSY;
}
