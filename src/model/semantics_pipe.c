/*
 * Pipes and eventfds (pipe(7), eventfd(2) of the Linux manual). To the model a pipe is a number of bytes and its two
 * ends; which bytes these are is another matter (scheduler/io).
 *
 * Any two operations on a pipe are dependent: a read takes what there is, which another order may make more or less;
 * the room for a write depends on reads; an end that is closed changes what both do. An eventfd is a semaphore whose
 * value may be taken as a whole. Additions commute as long as none of them has to wait for room: whoever adds so much
 * that this can be says so (SIM_MODE_WRITE in `order`, instead of SIM_MODE_GIVE).
 */
#include <limits.h>

#include "semantics_primitives.h"

/* What fits into a pipe, and what a write puts in as a whole. */
enum { SEMANTICS_PIPE_CAPACITY = 65536, SEMANTICS_PIPE_ATOMIC = PIPE_BUF };

/* Whether some descriptor refers to the end. */
static bool semantics_pipe_is_open(const struct sim_object *pipe, enum sim_pipe_end end)
{
	return pipe->pipe.n_more[end] >= 0;
}

static uint64_t semantics_pipe_least_room(const struct sim_op *op)
{
	return op->argument <= SEMANTICS_PIPE_ATOMIC ? op->argument : 1;
}

bool semantics_pipe_completes(const struct sim_op *op, const struct sim_objects *objects)
{
	const struct sim_object *pipe = &objects->items[op->object];
	if (op->kind == SIM_OP_PIPE_READ)
		return pipe->pipe.n_bytes || !op->argument || !semantics_pipe_is_open(pipe, SIM_PIPE_WRITER);
	if (op->kind == SIM_OP_PIPE_WRITE)
		return SEMANTICS_PIPE_CAPACITY - pipe->pipe.n_bytes >= semantics_pipe_least_room(op) ||
		       !semantics_pipe_is_open(pipe, SIM_PIPE_READER);
	return true;
}

static uint64_t semantics_least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* The result is a status, and how many bytes were moved: none at the end of what was written. */
void semantics_pipe(struct sim_event *event, struct sim_objects *objects)
{
	const struct sim_op *op = &event->op;
	struct sim_object *pipe = object_touch(objects, op->object);
	semantics_use(event, 0, pipe, SIM_MODE_WRITE);
	if (!semantics_pipe_completes(op, objects)) {
		event->result.low = SIM_RESULT_BUSY;
	} else if (op->kind == SIM_OP_PIPE_HOLD) {
		pipe->pipe.n_more[op->argument] = (int16_t)(pipe->pipe.n_more[op->argument] + (int64_t)op->operand.low);
	} else if (op->kind == SIM_OP_PIPE_READ) {
		event->result.high = semantics_least(op->argument, pipe->pipe.n_bytes);
		pipe->pipe.n_bytes -= (uint32_t)event->result.high;
	} else if (semantics_pipe_is_open(pipe, SIM_PIPE_READER)) {
		event->result.high = semantics_least(op->argument, SEMANTICS_PIPE_CAPACITY - pipe->pipe.n_bytes);
		pipe->pipe.n_bytes += (uint32_t)event->result.high;
	} else {
		event->result.low = SIM_RESULT_REFUSED;
	}
}

static uint64_t semantics_counter_value(const struct sim_op *op, const struct sim_objects *objects)
{
	return op->argument + (uint64_t)objects->items[op->object].count;
}

bool semantics_counter_completes(const struct sim_op *op, const struct sim_objects *objects)
{
	uint64_t value = semantics_counter_value(op, objects);
	return op->kind == SIM_OP_COUNTER_TAKE ? value > 0 : op->operand.low <= UINT64_MAX - 1 - value;
}

/* The result is a status, and what was taken. */
void semantics_counter(struct sim_event *event, struct sim_objects *objects)
{
	const struct sim_op *op = &event->op;
	struct sim_object *counter = object_touch(objects, op->object);
	bool takes = op->kind == SIM_OP_COUNTER_TAKE;
	semantics_use(event, 0, counter, takes ? SIM_MODE_WRITE : op->order);
	if (!semantics_counter_completes(op, objects)) {
		event->result.low = SIM_RESULT_BUSY;
		return;
	}
	if (takes)
		event->result.high = op->order ? 1 : semantics_counter_value(op, objects);
	counter->count = (int64_t)((uint64_t)counter->count + (takes ? -event->result.high : op->operand.low));
}
