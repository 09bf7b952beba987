#include "tell_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "memory.h"
#include "sentence.h"
#include "tell_memory.h"

/* CPU seconds for a step when a finding is told; no step that ended within the search's own limit takes as long in
 * practice, and if one did only the telling would be cut short. */
static const double tell_patience_s = 0.5;

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
	return op->kind >= SIM_OP_SEM_ACQUIRE && op->kind <= SIM_OP_SEM_VALUE;
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
	if (tell_taken(event) != UINT32_MAX)
		told->acquires = tell_copy(lock);
	if (tell_given(event) != UINT32_MAX)
		told->releases = tell_copy(lock);
	tell_causes(tell, i, told);
}

static const char *tell_state(const struct tell *tell, int slot)
{
	const struct sim_execution *x = tell->x;
	const struct sim_object *thread = &x->objects.items[slot];
	if (thread->flags & SIM_THREAD_RETURNED && x->pending[slot].kind == SIM_OP_JOIN)
		return "ended"; /* main, which ends the program after the others */
	switch ((enum sim_thread_state)thread->state) {
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

/* The event that made the thread a holder of the object, or -1: it is none. A writer that still waits for readers holds
 * nothing, and who is to open a barrier does not hold it. */
static int64_t tell_hold_begin(const struct tell *tell, int slot, uint32_t index)
{
	const struct sim_execution *x = tell->x;
	const struct sim_object *object = &x->objects.items[index];
	bool is_lock = object->kind == SIM_OBJECT_LOCK || object->kind == SIM_OBJECT_RWLOCK || object->kind == SIM_OBJECT_ONCE;
	bool enters = x->pending[slot].kind == SIM_OP_WRITE_LOCK && x->pending[slot].object == index;
	if (is_lock && object->owner == slot && !enters)
		return (int64_t)object->owned_since;
	if (object->kind != SIM_OBJECT_RWLOCK || !thread_set_has(&object->waiting, slot))
		return -1;
	for (int64_t i = (int64_t)x->n_events - 1; i >= 0; i--)
		if (x->events[i].thread == slot && tell_taken(&x->events[i]) == index)
			return i;
	return -1;
}

static void tell_holds(const struct tell *tell, int slot, struct sim_trace_thread *told)
{
	for (uint32_t index = SIM_MAX_THREADS; index < tell->x->objects.n; index++) {
		int64_t begin = tell_hold_begin(tell, slot, index);
		if (begin < 0)
			continue;
		told->holds = realloc(told->holds, (told->n_holds + 1) * sizeof *told->holds);
		if (!told->holds)
			abort();
		told->holds[told->n_holds++] = (struct sim_hold){
			.object = names_object_at(tell->names, index), .event = (int)begin,
			.since = names_place(tell->names, tell->x->events[begin].op.site)};
	}
}

/* The last place where the thread was seen: its pending operation, or its last event. */
static uint32_t tell_last_site(const struct tell *tell, int slot)
{
	const struct sim_execution *x = tell->x;
	for (int i = 0; i < x->n_incidents; i++)
		if (x->incidents[i].thread == slot && !tell_memory_is_leak(&x->incidents[i]))
			return x->incidents[i].site;
	if (x->objects.items[slot].state == SIM_THREAD_ALIVE && x->pending[slot].kind != SIM_OP_NONE)
		return x->pending[slot].site;
	for (uint32_t i = x->n_events; i-- > 0;)
		if (x->events[i].thread == slot)
			return x->events[i].op.site;
	return 0;
}

/* What the thread waits for, in the words of people: who claims a lock wants to acquire it. */
static const char *tell_wanted(const struct sim_op *op, bool woken)
{
	if (op->kind == SIM_OP_WAKE && !woken)
		return "wait";
	if (op->kind == SIM_OP_CLAIM)
		return "acquire-write";
	return op_is_memory(op) || op->kind == SIM_OP_BEGIN_BLOCK ? "poll" : op_name(op);
}

/* What is waited for, by name. A block that is repeated waits for what it reads: the first of that stands for all. */
static char *tell_awaited(const struct tell *tell, int slot, bool woken)
{
	const struct sim_op *op = &tell->x->pending[slot];
	const struct spin *spin = &tell->x->spin[slot];
	if (op->kind == SIM_OP_BEGIN_BLOCK && spin->n_watched)
		return names_memory(tell->names, spin->watched[0].address, spin->watched[0].size);
	return op->kind == SIM_OP_WAKE && woken ? names_object_at(tell->names, op->second) : names_object(tell->names, op);
}

static void tell_wait(const struct tell *tell, int slot, struct sim_trace_thread *told)
{
	const struct sim_execution *x = tell->x;
	const struct sim_op *op = &x->pending[slot];
	bool woken = x->objects.items[slot].flags & (SIM_THREAD_WOKEN | SIM_THREAD_TIMED_OUT);
	told->waits_for.op = format_text("%s", tell_wanted(op, woken));
	told->waits_for.object = tell_awaited(tell, slot, woken);
	int holder = diagnosis_waits_for(x, slot);
	if (holder != SIM_NOBODY)
		told->waits_for.holder = tell->thread_index[holder];
	const struct diagnosis *d = &tell->finding->diagnosis;
	told->waits_for.in_cycle = d->kind == FINDING_DEADLOCK && d->deadlock != CAUSE_LOST_WAKEUP &&
	                           d->deadlock != CAUSE_ORPHANED_LOCK && thread_set_has(&d->roots, slot) &&
	                           holder != SIM_NOBODY;
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
	tell_wait(tell, slot, told);
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
	int type = record->type & (RACE_WRITE | RACE_ATOMIC);
	const struct sim_op *op = type == RACE_ATOMIC ? tell_operation_of(tell, record) : NULL;
	if (type == RACE_WRITE && tell_memory_is_free(tell, record))
		return "free";
	return op ? op_name(op) : types[type];
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
	if (incident->kind == INCIDENT_MEMORY)
		tell_memory(tell);
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
	told->message = sentence_make(told, d, tell.thread_index, names);
	tell_release(&tell);
}
