#include "tell_parts.h"

#include <stdlib.h>

#include "tell_queue.h"

uint32_t tell_taken(const struct sim_event *event)
{
	bool ok = event->result.low == SIM_RESULT_OK;
	switch (event->op.kind) {
	case SIM_OP_LOCK:
	case SIM_OP_TRY_LOCK:
	case SIM_OP_READ_LOCK:
	case SIM_OP_TRY_READ_LOCK:
	case SIM_OP_TRY_WRITE_LOCK:
	case SIM_OP_WRITE_LOCK:
		return ok ? event->op.object : UINT32_MAX;
	case SIM_OP_BEGIN_ONCE:
		return event->result.low ? event->op.object : UINT32_MAX;
	case SIM_OP_WAKE:
		return event->again ? UINT32_MAX : event->op.second;
	default:
		return UINT32_MAX;
	}
}

uint32_t tell_given(const struct sim_event *event)
{
	switch (event->op.kind) {
	case SIM_OP_RW_UNLOCK:
		return event->result.low == SIM_RESULT_OK ? event->op.object : UINT32_MAX;
	case SIM_OP_UNLOCK:
	case SIM_OP_END_ONCE:
		return event->op.object;
	case SIM_OP_WAIT:
		return event->op.second;
	default:
		return UINT32_MAX;
	}
}

static bool tell_is_write(const struct sim_event *event)
{
	return op_is_memory(&event->op) && event->uses[0].mode == SIM_MODE_WRITE;
}

/* Whether the event read a value of memory. */
static bool tell_is_read(const struct sim_event *event)
{
	return op_is_memory(&event->op) && event->op.kind != SIM_OP_ATOMIC_STORE && event->op.kind != SIM_OP_WRITE;
}

/* Why events[i] could only come after events[j], if one made the other possible or gave it its value. */
static bool tell_edge_kind(const struct tell *tell, uint32_t j, uint32_t i, enum sim_edge_kind *kind)
{
	const struct sim_event *earlier = &tell->x->events[j], *later = &tell->x->events[i];
	if (earlier->starts && earlier->started == later->thread && later->index == 0)
		*kind = SIM_EDGE_START;
	else if (earlier->ends && later->op.kind == SIM_OP_JOIN && later->target == earlier->thread)
		*kind = SIM_EDGE_JOIN;
	else
		return tell_queue_edge(earlier, later, kind);
	return true;
}

/* The event that ended the wait of which events[i] is the end, or -1: a timeout did. */
static int64_t tell_wakening(const struct tell *tell, uint32_t i)
{
	const struct sim_event *events = tell->x->events;
	for (int64_t j = (int64_t)i - 1; j >= 0; j--) {
		bool same = events[j].thread == events[i].thread;
		if (!same && thread_set_has(&events[j].wakes, events[i].thread))
			return j;
		if (same && (events[j].op.kind == SIM_OP_WAIT || events[j].op.kind == SIM_OP_ARRIVE))
			return -1;
	}
	return -1;
}

/* The nearest earlier event that gave back what events[i] took, or found done, or -1. Readers owe nothing to readers. */
static int64_t tell_last_release(const struct tell *tell, uint32_t i)
{
	const struct sim_event *events = tell->x->events;
	uint32_t lock = events[i].op.kind == SIM_OP_BEGIN_ONCE ? events[i].op.object : tell_taken(&events[i]);
	for (int64_t j = (int64_t)i - 1; j >= 0 && lock != UINT32_MAX; j--)
		if (tell_given(&events[j]) == lock && dependent(&events[j], &events[i]))
			return j;
	return -1;
}

/* Whether the event took a permit of a semaphore, which may have been there from the beginning. */
static bool tell_takes_permit(const struct sim_event *event)
{
	return (event->op.kind == SIM_OP_SEM_ACQUIRE || event->op.kind == SIM_OP_SEM_TRY_ACQUIRE) &&
	       event->result.low == SIM_RESULT_OK;
}

/* Whether the event found an event, in the public sense, set. */
static bool tell_finds_set(const struct sim_event *event)
{
	if (event->op.kind == SIM_OP_EVENT_IS_SET)
		return event->result.low;
	return event->op.kind == SIM_OP_EVENT_WAIT && event->result.low == SIM_RESULT_OK;
}

/* The nearest earlier event of the kind with the object of events[i], or -1. */
static int64_t tell_last_of(const struct tell *tell, uint32_t i, enum sim_op_kind kind)
{
	const struct sim_event *events = tell->x->events;
	for (int64_t j = (int64_t)i - 1; j >= 0; j--)
		if (events[j].op.kind == kind && events[j].op.object == events[i].op.object)
			return j;
	return -1;
}

/* What made it possible to take a permit, or to find something set, or -1. */
static int64_t tell_permission(const struct tell *tell, uint32_t i)
{
	const struct sim_event *event = &tell->x->events[i];
	if (tell_finds_set(event))
		return tell_last_of(tell, i, SIM_OP_EVENT_SET);
	if (!tell_takes_permit(event))
		return -1;
	int64_t given = tell_last_of(tell, i, SIM_OP_SEM_RELEASE);
	if (given < 0)
		given = tell_last_of(tell, i, SIM_OP_SEM_RELEASE_BOUNDED);
	/* Without it, nothing would have been there. */
	return given >= 0 && tell->before[i].low <= tell->x->events[given].op.operand.low ? given : -1;
}

static int64_t tell_last_write(const struct tell *tell, uint32_t i)
{
	for (int64_t j = (int64_t)i - 1; j >= 0; j--)
		if (tell_is_write(&tell->x->events[j]) &&
		    use_conflict(&tell->x->events[j].uses[0], &tell->x->events[i].uses[0]))
			return j;
	return -1;
}

static void tell_add_cause(struct sim_trace_event *event, int64_t from, enum sim_edge_kind kind)
{
	event->causes = realloc(event->causes, (event->n_causes + 1) * sizeof *event->causes);
	if (!event->causes)
		abort();
	event->causes[event->n_causes++] = (struct sim_edge){.from = (int)from, .kind = kind};
}

void tell_causes(const struct tell *tell, uint32_t i, struct sim_trace_event *told)
{
	const struct sim_event *events = tell->x->events, *event = &events[i];
	int64_t from;
	for (uint32_t j = 0; j < i; j++) {
		enum sim_edge_kind kind;
		if (events[j].thread != event->thread && tell_edge_kind(tell, j, i, &kind))
			tell_add_cause(told, j, kind);
	}
	if ((event->op.kind == SIM_OP_WAKE || event->op.kind == SIM_OP_LEAVE) && (from = tell_wakening(tell, i)) >= 0)
		tell_add_cause(told, from, SIM_EDGE_WAKE);
	if ((from = tell_last_release(tell, i)) >= 0 && events[from].thread != event->thread)
		tell_add_cause(told, from, SIM_EDGE_HANDOVER);
	if ((from = tell_permission(tell, i)) >= 0 && events[from].thread != event->thread)
		tell_add_cause(told, from, SIM_EDGE_HANDOVER);
	if (tell_is_read(event) && (from = tell_last_write(tell, i)) >= 0 && events[from].thread != event->thread)
		tell_add_cause(told, from, SIM_EDGE_READS);
}
