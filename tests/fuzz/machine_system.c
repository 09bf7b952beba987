/* What programs do with pipes, eventfds and files: bare operations, as scheduler/io makes them. */
#include "machine_parts.h"

/* Bytes that reads and writes of a pipe are about: few; a great part of what it holds, with or without waiting for
 * all. */
static const uint32_t machine_sizes[] = {1, 3, 4096, 65000};

static struct sim_wide machine_announce(const struct machine_thread *thread, struct sim_op op)
{
	op.site = thread->site;
	return world_call(&op);
}

/* Comes to how many bytes were moved, plus one; to 0 if it would have had to wait, to 100 without a reader. */
static void machine_pipe(struct machine_thread *thread, const struct program_statement *s, enum sim_op_kind kind)
{
	struct sim_op op = {.kind = (uint8_t)kind, .object = world_object(&machine_memory.pipe, SIM_OBJECT_PIPE),
	                    .argument = machine_sizes[s->n], .rmw = s->to != 0};
	struct sim_wide result = machine_announce(thread, op);
	machine_set(thread, s, result.low == SIM_RESULT_OK ? result.high + 1 : result.low == SIM_RESULT_BUSY ? 0 : 100);
}

static void machine_hold(const struct machine_thread *thread, const struct program_statement *s)
{
	struct sim_op op = {.kind = SIM_OP_PIPE_HOLD, .object = world_object(&machine_memory.pipe, SIM_OBJECT_PIPE),
	                    .argument = s->n, .operand.low = s->detains ? 1 : UINT64_MAX};
	machine_announce(thread, op);
}

static uint32_t machine_counter(void)
{
	return world_object(&machine_memory.counter, SIM_OBJECT_COUNTER);
}

/* Of an eventfd that is 1 at first. */
static void machine_counter_take(struct machine_thread *thread, const struct program_statement *s)
{
	struct sim_op op = {.kind = SIM_OP_COUNTER_TAKE, .object = machine_counter(), .argument = 1, .order = s->n,
	                    .rmw = s->detains};
	machine_set(thread, s, machine_announce(thread, op).high);
}

static void machine_counter_add(struct machine_thread *thread, const struct program_statement *s)
{
	struct sim_op op = {.kind = SIM_OP_COUNTER_ADD, .object = machine_counter(), .argument = 1, .order = SIM_MODE_GIVE,
	                    .operand.low = s->n};
	machine_announce(thread, op);
}

/* The file is the bytes, and its size the counter behind them, to which who gives adds. */
static void machine_file(struct machine_thread *thread, const struct program_statement *s)
{
	struct sim_op op = {.kind = SIM_OP_CALL, .object = world_object(&machine_memory.file, SIM_OBJECT_FILE), .order = s->n,
	                    .fail_order = s->detains, .expected = {(uintptr_t)machine_memory.pages + s->at, s->size}};
	uint8_t *byte = &machine_memory.pages[s->at];
	machine_announce(thread, op);
	undo_save(&world_running->execution.undo, &machine_memory.file, sizeof machine_memory.file);
	undo_save(&world_running->execution.undo, byte, 1);
	if (s->n == SIM_MODE_GIVE)
		machine_memory.file++;
	else if (s->n == SIM_MODE_WRITE)
		machine_memory.file = 2 * machine_memory.file + (uint64_t)thread->number;
	if (s->detains == SIM_MODE_WRITE)
		*byte = (uint8_t)(2 * *byte + thread->number);
	machine_set(thread, s, s->n == SIM_MODE_READ ? machine_memory.file : s->detains ? *byte : 0);
}

bool machine_use_system(struct machine_thread *thread, const struct program_statement *s)
{
	switch (s->kind) {
	case PROGRAM_PIPE_READ:
		machine_pipe(thread, s, SIM_OP_PIPE_READ);
		return true;
	case PROGRAM_PIPE_WRITE:
		machine_pipe(thread, s, SIM_OP_PIPE_WRITE);
		return true;
	case PROGRAM_PIPE_HOLD:
		machine_hold(thread, s);
		return true;
	case PROGRAM_COUNTER_TAKE:
		machine_counter_take(thread, s);
		return true;
	case PROGRAM_COUNTER_ADD:
		machine_counter_add(thread, s);
		return true;
	case PROGRAM_FILE:
		machine_file(thread, s);
		return true;
	default:
		return false;
	}
}
