#include "tell.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "memory.h"
#include "sentence.h"
#include "tell_queue.h"

/* CPU seconds for a step when a finding is told; no step that ended within the search's own limit takes as long in
 * practice, and if one did only the telling would be cut short. */
static const double tell_patience_s = 0.5;

/* What the events alone do not say. Lifetime: one telling. */
struct tell {
	const struct search_finding *finding;
	struct world *world;
	struct sim_execution *x;
	const struct names *names;
	struct sim_wide *before, *after; /* memory that each event accessed, or the value of its semaphore */
	char **objects, **locks;         /* of each event; NULL: none. Named before it, while its thread's frames are there */
	bool *preemptions;
	int thread_index[SIM_MAX_THREADS]; /* of the trace's threads, by slot */
	struct sim_finding *told;
};

static void *tell_allocate(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size);
	if (!p) {
		fputs("simcheck: no memory left to tell a finding\n", stderr);
		abort();
	}
	return p;
}

static char *tell_copy(const char *text)
{
	return text ? format_text("%s", text) : NULL;
}

/* ---- executing -------------------------------------------------------------------------------------------------- */

static bool tell_is_of_semaphore(const struct sim_op *op)
{
	return op->kind >= SIM_OP_SEM_ACQUIRE && op->kind <= SIM_OP_SEM_RELEASE_BOUNDED;
}

/* The value of what the operation concerns: of memory, or of a semaphore. */
static struct sim_wide tell_peek(const struct tell *tell, const struct sim_op *op)
{
	if (tell_is_of_semaphore(op))
		return (struct sim_wide){.low = op->argument + (uint64_t)tell->x->objects.items[op->object].count};
	if (!op_is_memory(op) || op_width(op) > sizeof(struct sim_wide))
		return (struct sim_wide){0};
	return memory_read(op->address, (unsigned)op_width(op));
}

/* Whether the thread of the event before could have gone on. */
static bool tell_is_preemption(const struct tell *tell, uint32_t i)
{
	const struct search_step *steps = tell->finding->schedule;
	return i && steps[i].thread != steps[i - 1].thread && execution_goes_on(tell->x, steps[i - 1].thread);
}

/* Threads are told by the names they have at the end. */
static bool tell_is_of_thread(const struct sim_op *op)
{
	return op->kind == SIM_OP_START || op->kind == SIM_OP_JOIN || op->kind == SIM_OP_IS_ALIVE;
}

static void tell_name(struct tell *tell, uint32_t i, const struct sim_op *op)
{
	if (!tell_is_of_thread(op))
		tell->objects[i] = names_object(tell->names, op);
	if (op->kind == SIM_OP_WAIT || op->kind == SIM_OP_WAKE)
		tell->locks[i] = names_object_at(tell->names, op->second);
}

static void tell_execute(struct tell *tell)
{
	const struct search_finding *finding = tell->finding;
	execution_restore(tell->x, 0);
	for (uint32_t i = 0; i < finding->n_steps; i++) {
		int thread = finding->schedule[i].thread;
		struct sim_op op = tell->x->pending[thread];
		execution_settle(tell->x);
		tell->preemptions[i] = tell_is_preemption(tell, i);
		tell->before[i] = tell_peek(tell, &op);
		tell_name(tell, i, &op);
		execution_step(tell->x, thread, finding->schedule[i].choice);
		tell->after[i] = tell_peek(tell, &op);
	}
	execution_settle(tell->x);
}

/* ---- values ----------------------------------------------------------------------------------------------------- */

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
	if (event->op.kind == SIM_OP_WRITE_LOCK && event->result.low == SIM_RESULT_BUSY)
		return format_text("there are readers");
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

static char *tell_value(const struct tell *tell, uint32_t i)
{
	const struct sim_event *event = &tell->x->events[i];
	uint64_t width = op_width(&event->op);
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
	case SIM_OP_READ_LOCK:
	case SIM_OP_TRY_READ_LOCK:
	case SIM_OP_WRITE_LOCK:
	case SIM_OP_ENTER:
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
	case SIM_OP_IS_LOCKED:
	case SIM_OP_EVENT_IS_SET:
	case SIM_OP_ASK_BARRIER:
		return tell_answer(event);
	case SIM_OP_CHOOSE:
		return format_text("%u", event->choice);
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
	case SIM_OP_SLEEP:
		return tell_sleep(tell, &event->op);
	case SIM_OP_NONE:
	case SIM_OP_START:
	case SIM_OP_WAIT:
	case SIM_OP_EVENT_SET:
	case SIM_OP_EVENT_CLEAR:
	case SIM_OP_ABORT:
	case SIM_OP_RESET:
	case SIM_OP_END_ONCE:
	case SIM_OP_EXIT:
	case SIM_OP_N_KINDS:
		return NULL;
	}
	return NULL;
}

/* ---- causes ----------------------------------------------------------------------------------------------------- */

static bool tell_gives_lock(const struct sim_event *event, uint32_t lock)
{
	return (event->op.kind == SIM_OP_UNLOCK && event->op.object == lock) ||
	       (event->op.kind == SIM_OP_WAIT && event->op.second == lock);
}

/* The lock that the event took, or UINT32_MAX. */
static uint32_t tell_taken_lock(const struct sim_event *event)
{
	bool ok = event->result.low == SIM_RESULT_OK;
	if ((event->op.kind == SIM_OP_LOCK || event->op.kind == SIM_OP_TRY_LOCK) && ok)
		return event->op.object;
	if (event->op.kind == SIM_OP_WAKE && !event->again)
		return event->op.second;
	return UINT32_MAX;
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

/* The notify that ended the wait of which events[i] is the wake, or -1: a timeout did. */
static int64_t tell_wakening(const struct tell *tell, uint32_t i)
{
	const struct sim_event *events = tell->x->events;
	for (int64_t j = (int64_t)i - 1; j >= 0; j--) {
		if (events[j].op.kind == SIM_OP_NOTIFY && thread_set_has(&events[j].wakes, events[i].thread))
			return j;
		if (events[j].op.kind == SIM_OP_WAIT && events[j].thread == events[i].thread)
			return -1;
	}
	return -1;
}

/* The nearest earlier event that gave the lock back, or -1. */
static int64_t tell_last_release(const struct tell *tell, uint32_t i, uint32_t lock)
{
	for (int64_t j = (int64_t)i - 1; j >= 0; j--)
		if (tell_gives_lock(&tell->x->events[j], lock))
			return j;
	return -1;
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

static void tell_causes(const struct tell *tell, uint32_t i, struct sim_trace_event *told)
{
	const struct sim_event *events = tell->x->events, *event = &events[i];
	int64_t from;
	for (uint32_t j = 0; j < i; j++) {
		enum sim_edge_kind kind;
		if (events[j].thread != event->thread && tell_edge_kind(tell, j, i, &kind))
			tell_add_cause(told, j, kind);
	}
	if (event->op.kind == SIM_OP_WAKE && (from = tell_wakening(tell, i)) >= 0)
		tell_add_cause(told, from, SIM_EDGE_WAKE);
	uint32_t lock = tell_taken_lock(event);
	if (lock != UINT32_MAX && (from = tell_last_release(tell, i, lock)) >= 0 && events[from].thread != event->thread)
		tell_add_cause(told, from, SIM_EDGE_HANDOVER);
	if (tell_is_read(event) && (from = tell_last_write(tell, i)) >= 0 && events[from].thread != event->thread)
		tell_add_cause(told, from, SIM_EDGE_READS);
}

/* ---- events and threads ----------------------------------------------------------------------------------------- */

static void tell_event(const struct tell *tell, uint32_t i)
{
	const struct sim_event *event = &tell->x->events[i];
	struct sim_trace_event *told = &tell->told->trace.events[i];
	told->thread = tell->thread_index[event->thread];
	told->op = format_text("%s", op_name(&event->op));
	told->object = tell_copy(tell->objects[i]);
	if (tell_is_of_thread(&event->op))
		told->object = names_object(tell->names, &event->op);
	told->value = tell_value(tell, i);
	told->choice = event->choice;
	told->preemption = tell->preemptions[i];
	told->place = names_place(tell->names, event->op.site);
	const char *lock = tell->locks[i] ? tell->locks[i] : tell->objects[i];
	if (tell_taken_lock(event) != UINT32_MAX)
		told->acquires = tell_copy(lock);
	if (event->op.kind == SIM_OP_UNLOCK || event->op.kind == SIM_OP_WAIT)
		told->releases = tell_copy(lock);
	tell_causes(tell, i, told);
}

static const char *tell_state(const struct tell *tell, int slot)
{
	const struct sim_execution *x = tell->x;
	switch ((enum sim_thread_state)x->objects.items[slot].state) {
	case SIM_THREAD_ENDED:
		return "ended";
	case SIM_THREAD_FAILED:
		return "failed";
	case SIM_THREAD_ALIVE:
		if (semantics_exited(&x->objects) && !diagnosis_is_blocked(x, slot))
			return x->pending[slot].kind == SIM_OP_EXIT ? "ended" : "stopped";
		return diagnosis_is_blocked(x, slot) ? "blocked" : "runnable";
	case SIM_THREAD_UNBORN:
		break;
	}
	return "stopped";
}

static void tell_holds(const struct tell *tell, int slot, struct sim_trace_thread *told)
{
	const struct sim_objects *objects = &tell->x->objects;
	for (uint32_t i = SIM_MAX_THREADS; i < objects->n; i++) {
		const struct sim_object *object = &objects->items[i];
		if (object->kind != SIM_OBJECT_LOCK || object->owner != slot)
			continue;
		told->holds = realloc(told->holds, (told->n_holds + 1) * sizeof *told->holds);
		if (!told->holds)
			abort();
		told->holds[told->n_holds++] = (struct sim_hold){.object = names_object_at(tell->names, i),
		                                                 .since = names_place(tell->names, object->owner_site),
		                                                 .event = (int)object->owned_since};
	}
}

/* The last place where the thread was seen: its pending operation, or its last event. */
static uint32_t tell_last_site(const struct tell *tell, int slot)
{
	const struct sim_execution *x = tell->x;
	for (int i = 0; i < x->n_incidents; i++)
		if (x->incidents[i].thread == slot)
			return x->incidents[i].site;
	if (x->objects.items[slot].state == SIM_THREAD_ALIVE && x->pending[slot].kind != SIM_OP_NONE)
		return x->pending[slot].site;
	for (uint32_t i = x->n_events; i-- > 0;)
		if (x->events[i].thread == slot)
			return x->events[i].op.site;
	return 0;
}

static void tell_thread(const struct tell *tell, int slot)
{
	const struct sim_execution *x = tell->x;
	struct sim_trace_thread *told = &tell->told->trace.threads[tell->thread_index[slot]];
	told->name = names_thread(tell->names, slot);
	told->id = names_thread_id(tell->names, slot);
	told->function = names_function(tell->names, slot);
	told->state = format_text("%s", tell_state(tell, slot));
	told->place = names_place(tell->names, tell_last_site(tell, slot));
	told->waits_for.holder = SIM_NONE;
	tell_holds(tell, slot, told);
	if (!diagnosis_is_blocked(x, slot))
		return;
	const struct sim_op *op = &x->pending[slot];
	bool woken = x->objects.items[slot].flags & (SIM_THREAD_WOKEN | SIM_THREAD_TIMED_OUT);
	told->waits_for.op = format_text("%s", op->kind == SIM_OP_WAKE && !woken ? "wait" :
	                                       op_is_memory(op) ? "poll" : op_name(op));
	told->waits_for.object = op->kind == SIM_OP_WAKE && woken ? names_object_at(tell->names, op->second)
	                                                          : names_object(tell->names, op);
	int holder = diagnosis_waits_for(x, slot);
	if (holder != SIM_NOBODY)
		told->waits_for.holder = tell->thread_index[holder];
	const struct diagnosis *d = &tell->finding->diagnosis;
	told->waits_for.in_cycle = d->kind == FINDING_DEADLOCK && d->deadlock != CAUSE_LOST_WAKEUP &&
	                           d->deadlock != CAUSE_ORPHANED_LOCK && thread_set_has(&d->roots, slot) &&
	                           holder != SIM_NOBODY;
}

static void tell_trace(struct tell *tell)
{
	const struct sim_execution *x = tell->x;
	struct sim_trace *trace = &tell->told->trace;
	for (uint32_t t = 0; t < x->objects.n_threads; t++)
		tell->thread_index[t] = x->objects.items[t].state == SIM_THREAD_UNBORN ? SIM_NONE : (int)trace->n_threads++;
	trace->threads = tell_allocate(trace->n_threads, sizeof *trace->threads);
	for (uint32_t t = 0; t < x->objects.n_threads; t++)
		if (tell->thread_index[t] != SIM_NONE)
			tell_thread(tell, (int)t);
	trace->n_events = x->n_events;
	trace->events = tell_allocate(trace->n_events, sizeof *trace->events);
	for (uint32_t i = 0; i < x->n_events; i++) {
		tell_event(tell, i);
		tell->told->preemptions += trace->events[i].preemption;
	}
	trace->time = format_text(x->objects.virtual_time ? "virtual" : "any");
	if (tell->world->n_output)
		trace->output = format_text("%.*s", (int)tell->world->n_output, tell->world->output);
}

/* The locations that were scheduling points and are used here, each once, in the order of first use. */
static void tell_promoted(struct tell *tell)
{
	struct sim_trace *trace = &tell->told->trace;
	trace->promoted = tell_allocate(trace->n_events, sizeof *trace->promoted);
	for (size_t i = 0; i < trace->n_events; i++) {
		uint8_t kind = tell->x->events[i].op.kind;
		bool known = kind != SIM_OP_READ && kind != SIM_OP_WRITE;
		for (size_t k = 0; k < trace->n_promoted && !known; k++)
			known = strcmp(trace->promoted[k], trace->events[i].object) == 0;
		if (!known)
			trace->promoted[trace->n_promoted++] = format_text("%s", trace->events[i].object);
	}
}

/* ---- the finding ------------------------------------------------------------------------------------------------ */

/* The operation that the thread announced right after `record`, at the same place: an access of a lock or condition was
 * made for it (src/posix). NULL: there is none. */
static const struct sim_op *tell_operation_of(const struct tell *tell, const struct race_record *record)
{
	const struct sim_execution *x = tell->x;
	int thread = race_record_thread(record);
	const struct sim_op *op = &x->pending[thread];
	for (int i = (int)x->n_events - 1, last = execution_event_of(x, record); i > last; i--)
		if (x->events[i].thread == thread)
			op = &x->events[i].op;
	return op->kind != SIM_OP_NONE && !op_is_memory(op) && op->site == record->site ? op : NULL;
}

static const char *tell_access_name(const struct tell *tell, const struct race_record *record)
{
	static const char *const types[] = {
		[RACE_READ] = "read", [RACE_WRITE] = "write",
		[RACE_ATOMIC] = "atomic read", [RACE_ATOMIC | RACE_WRITE] = "atomic write"};
	const struct sim_op *op = record->type == RACE_ATOMIC ? tell_operation_of(tell, record) : NULL;
	return op ? op_name(op) : types[record->type];
}

static void tell_access(const struct tell *tell, struct sim_access *told, const struct race_record *record)
{
	told->thread = tell->thread_index[race_record_thread(record)];
	int event = execution_event_of(tell->x, record);
	told->event = event < 0 ? SIM_NONE : event;
	told->op = format_text("%s", tell_access_name(tell, record));
	told->place = names_place(tell->names, record->site);
}

static void tell_race(const struct tell *tell)
{
	const struct race_found *race = &tell->finding->diagnosis.race;
	tell_access(tell, &tell->told->accesses[0], &race->first);
	tell_access(tell, &tell->told->accesses[1], &race->second);
	tell->told->object = names_memory(tell->names, race->address, race->size);
	tell->told->place = names_place(tell->names, race->second.site);
}

static void tell_incident(const struct tell *tell)
{
	const struct incident *incident = &tell->finding->diagnosis.incident;
	tell->told->place = names_place(tell->names, incident->site);
	if (tell->told->trace.n_events)
		tell->told->trace.events[tell->told->trace.n_events - 1].failing = true;
}

static void tell_deadlock(const struct tell *tell)
{
	const struct diagnosis *d = &tell->finding->diagnosis;
	int first = thread_set_nth(&d->roots, 0);
	tell->told->place = names_place(tell->names, tell->x->pending[first].site);
	tell->told->object = names_object(tell->names, &tell->x->pending[first]);
}

static void tell_release(struct tell *tell)
{
	for (uint32_t i = 0; i < tell->finding->n_steps; i++) {
		free(tell->objects[i]);
		free(tell->locks[i]);
	}
	free(tell->objects);
	free(tell->locks);
	free(tell->preemptions);
	free(tell->after);
	free(tell->before);
}

void tell_finding(struct sim_finding *told, const struct search_finding *finding, struct world *world,
                  const struct names *names)
{
	struct tell tell = {.finding = finding, .world = world, .x = &world->execution, .names = names, .told = told};
	const struct diagnosis *d = &finding->diagnosis;
	tell.before = tell_allocate(finding->n_steps, sizeof *tell.before);
	tell.after = tell_allocate(finding->n_steps, sizeof *tell.after);
	tell.preemptions = tell_allocate(finding->n_steps, sizeof *tell.preemptions);
	tell.objects = tell_allocate(finding->n_steps, sizeof *tell.objects);
	tell.locks = tell_allocate(finding->n_steps, sizeof *tell.locks);
	*told = (struct sim_finding){.execution = finding->execution};
	told->kind = format_text("%s", diagnosis_kind_name(d->kind));
	if (diagnosis_cause_name(d))
		told->cause = format_text("%s", diagnosis_cause_name(d));
	/* A thread that computes without end is known to: no need to wait for as long again. */
	world->options.step_timeout_s = fmin(world->options.step_timeout_s, tell_patience_s);
	tell_execute(&tell);
	tell_trace(&tell);
	tell_promoted(&tell);
	if (d->kind == FINDING_RACE)
		tell_race(&tell);
	else if (diagnosis_is_of_end_state(d))
		tell_deadlock(&tell);
	else if (d->kind != FINDING_NONE)
		tell_incident(&tell);
	told->message = sentence_make(told, d, tell.thread_index);
	tell_release(&tell);
}
