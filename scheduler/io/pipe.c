/* Pipes and eventfds: the bytes and errors; when they wait is the model's (semantics_pipe.c). */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "cancellation.h"
#include "descriptor.h"
#include "world.h"

bool pipe_is_error;

/* From such an addition on those to the same eventfd may have to wait, and their order matters. */
static const uint64_t counter_large = UINT64_C(1) << 32;

static struct sim_op pipe_op(enum sim_op_kind kind, const struct opened *opened, uint64_t argument)
{
	return (struct sim_op){.kind = (uint8_t)kind, .object = world_object(opened->pipe, SIM_OBJECT_PIPE),
	                       .address = (uintptr_t)opened->pipe, .argument = argument,
	                       .rmw = (opened->flags & O_NONBLOCK) != 0};
}

/* Executes it. One that may wait can be cut short where the program is at a cancellation point: not in streams. */
static struct sim_wide pipe_call(struct sim_op *op)
{
	return op->rmw ? world_call(op) : cancellation_wait(op);
}

ssize_t pipe_read(struct opened *opened, size_t n, const void **found)
{
	struct pipe *pipe = opened->pipe;
	struct sim_op op = pipe_op(SIM_OP_PIPE_READ, opened, n);
	struct sim_wide result = pipe_call(&op);
	if (result.low == SIM_RESULT_BUSY)
		return call_fail(EAGAIN);
	*found = pipe->bytes.data + pipe->n_read;
	area_set(pipe->n_read, pipe->n_read + result.high);
	return (ssize_t)result.high;
}

/* The default of SIGPIPE ends the program. */
static ssize_t pipe_break(void)
{
	if (pipe_is_error)
		return call_fail(EPIPE);
	world_fail((struct incident){.kind = INCIDENT_CRASH, .cause = "broken-pipe", .site = world_site()});
}

/* More than PIPE_BUF bytes go in as there is room for them, and others may write in between. */
ssize_t pipe_write(struct opened *opened, const void *from, size_t n)
{
	struct pipe *pipe = opened->pipe;
	size_t done = 0;
	if (!n)
		return 0;
	do {
		struct sim_op op = pipe_op(SIM_OP_PIPE_WRITE, opened, n - done);
		struct sim_wide result = pipe_call(&op);
		if (result.low == SIM_RESULT_REFUSED)
			return pipe_break();
		if (result.low == SIM_RESULT_BUSY)
			return done ? (ssize_t)done : call_fail(EAGAIN);
		blob_write(&pipe->bytes, pipe->bytes.size, (const char *)from + done, result.high);
		done += result.high;
	} while (done < n && !(opened->flags & O_NONBLOCK));
	return (ssize_t)done;
}

void pipe_hold(struct opened *opened, int more)
{
	struct sim_op op = pipe_op(SIM_OP_PIPE_HOLD, opened, opened_writes(opened) ? SIM_PIPE_WRITER : SIM_PIPE_READER);
	op.operand.low = (uint64_t)more;
	op.rmw = 0;
	world_call(&op);
}

static struct sim_op counter_op(enum sim_op_kind kind, const struct opened *opened)
{
	return (struct sim_op){.kind = (uint8_t)kind, .object = world_object(opened->counter, SIM_OBJECT_COUNTER),
	                       .address = (uintptr_t)opened->counter, .argument = opened->counter->first,
	                       .rmw = (opened->flags & O_NONBLOCK) != 0};
}

ssize_t counter_read(struct opened *opened, size_t n, const void **found)
{
	if (n < sizeof(uint64_t))
		return call_fail(EINVAL);
	struct sim_op op = counter_op(SIM_OP_COUNTER_TAKE, opened);
	op.order = opened->counter->by_one;
	struct sim_wide result = pipe_call(&op);
	if (result.low == SIM_RESULT_BUSY)
		return call_fail(EAGAIN);
	*found = memcpy(area_allocate(sizeof result.high), &result.high, sizeof result.high);
	return sizeof result.high;
}

/* Once a large number was added, in any execution of the check, the order of additions counts in all of them. */
static enum sim_mode counter_mode(uint64_t number)
{
	struct sim_execution *x = &world_running->execution;
	char *flag = &descriptor_shared.large_numbers;
	bool is_ordered = race_is_promoted(&x->race, (uintptr_t)flag, 1);
	if (number >= counter_large && !is_ordered)
		execution_want(x, (uintptr_t)flag, 1);
	return is_ordered ? SIM_MODE_WRITE : SIM_MODE_GIVE;
}

ssize_t counter_write(struct opened *opened, const void *from, size_t n)
{
	uint64_t number;
	if (n < sizeof number)
		return call_fail(EINVAL);
	memcpy(&number, from, sizeof number);
	if (number == UINT64_MAX)
		return call_fail(EINVAL);
	struct sim_op op = counter_op(SIM_OP_COUNTER_ADD, opened);
	op.operand.low = number;
	op.order = (uint8_t)counter_mode(number);
	return pipe_call(&op).low == SIM_RESULT_BUSY ? call_fail(EAGAIN) : (ssize_t)sizeof number;
}
