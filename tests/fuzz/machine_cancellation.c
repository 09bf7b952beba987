/* Cancellation, by the model's own operations: a thread that was cancelled finds that out, and goes on. */
#include "machine_parts.h"

/* What came of an operation that may end by a cancellation. */
static void machine_call_cancellable(struct machine_thread *thread, const struct program_statement *s, struct sim_op op)
{
	op.cancellable = true;
	op.timed = s->n;
	if (s->n)
		op.deadline_ns = machine_deadline();
	machine_set(thread, s, machine_call(thread, op));
}

static void machine_wait_cancellable(struct machine_thread *thread, const struct program_statement *s)
{
	const struct sim_condition *condition = &machine_memory.conditions[s->condition];
	if (!machine_holds(s))
		return;
	struct sim_op op = {.kind = SIM_OP_WAIT, .object = world_object(condition, SIM_OBJECT_CONDITION),
	                    .second = world_object(&machine_memory.locks[s->lock], SIM_OBJECT_LOCK),
	                    .address = (uintptr_t)condition};
	machine_call(thread, op);
	op.kind = SIM_OP_WAKE;
	machine_call_cancellable(thread, s, op);
}

static void machine_join_cancellable(struct machine_thread *thread, const struct program_statement *s)
{
	int slot = machine_slot(thread, s);
	if (slot != SIM_NOBODY)
		machine_call_cancellable(thread, s, (struct sim_op){.kind = SIM_OP_JOIN, .object = (uint32_t)slot});
}

static void machine_acquire_cancellable(struct machine_thread *thread, const struct program_statement *s)
{
	const struct sim_semaphore *semaphore = &machine_memory.semaphores[s->semaphore];
	machine_call_cancellable(thread, s, (struct sim_op){
		.kind = SIM_OP_SEM_ACQUIRE, .argument = (uint64_t)semaphore->initial, .address = (uintptr_t)semaphore,
		.object = world_object(semaphore, SIM_OBJECT_SEMAPHORE)});
}

PROGRAM_CODE static void machine_await_cancel(const struct machine_thread *thread)
{
	while (!machine_call(thread, (struct sim_op){.kind = SIM_OP_IS_CANCELLED, .object = (uint32_t)world_self()})) {
	}
}

static void machine_cancel(struct machine_thread *thread, const struct program_statement *s)
{
	int slot = machine_slot(thread, s);
	if (slot != SIM_NOBODY)
		machine_call(thread, (struct sim_op){.kind = SIM_OP_CANCEL, .object = (uint32_t)slot});
}

bool machine_use_cancellation(struct machine_thread *thread, const struct program_statement *s)
{
	switch (s->kind) {
	case PROGRAM_CANCEL:
		machine_cancel(thread, s);
		break;
	case PROGRAM_IS_CANCELLED:
		machine_set(thread, s, machine_call(thread, (struct sim_op){
			.kind = SIM_OP_IS_CANCELLED, .object = (uint32_t)world_self()}));
		break;
	case PROGRAM_AWAIT_CANCEL:
		machine_await_cancel(thread);
		break;
	case PROGRAM_CANCELLABLE_WAIT:
		machine_wait_cancellable(thread, s);
		break;
	case PROGRAM_CANCELLABLE_JOIN:
		machine_join_cancellable(thread, s);
		break;
	case PROGRAM_CANCELLABLE_ACQUIRE:
		machine_acquire_cancellable(thread, s);
		break;
	case PROGRAM_CANCELLABLE_SLEEP:
		machine_call_cancellable(thread, s, (struct sim_op){
			.kind = SIM_OP_SLEEP, .argument = (uint64_t)machine_patience(), .deadline_ns = machine_deadline()});
		break;
	default:
		return false;
	}
	return true;
}
