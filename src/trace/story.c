/*
 * An event matters when it touches an object that the finding is about (what is waited for, held at the end, raced on),
 * when it is where the finding happened, when it is a preemption, or when it starts a thread for which one of these
 * holds. That is a heuristic for people: nothing is decided by it.
 */
#include "story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

/* Traces up to this many events are shown whole: folding them would hide more than it clears up. */
#define STORY_SHORT 16
/* A fold takes a row by itself, so folding fewer than this many events saves nothing. */
#define STORY_FOLD 2

static bool story_same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

const char *story_subject(const struct sim_finding *finding)
{
	const struct sim_trace *trace = &finding->trace;

	if (finding->object)
		return finding->object;
	for (size_t i = 0; i < trace->n_events; i++) {
		const struct sim_trace_event *event = &trace->events[i];

		/* What happens after taking a lock is not the lock's fault. */
		if (event->failing && event->value && !event->acquires && !event->releases)
			return event->object;
	}
	return NULL;
}

/* Is `object` one that the finding is about? */
static bool story_concerns(const struct sim_finding *finding, const char *object)
{
	const struct sim_trace *trace = &finding->trace;

	if (!object)
		return false;
	if (story_same(object, finding->object))
		return true;
	for (size_t i = 0; i < trace->n_threads; i++) {
		if (story_same(object, trace->threads[i].waits_for.object))
			return true;
		for (size_t k = 0; k < trace->threads[i].n_holds; k++)
			if (story_same(object, trace->threads[i].holds[k].object))
				return true;
	}
	for (size_t i = 0; i < trace->n_events; i++)
		if (trace->events[i].failing && story_same(object, trace->events[i].object))
			return true;
	return false;
}

/* Is this event itself the access, rather than what came before it? */
static bool story_is_access(const struct sim_finding *finding, const struct sim_access *access)
{
	const struct sim_trace_event *event;

	if (access->event < 0 || (size_t)access->event >= finding->trace.n_events)
		return false;
	event = &finding->trace.events[access->event];
	return event->thread == access->thread && event->place.line == access->place.line &&
			story_same(event->object, finding->object);
}

/* Marks the events that must be shown whatever their number. */
static void story_mark_pinned(const struct sim_finding *finding, bool *marks)
{
	const struct sim_trace *trace = &finding->trace;

	for (size_t i = 0; i < trace->n_events; i++)
		if (trace->events[i].failing)
			marks[i] = true;
	for (size_t i = 0; i < trace->n_threads; i++)
		for (size_t k = 0; k < trace->threads[i].n_holds; k++)
			if (trace->threads[i].holds[k].event >= 0)
				marks[trace->threads[i].holds[k].event] = true;
	for (size_t k = 0; k < 2; k++)
		if (finding->accesses[k].op && finding->accesses[k].event >= 0)
			marks[finding->accesses[k].event] = true;
}

static bool story_thread_shown(const struct sim_trace *trace, const bool *marks, int thread)
{
	for (size_t i = 0; i < trace->n_events; i++)
		if (marks[i] && trace->events[i].thread == thread)
			return true;
	return trace->threads[thread].waits_for.op != NULL;
}

static void story_mark_starts(const struct sim_trace *trace, bool *marks)
{
	for (size_t i = 0; i < trace->n_events; i++) {
		const struct sim_trace_event *event = &trace->events[i];

		if (!story_same(event->op, "start"))
			continue;
		for (size_t t = 0; t < trace->n_threads; t++)
			if (story_same(event->object, trace->threads[t].name) && story_thread_shown(trace, marks, (int)t))
				marks[i] = true;
	}
}

/* Which events matter; `marks` has one element per event, all false. */
static void story_mark(const struct sim_finding *finding, bool *marks, size_t n_shown)
{
	const struct sim_trace *trace = &finding->trace;
	size_t n = 0;

	for (size_t i = 0; i < trace->n_events; i++)
		marks[i] = trace->n_events <= STORY_SHORT || trace->events[i].preemption ||
				story_concerns(finding, trace->events[i].object) ||
				story_concerns(finding, trace->events[i].acquires) ||
				story_concerns(finding, trace->events[i].releases);
	if (trace->n_events)
		marks[trace->n_events - 1] = true;
	if (trace->n_events > STORY_SHORT)
		story_mark_starts(trace, marks);
	for (size_t i = trace->n_events; i-- > 0;) {
		n += marks[i];
		if (n > n_shown)
			marks[i] = false;
	}
	story_mark_pinned(finding, marks);
}

static void story_add(struct sim_story *story, enum sim_row_kind kind, int thread, int event, int n, int access)
{
	story->rows[story->n_rows++] =
			(struct sim_row){.kind = kind, .thread = thread, .event = event, .n = n, .access = access};
	if (thread >= 0)
		story->lanes[thread] = true;
}

/* Is this the place for the access: after its event or, where it has none, after the start of its thread? */
static bool story_access_follows(const struct sim_finding *finding, const struct sim_access *access, int event)
{
	const struct sim_trace *trace = &finding->trace;

	if (access->event >= 0)
		return access->event == event;
	for (int i = 0; (size_t)i < trace->n_events; i++)
		if (story_same(trace->events[i].op, "start") &&
				story_same(trace->events[i].object, trace->threads[access->thread].name))
			return i == event;
	return event == SIM_NONE;
}

static void story_add_accesses(struct sim_story *story, const struct sim_finding *finding, int event)
{
	for (int k = 0; k < 2; k++) {
		const struct sim_access *access = &finding->accesses[k];

		if (!access->op || access->thread < 0 || (size_t)access->thread >= finding->trace.n_threads ||
				!story_access_follows(finding, access, event))
			continue;
		if (story_is_access(finding, access))
			story->rows[story->n_rows - 1].access = k;
		else
			story_add(story, SIM_ROW_ACCESS, access->thread, event, 1, k);
	}
}

/* An access must not disappear into a fold: the event before it is shown. */
static void story_mark_accesses(const struct sim_finding *finding, bool *marks)
{
	for (int k = 0; k < 2; k++)
		for (size_t i = 0; finding->accesses[k].op && i < finding->trace.n_events; i++)
			if (story_access_follows(finding, &finding->accesses[k], (int)i))
				marks[i] = true;
}

/* The length of the run of unmarked events from `from` on. */
static size_t story_run(const bool *marks, size_t from, size_t n)
{
	size_t to = from;

	while (to < n && !marks[to])
		to++;
	return to - from;
}

static void story_add_fold(struct sim_story *story, const struct sim_trace *trace, size_t from, size_t n)
{
	int thread = trace->events[from].thread;

	for (size_t i = from; i < from + n; i++)
		if (trace->events[i].thread != thread)
			thread = SIM_NONE;
	story_add(story, SIM_ROW_FOLD, thread, (int)from, (int)n, SIM_NONE);
}

int story_make(struct sim_story *story, const struct sim_finding *finding, size_t n_shown)
{
	const struct sim_trace *trace = &finding->trace;
	bool *marks = calloc(trace->n_events + 1, sizeof(*marks));

	*story = (struct sim_story){
		/* At most one row per event and two for accesses. */
		.rows = calloc(trace->n_events + 2, sizeof(*story->rows)),
		.lanes = calloc(trace->n_threads + 1, sizeof(*story->lanes)),
	};
	if (!marks || !story->rows || !story->lanes) {
		free(marks);
		story_release(story);
		return -1;
	}
	story_mark(finding, marks, n_shown);
	story_mark_accesses(finding, marks);
	story_add_accesses(story, finding, SIM_NONE);
	for (size_t i = 0; i < trace->n_events;) {
		size_t run = story_run(marks, i, trace->n_events);

		if (run >= STORY_FOLD) {
			story_add_fold(story, trace, i, run);
			i += run;
			continue;
		}
		story_add(story, SIM_ROW_EVENT, trace->events[i].thread, (int)i, 1, SIM_NONE);
		story_add_accesses(story, finding, (int)i);
		i++;
	}
	for (size_t t = 0; t < trace->n_threads; t++)
		if (trace->threads[t].waits_for.op || story_same(trace->threads[t].state, "failed"))
			story->lanes[t] = true;
	free(marks);
	return 0;
}

void story_release(struct sim_story *story)
{
	free(story->rows);
	free(story->lanes);
	memset(story, 0, sizeof(*story));
}

enum sim_switch story_switch(const struct sim_trace *trace, int event)
{
	const struct sim_trace_event *events = trace->events;

	if (events[event].preemption)
		return SIM_SWITCH_PREEMPTION;
	return event > 0 && events[event].thread != events[event - 1].thread ? SIM_SWITCH_BLOCKED : SIM_SWITCH_NONE;
}

bool story_holds(const struct sim_trace *trace, int thread, const char *object, int event)
{
	bool *held = calloc(trace->n_threads + 1, sizeof(*held)), result;

	for (int i = 0; held && i <= event && (size_t)i < trace->n_events; i++) {
		const struct sim_trace_event *e = &trace->events[i];

		/* A release may be another thread's: then whoever owned the lock no longer does. */
		if (story_same(e->releases, object) && !held[e->thread])
			memset(held, 0, trace->n_threads * sizeof(*held));
		else if (story_same(e->releases, object))
			held[e->thread] = false;
		if (story_same(e->acquires, object))
			held[e->thread] = true;
	}
	result = held && held[thread];
	free(held);
	return result;
}

char *story_event_name(const struct sim_trace_event *event)
{
	return words_format("%s%s%s", event->op, event->object ? " " : "", event->object ? event->object : "");
}

char *story_event_text(const struct sim_trace_event *event)
{
	char *name = story_event_name(event);
	char *text = words_format("%s%s%s", name ? name : "", event->value ? ": " : "", event->value ? event->value : "");

	free(name);
	return text;
}

bool story_joins(const struct sim_trace_thread *thread)
{
	return thread->waits_for.op &&
	       (strcmp(thread->waits_for.op, "join") == 0 || strcmp(thread->waits_for.op, "join-for") == 0);
}

bool story_awaits_set(const struct sim_trace_thread *thread)
{
	return thread->waits_for.op && (strncmp(thread->waits_for.op, "await", 5) == 0 || story_same(thread->waits_for.op, "is-set"));
}

bool story_awaits_notify(const struct sim_trace_thread *thread)
{
	const char *op = thread->waits_for.op;

	return op && strncmp(op, "wait", 4) == 0;
}

bool story_retakes_lock(const struct sim_trace_thread *thread)
{
	return story_same(thread->waits_for.op, "wake");
}

bool story_meets(const struct sim_trace_thread *thread)
{
	return story_same(thread->waits_for.op, "leave");
}

bool story_polls(const struct sim_trace_thread *thread)
{
	return story_same(thread->waits_for.op, "poll");
}

/* The event that began the wait in which the thread is at the end, or SIM_NONE. */
static int story_last_wait(const struct sim_trace *trace, int thread)
{
	for (int i = (int)trace->n_events - 1; i >= 0; i--)
		if (trace->events[i].thread == thread && story_same(trace->events[i].op, "wait"))
			return i;
	return SIM_NONE;
}

/* Has the thread found the object set after the event? */
static bool story_saw_set(const struct sim_trace *trace, int thread, int event)
{
	for (size_t i = (size_t)event + 1; i < trace->n_events; i++)
		if (trace->events[i].thread == thread && strncmp(trace->events[i].op, "await", 5) == 0 && !trace->events[i].value &&
				story_same(trace->events[i].object, trace->events[event].object))
			return true;
	return false;
}

static bool story_is_missed_set(const struct sim_trace *trace, int event)
{
	for (size_t t = 0; t < trace->n_threads; t++)
		if (story_awaits_set(&trace->threads[t]) &&
				story_same(trace->threads[t].waits_for.object, trace->events[event].object) &&
				!story_saw_set(trace, (int)t, event))
			return true;
	return false;
}

bool story_is_missed(const struct sim_trace *trace, int event)
{
	const struct sim_trace_event *notify = &trace->events[event];

	if (story_same(notify->op, "set"))
		return story_is_missed_set(trace, event);
	if (strncmp(notify->op, "notify", 6) != 0)
		return false;
	for (size_t t = 0; t < trace->n_threads; t++)
		if (story_awaits_notify(&trace->threads[t]) && story_same(trace->threads[t].waits_for.object, notify->object) &&
				(story_same(notify->value, "nobody waiting") || event > story_last_wait(trace, (int)t)))
			return true;
	return false;
}

char *story_wait_text(const struct sim_trace *trace, int thread)
{
	const struct sim_trace_thread *waiter = &trace->threads[thread];
	const char *op = waiter->waits_for.op, *object = waiter->waits_for.object;
	const char *holder = waiter->waits_for.holder >= 0 ? trace->threads[waiter->waits_for.holder].name : NULL;
	char *text;
	int result;

	if (!op)
		return strdup("");
	if (!object)
		object = "something";
	if (story_joins(waiter))
		result = asprintf(&text, "for the end of %s", object);
	else if (story_awaits_notify(waiter))
		result = asprintf(&text, "for a notify of %s%s%s", object, holder ? " by " : "",
				holder ? holder : "");
	else if (strcmp(op, "join-queue") == 0)
		result = asprintf(&text, "until all items of %s are done", object);
	else if (strcmp(op, "get") == 0 || strcmp(op, "put") == 0)
		result = asprintf(&text, "%s %s", *op == 'g' ? "for an item of" : "for room in", object);
	else if (strcmp(op, "read-pipe") == 0 || strcmp(op, "write-pipe") == 0)
		result = asprintf(&text, "%s %s", *op == 'r' ? "for bytes from" : "for room in", object);
	else if (strcmp(op, "read-eventfd") == 0 || strcmp(op, "write-eventfd") == 0)
		result = asprintf(&text, "%s %s", *op == 'r' ? "for a value in" : "for room in", object);
	else if (story_polls(waiter))
		result = asprintf(&text, "for a change of %s", object);
	else if (story_awaits_set(waiter))
		result = asprintf(&text, "for %s to be set", object);
	else if (story_meets(waiter))
		result = asprintf(&text, "for others at %s", object);
	else if (strcmp(op, "begin-once") == 0)
		result = asprintf(&text, "until %s is done%s%s", object, holder ? ", by " : "", holder ? holder : "");
	else if (story_retakes_lock(waiter))
		result = asprintf(&text, "to take %s again%s%s", object, holder ? ", held by " : "", holder ? holder : "");
	else if (strncmp(op, "acquire", 7) == 0)
		result = asprintf(&text, "for %s%s%s", object, holder ? ", held by " : "", holder ? holder : "");
	else
		result = asprintf(&text, "to %s %s%s%s", op, object, holder ? ", held by " : "", holder ? holder : "");
	return result < 0 ? NULL : text;
}

/* ---- changes that got lost ---- */

static bool story_is_exchange(const struct sim_trace_event *event)
{
	return strncmp(event->op, "fetch-", 6) == 0 || story_same(event->op, "exchange") ||
			story_same(event->op, "compare-exchange");
}

static bool story_is_read(const struct sim_trace_event *event)
{
	return story_same(event->op, "read") || story_same(event->op, "load") || story_is_exchange(event);
}

static bool story_is_plain_write(const struct sim_trace_event *event)
{
	return story_same(event->op, "write") || story_same(event->op, "store");
}

static bool story_is_write(const struct sim_trace_event *event)
{
	bool failed = event->value && strncmp(event->value, "failed", strlen("failed")) == 0;

	return story_is_plain_write(event) || (story_is_exchange(event) && !failed);
}

/* The last write by another thread between `writing` and the last read of its thread before; SIM_NONE: it had read what it
 * wrote over, or nothing. */
static int story_overwritten(const struct sim_trace *trace, int writing)
{
	const struct sim_trace_event *events = trace->events;
	int lost = SIM_NONE;

	for (int i = writing - 1; i >= 0; i--) {
		if (!story_same(events[i].object, events[writing].object))
			continue;
		if (events[i].thread == events[writing].thread && (story_is_read(&events[i]) || story_is_write(&events[i])))
			return story_is_read(&events[i]) ? lost : SIM_NONE;
		if (lost == SIM_NONE && events[i].thread != events[writing].thread && story_is_write(&events[i]))
			lost = i;
	}
	return SIM_NONE;
}

bool story_lost_change(const struct sim_trace *trace, int *writing, int *lost)
{
	const char *object = NULL;

	for (int i = (int)trace->n_events - 1; i >= 0; i--) {
		const struct sim_trace_event *event = &trace->events[i];

		if (event->failing && story_is_read(event))
			object = event->object;
		if (!object || !story_same(event->object, object) || !story_is_plain_write(event))
			continue;
		*writing = i;
		*lost = story_overwritten(trace, i);
		if (*lost != SIM_NONE)
			return true;
	}
	return false;
}
