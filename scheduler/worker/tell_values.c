#include "tell_parts.h"

#include <stdlib.h>

#include "format.h"
#include "tell_queue.h"

/* A number as the program would print it: small ones signed, what looks like an address in hexadecimal. */
static char *tell_number(struct sim_wide value, uint64_t width)
{
	int64_t number = (int64_t)value.low;
	if (width > 8)
		return format_text("0x%llx%016llx", (unsigned long long)value.high, (unsigned long long)value.low);
	if (width == 4)
		number = (int32_t)value.low;
	else if (width == 2)
		number = (int16_t)value.low;
	else if (width == 1)
		number = (int8_t)value.low;
	if (number > -1000000000000 && number < 1000000000000)
		return format_text("%lld", (long long)number);
	return NULL;
}

static char *tell_change(struct sim_wide from, struct sim_wide to, uint64_t width)
{
	char *a = tell_number(from, width), *b = tell_number(to, width);
	char *text = a && b ? format_text("%s -> %s", a, b) : b ? format_text("-> %s", b) : NULL;
	free(a);
	free(b);
	return text;
}

static char *tell_cas_value(const struct sim_event *event, struct sim_wide before, struct sim_wide after, uint64_t width)
{
	if (event->uses[0].mode == SIM_MODE_WRITE)
		return tell_change(before, after, width);
	char *seen = tell_number(before, width);
	char *text = seen ? format_text("failed: is %s", seen) : format_text("failed");
	free(seen);
	return text;
}

static char *tell_status(const struct sim_event *event)
{
	if (event->op.kind == SIM_OP_UNLOCK)
		return event->result.low ? format_text("nobody held it") : NULL;
	if (event->result.low == SIM_RESULT_OK)
		return NULL;
	return format_text(event->result.low == SIM_RESULT_BUSY ? "failed" : "timeout");
}

static char *tell_semaphore(const struct tell *tell, uint32_t i)
{
	const struct sim_event *event = &tell->x->events[i];
	if (event->result.low == SIM_RESULT_OK)
		return tell_change(tell->before[i], tell->after[i], sizeof(uint64_t));
	return event->op.kind == SIM_OP_SEM_RELEASE_BOUNDED ? format_text("refused") : tell_status(event);
}

static char *tell_woken(const struct tell *tell, const struct sim_event *event)
{
	char *text = NULL;
	for (int i = 0; i < thread_set_count(&event->wakes); i++) {
		char *name = names_thread(tell->names, thread_set_nth(&event->wakes, i));
		char *longer = text ? format_text("%s, %s", text, name) : format_text("wakes %s", name);
		free(name);
		free(text);
		text = longer;
	}
	return text ? text : format_text("nobody waiting");
}

static char *tell_sleep(const struct tell *tell, const struct sim_op *op)
{
	double length_s = (double)op->argument / 1e9, end_s = (double)op->deadline_ns / 1e9;
	return tell->x->objects.virtual_time ? format_text("%g s, until %g s", length_s, end_s) : format_text("%g s", length_s);
}

static char *tell_rwlock_status(const struct sim_event *event)
{
	if (event->op.kind == SIM_OP_RW_UNLOCK)
		return event->result.low ? format_text("does not hold it") : NULL;
	return tell_status(event);
}

/* What came of an arrival at a barrier, and of what follows it. */
static char *tell_barrier(const struct sim_event *event)
{
	uint64_t result = event->result.low;
	if (event->op.kind == SIM_OP_ARRIVE && result != SIM_RESULT_REFUSED)
		return format_text("%llu of %llu", (unsigned long long)result + 1, (unsigned long long)event->op.argument);
	if (event->op.kind != SIM_OP_ARRIVE && result == SIM_RESULT_OK)
		return NULL;
	return format_text(event->op.kind != SIM_OP_ARRIVE && result == SIM_RESULT_TIMEOUT ? "timeout" : "broken");
}

static char *tell_answer(const struct sim_event *event)
{
	if (event->op.kind == SIM_OP_ASK_BARRIER && event->op.argument == SIM_ASK_N_WAITING)
		return format_text("%llu", (unsigned long long)event->result.low);
	return format_text(event->result.low ? "yes" : "no");
}

/* What a read or write of a pipe moved. */
static char *tell_bytes(const struct sim_event *event)
{
	unsigned long long n = event->result.high;
	if (event->result.low == SIM_RESULT_REFUSED)
		return format_text("no reader");
	if (event->result.low == SIM_RESULT_BUSY)
		return format_text("would wait");
	if (!n && event->op.argument)
		return format_text("end");
	return format_text("%llu byte%s", n, n == 1 ? "" : "s");
}

/* What was taken from an eventfd, or added to it. */
static char *tell_counter(const struct sim_event *event)
{
	bool takes = event->op.kind == SIM_OP_COUNTER_TAKE;
	if (event->result.low == SIM_RESULT_BUSY)
		return format_text("would wait");
	return format_text("%llu", (unsigned long long)(takes ? event->result.high : event->op.operand.low));
}

char *tell_value(const struct tell *tell, uint32_t i)
{
	const struct sim_event *event = &tell->x->events[i];
	uint64_t width = op_width(&event->op);
	if (event->interrupted || (event->op.cancellable && event->result.low == SIM_RESULT_CANCELLED))
		return format_text("cancelled");
	switch ((enum sim_op_kind)event->op.kind) {
	case SIM_OP_LOCK:
	case SIM_OP_TRY_LOCK:
	case SIM_OP_UNLOCK:
	case SIM_OP_JOIN:
	case SIM_OP_WAKE:
	case SIM_OP_EVENT_WAIT:
		return tell_status(event);
	case SIM_OP_SEM_ACQUIRE:
	case SIM_OP_SEM_TRY_ACQUIRE:
	case SIM_OP_SEM_RELEASE:
	case SIM_OP_SEM_RELEASE_BOUNDED:
		return tell_semaphore(tell, i);
	case SIM_OP_SEM_VALUE:
		return format_text("%llu", (unsigned long long)event->result.low);
	case SIM_OP_READ_LOCK:
	case SIM_OP_TRY_READ_LOCK:
	case SIM_OP_CLAIM:
	case SIM_OP_WRITE_LOCK:
	case SIM_OP_TRY_WRITE_LOCK:
	case SIM_OP_RW_UNLOCK:
		return tell_rwlock_status(event);
	case SIM_OP_ARRIVE:
	case SIM_OP_LEAVE:
	case SIM_OP_OPEN:
		return tell_barrier(event);
	case SIM_OP_BEGIN_ONCE:
		return format_text(event->result.low ? "the first" : "done already");
	case SIM_OP_NOTIFY:
		return tell_woken(tell, event);
	case SIM_OP_ATOMIC_LOAD:
	case SIM_OP_READ:
		return event->op.look_up ? NULL : tell_number(tell->before[i], width);
	case SIM_OP_ATOMIC_STORE:
	case SIM_OP_ATOMIC_RMW:
	case SIM_OP_WRITE:
		return tell_change(tell->before[i], tell->after[i], width);
	case SIM_OP_ATOMIC_CAS:
		return tell_cas_value(event, tell->before[i], tell->after[i], width);
	case SIM_OP_IS_ALIVE:
	case SIM_OP_IS_CANCELLED:
	case SIM_OP_IS_LOCKED:
	case SIM_OP_EVENT_IS_SET:
	case SIM_OP_ASK_BARRIER:
		return tell_answer(event);
	case SIM_OP_CHOOSE:
		return event->op.unasked ? tell_answer(event)
		                         : format_text("%lld", (long long)event->op.operand.low + event->choice);
	case SIM_OP_ENUMERATE:
		return format_text("%d", __builtin_popcountll(event->result.low) + __builtin_popcountll(event->result.high));
	case SIM_OP_PUT:
	case SIM_OP_TRY_PUT:
	case SIM_OP_GET:
	case SIM_OP_TRY_GET:
	case SIM_OP_QUEUE_SIZE:
	case SIM_OP_TASK_DONE:
	case SIM_OP_QUEUE_JOIN:
		return tell_queue_value(event);
	case SIM_OP_PIPE_READ:
	case SIM_OP_PIPE_WRITE:
		return tell_bytes(event);
	case SIM_OP_COUNTER_TAKE:
	case SIM_OP_COUNTER_ADD:
		return tell_counter(event);
	case SIM_OP_SLEEP:
		return tell_sleep(tell, &event->op);
	case SIM_OP_NONE:
	case SIM_OP_START:
	case SIM_OP_CANCEL:
	case SIM_OP_NAME:
	case SIM_OP_WAIT:
	case SIM_OP_EVENT_SET:
	case SIM_OP_EVENT_CLEAR:
	case SIM_OP_ABORT:
	case SIM_OP_RESET:
	case SIM_OP_END_ONCE:
	case SIM_OP_BEGIN_BLOCK:
	case SIM_OP_CALL:
	case SIM_OP_PIPE_HOLD:
	case SIM_OP_EXIT:
	case SIM_OP_N_KINDS:
		return NULL;
	}
	return NULL;
}
