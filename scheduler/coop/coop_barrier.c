/* Barriers as operations. */
#include "coop.h"
#include "world.h"

static struct sim_op coop_barrier_op(enum sim_op_kind kind, struct sim_barrier *barrier)
{
	return (struct sim_op){.kind = (uint8_t)kind, .address = (uintptr_t)barrier,
	                       .object = coop_object(barrier, &barrier->opaque[0], SIM_OBJECT_BARRIER)};
}

/* The last of a round that has an action: runs it, then opens the barrier for the others. */
static enum sim_status coop_barrier_act(struct sim_barrier *barrier, struct sim_op *op)
{
	barrier->action(barrier->argument);
	op->kind = SIM_OP_OPEN;
	return world_call(op).low == SIM_RESULT_OK ? SIM_OK : SIM_BROKEN;
}

/* All others of the round. */
static enum sim_status coop_barrier_leave(struct sim_op *op, int64_t timeout_ns)
{
	op->kind = SIM_OP_LEAVE;
	coop_set_timeout(op, timeout_ns);
	uint64_t result = world_call(op).low;
	if (result == SIM_RESULT_OK)
		return SIM_OK;
	return result == SIM_RESULT_TIMEOUT ? SIM_TIMEOUT : SIM_BROKEN;
}

/* A wait; *n_before is how many of the round came before. */
static enum sim_status coop_barrier_meet(struct sim_barrier *barrier, int64_t timeout_ns, uint64_t *n_before)
{
	struct sim_op op = coop_barrier_op(SIM_OP_ARRIVE, barrier);
	op.site = world_site();
	op.argument = (uint64_t)barrier->parties;
	op.operand.low = barrier->action != NULL;
	*n_before = world_call(&op).low;
	if (*n_before == SIM_RESULT_REFUSED)
		return SIM_BROKEN;
	if (*n_before + 1 < op.argument)
		return coop_barrier_leave(&op, timeout_ns);
	return op.operand.low ? coop_barrier_act(barrier, &op) : SIM_OK;
}

enum sim_status coop_barrier_wait(struct sim_barrier *barrier, int64_t timeout_ns, int *index)
{
	uint64_t n_before;
	enum sim_status status = coop_barrier_meet(barrier, timeout_ns, &n_before);
	if (index) {
		world_access((uintptr_t)index, sizeof *index, RACE_WRITE, world_site());
		*index = status == SIM_OK ? (int)n_before : -1;
	}
	return status;
}

enum sim_status coop_barrier_abort(struct sim_barrier *barrier)
{
	struct sim_op op = coop_barrier_op(SIM_OP_ABORT, barrier);
	world_call(&op);
	return SIM_OK;
}

enum sim_status coop_barrier_reset(struct sim_barrier *barrier)
{
	struct sim_op op = coop_barrier_op(SIM_OP_RESET, barrier);
	world_call(&op);
	return SIM_OK;
}

int coop_barrier_n_waiting(struct sim_barrier *barrier)
{
	struct sim_op op = coop_barrier_op(SIM_OP_ASK_BARRIER, barrier);
	op.argument = SIM_ASK_N_WAITING;
	return (int)world_call(&op).low;
}

bool coop_barrier_broken(struct sim_barrier *barrier)
{
	struct sim_op op = coop_barrier_op(SIM_OP_ASK_BARRIER, barrier);
	op.argument = SIM_ASK_BROKEN;
	return world_call(&op).low;
}
