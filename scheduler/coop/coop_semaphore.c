/* Semaphore in the simulated world. */
#include "coop.h"
#include "world.h"

static struct sim_op coop_semaphore_op(enum sim_op_kind kind, struct sim_semaphore *semaphore)
{
	return (struct sim_op){.kind = (uint8_t)kind, .address = (uintptr_t)semaphore, .argument = (uint64_t)semaphore->initial,
	                       .object = coop_object(semaphore, &semaphore->opaque[0], SIM_OBJECT_SEMAPHORE)};
}

enum sim_status coop_semaphore_acquire(struct sim_semaphore *semaphore, int64_t timeout_ns)
{
	struct sim_op op = coop_semaphore_op(timeout_ns ? SIM_OP_SEM_ACQUIRE : SIM_OP_SEM_TRY_ACQUIRE, semaphore);
	if (timeout_ns)
		coop_set_timeout(&op, timeout_ns);
	if (world_call(&op).low == SIM_RESULT_OK)
		return SIM_OK;
	return timeout_ns ? SIM_TIMEOUT : SIM_BUSY;
}

enum sim_status coop_semaphore_release(struct sim_semaphore *semaphore, int n)
{
	struct sim_op op = coop_semaphore_op(semaphore->bounded ? SIM_OP_SEM_RELEASE_BOUNDED : SIM_OP_SEM_RELEASE, semaphore);
	op.operand.low = (uint64_t)n;
	if (world_call(&op).low != SIM_RESULT_OK)
		coop_misuse("release-above-initial", "a bounded semaphore is released above its initial value");
	return SIM_OK;
}
