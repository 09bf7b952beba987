#include "sentence_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sentence_queue.h"

#include "story.h"

void sentence_say(const struct sentence *s, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	vfprintf(s->out, format, arguments);
	va_end(arguments);
}

void sentence_place(const struct sentence *s, const struct sim_place *place)
{
	if (place->file && place->line)
		sentence_say(s, "%s:%d", place->file, place->line);
	else
		sentence_say(s, "an unknown place");
}

const char *sentence_name(const struct sentence *s, int thread)
{
	return s->trace->threads[thread].name;
}

/* The hold of `object` by `thread`, or NULL. */
static const struct sim_hold *sentence_hold(const struct sentence *s, int thread, const char *object)
{
	const struct sim_trace_thread *t = &s->trace->threads[thread];
	for (size_t i = 0; i < t->n_holds; i++)
		if (strcmp(t->holds[i].object, object) == 0)
			return &t->holds[i];
	return NULL;
}

/* ---- deadlocks -------------------------------------------------------------------------------------------------- */

void sentence_did(const struct sentence *s, int event, const char *did)
{
	const struct sim_trace_event *e = &s->trace->events[event];
	sentence_say(s, "%s %s `%s` at ", sentence_name(s, e->thread), did, e->object);
	sentence_place(s, &e->place);
}

void sentence_wait(const struct sentence *s, int thread)
{
	const struct sim_trace_thread *t = &s->trace->threads[thread];
	bool joins = strcmp(t->waits_for.op, "join") == 0;
	if (joins)
		sentence_say(s, "waits for the end of %s at ", t->waits_for.object);
	else if (strcmp(t->waits_for.op, "wake") == 0)
		sentence_say(s, "waits to take `%s` again at ", t->waits_for.object);
	else
		sentence_say(s, "waits for `%s` at ", t->waits_for.object);
	sentence_place(s, &t->place);
}

/* One thread of a cycle: what it holds that the one before wants, and what it wants. */
static void sentence_cycle_member(const struct sentence *s, int thread, const char *wanted)
{
	const struct sim_hold *hold = wanted ? sentence_hold(s, thread, wanted) : NULL;
	sentence_say(s, "%s ", sentence_name(s, thread));
	if (hold) {
		sentence_say(s, "holds `%s` (since ", hold->object);
		sentence_place(s, &hold->since);
		sentence_say(s, ") and ");
	}
	sentence_wait(s, thread);
}

static void sentence_cycle(const struct sentence *s, int first)
{
	const struct sim_trace_thread *threads = s->trace->threads;
	int last = first;
	while (threads[last].waits_for.holder != first)
		last = threads[last].waits_for.holder;
	const char *wanted = threads[last].waits_for.object;
	for (int thread = first, n = 0;; n++) {
		sentence_say(s, "%s", n == 0 ? "" : n == 1 ? ", while " : ", and ");
		sentence_cycle_member(s, thread, wanted);
		wanted = threads[thread].waits_for.object;
		thread = threads[thread].waits_for.holder;
		if (thread == first)
			break;
	}
}

static void sentence_self(const struct sentence *s, int thread)
{
	const struct sim_trace_thread *t = &s->trace->threads[thread];
	const struct sim_hold *hold = sentence_hold(s, thread, t->waits_for.object);
	sentence_say(s, "%s ", t->name);
	sentence_wait(s, thread);
	if (strcmp(t->waits_for.op, "arrive") == 0)
		sentence_say(s, ", whose action it runs itself");
	else
		sentence_say(s, ", which it %s itself", strcmp(t->waits_for.op, "begin-once") == 0 ? "runs" : "holds");
	if (hold) {
		sentence_say(s, " (since ");
		sentence_place(s, &hold->since);
		sentence_say(s, ")");
	}
}

static void sentence_orphaned(const struct sentence *s, int thread)
{
	const struct sim_trace_thread *t = &s->trace->threads[thread];
	int owner = t->waits_for.holder;
	sentence_say(s, "%s ", t->name);
	sentence_wait(s, thread);
	if (owner == SIM_NONE)
		return;
	const struct sim_hold *hold = sentence_hold(s, owner, t->waits_for.object);
	sentence_say(s, ", which %s", sentence_name(s, owner));
	if (hold) {
		sentence_say(s, " acquired at ");
		sentence_place(s, &hold->since);
		sentence_say(s, " and");
	}
	sentence_say(s, " still held when it ended");
}

/* What became of the notifications of a condition, seen from a thread that still waits on it. */
struct sentence_notifies {
	int found_nobody; /* the last event that did, before the wait; SIM_NONE: none */
	int woke_other;   /* the last event after the wait that woke somebody else */
	bool any;
};

static struct sentence_notifies sentence_find_notifies(const struct sentence *s, const char *condition, int thread)
{
	struct sentence_notifies found = {SIM_NONE, SIM_NONE, false};
	bool waits = false;
	int wait = SIM_NONE;
	for (size_t i = 0; i < s->trace->n_events; i++)
		if (s->trace->events[i].thread == thread && strcmp(s->trace->events[i].op, "wait") == 0)
			wait = (int)i;
	for (size_t i = 0; i < s->trace->n_events; i++) {
		const struct sim_trace_event *e = &s->trace->events[i];
		waits = waits || (int)i == wait;
		if (strncmp(e->op, "notify", 6) != 0 || strcmp(e->object, condition) != 0)
			continue;
		found.any = true;
		if (waits)
			found.woke_other = (int)i;
		else if (strcmp(e->value, "nobody waiting") == 0)
			found.found_nobody = (int)i;
	}
	return found;
}

/* "T1 has waited since x.c:3, T2 since x.c:9": all that wait on the condition at the end. Returns how many. */
static int sentence_waiting(const struct sentence *s, const char *condition)
{
	int n = 0;
	for (size_t i = 0; i < s->trace->n_threads; i++) {
		const struct sim_trace_thread *t = &s->trace->threads[i];
		if (!story_awaits_notify(t) || strcmp(t->waits_for.object, condition) != 0)
			continue;
		sentence_say(s, "%s%s since ", t->name, n++ ? "" : " has waited");
		sentence_place(s, &t->place);
		sentence_say(s, ", ");
	}
	return n;
}

/* Who waits for a lock that the thread holds while it waits: the one who would have notified it may be among them. */
static void sentence_kept_out(const struct sentence *s, int thread)
{
	for (size_t i = 0; i < s->trace->n_threads; i++) {
		const struct sim_trace_thread *t = &s->trace->threads[i];
		if (!t->waits_for.op || t->waits_for.holder != thread || story_joins(t))
			continue;
		sentence_say(s, "; %s ", t->name);
		sentence_wait(s, (int)i);
		sentence_say(s, ", which %s holds meanwhile", sentence_name(s, thread));
	}
}

static void sentence_lost_wakeup(const struct sentence *s, int thread)
{
	const char *condition = s->trace->threads[thread].waits_for.object;
	struct sentence_notifies notifies = sentence_find_notifies(s, condition, thread);
	int event = notifies.woke_other != SIM_NONE ? notifies.woke_other : notifies.found_nobody;
	if (event == SIM_NONE) {
		sentence_waiting(s, condition);
		sentence_say(s, notifies.any ? "and nobody will notify `%s` again" : "and nobody ever notifies `%s`", condition);
		return;
	}
	const struct sim_trace_event *e = &s->trace->events[event];
	sentence_say(s, "%s notified `%s` at ", sentence_name(s, e->thread), condition);
	sentence_place(s, &e->place);
	if (event == notifies.woke_other)
		sentence_say(s, ", which %s", e->value);
	else
		sentence_say(s, " while nobody was waiting");
	sentence_say(s, "; ");
	bool alone = sentence_waiting(s, condition) == 1;
	sentence_say(s, "and nobody will notify %s%s", alone ? "it" : "them", event == notifies.woke_other ? "" : " again");
}

/* All that wait, but for those who merely wait for the end of another. */
static void sentence_mixed(const struct sentence *s)
{
	int n = 0;
	for (size_t i = 0; i < s->trace->n_threads; i++) {
		const struct sim_trace_thread *t = &s->trace->threads[i];
		if (strcmp(t->state, "blocked") != 0 || (story_joins(t) && !t->waits_for.in_cycle))
			continue;
		sentence_say(s, "%s%s ", n++ ? ", " : "", s->trace->threads[i].name);
		sentence_wait(s, (int)i);
	}
	sentence_say(s, ": none of them can ever go on");
}

/* The events that are never set, each once, with all who wait for it. */
static void sentence_events(const struct sentence *s, const struct diagnosis *diagnosis, const int *thread_index)
{
	const struct sim_trace_thread *threads = s->trace->threads;
	for (int i = 0; i < thread_set_count(&diagnosis->roots); i++) {
		int thread = thread_index[thread_set_nth(&diagnosis->roots, i)];
		bool known = false;
		for (int k = 0; k < i && !known; k++) {
			int other = thread_index[thread_set_nth(&diagnosis->roots, k)];
			known = strcmp(threads[other].waits_for.object, threads[thread].waits_for.object) == 0;
		}
		if (known)
			continue;
		sentence_say(s, "%s", i ? "; " : "");
		sentence_never_set(s, thread);
	}
}

static void sentence_deadlock(const struct sentence *s, const struct diagnosis *diagnosis, const int *thread_index)
{
	int root = thread_index[thread_set_nth(&diagnosis->roots, 0)];
	switch (diagnosis->deadlock) {
	case CAUSE_SELF_DEADLOCK:
		sentence_self(s, root);
		break;
	case CAUSE_LOCK_CYCLE:
	case CAUSE_JOIN_CYCLE:
		sentence_cycle(s, root);
		break;
	case CAUSE_ORPHANED_LOCK:
		sentence_orphaned(s, root);
		break;
	case CAUSE_LOST_WAKEUP:
		if (story_awaits_set(&s->trace->threads[root]))
			sentence_cleared(s, root);
		else
			sentence_lost_wakeup(s, root);
		sentence_kept_out(s, root);
		break;
	case CAUSE_QUEUE_STARVED:
		sentence_queue(s->out, s->trace, root);
		break;
	case CAUSE_PIPE_STARVED:
		sentence_pipe(s, root);
		break;
	case CAUSE_EVENTFD_STARVED:
		sentence_eventfd(s, root);
		break;
	case CAUSE_SEMAPHORE_STARVED:
		sentence_starved(s, root);
		break;
	case CAUSE_EVENT_NEVER_SET:
		sentence_events(s, diagnosis, thread_index);
		break;
	case CAUSE_BARRIER_UNDERFILL:
		sentence_underfill(s, root);
		break;
	case CAUSE_MIXED:
	case CAUSE_NONE:
	case CAUSE_N:
		sentence_mixed(s);
		break;
	}
}

static void sentence_livelock(const struct sentence *s, const struct diagnosis *diagnosis, const int *thread_index)
{
	for (int i = 0; i < thread_set_count(&diagnosis->roots); i++) {
		const struct sim_trace_thread *t = &s->trace->threads[thread_index[thread_set_nth(&diagnosis->roots, i)]];
		sentence_say(s, "%s%s polls ", i ? ", " : "", t->name);
		if (t->waits_for.object)
			sentence_say(s, "`%s` ", t->waits_for.object);
		sentence_say(s, "at ");
		sentence_place(s, &t->place);
	}
	sentence_say(s, ", for ever: nobody is left to change what %s",
	             thread_set_count(&diagnosis->roots) > 1 ? "they wait for" : "it waits for");
}

/* ---- the others ------------------------------------------------------------------------------------------------- */

static void sentence_race(const struct sentence *s)
{
	const struct sim_access *a = s->told->accesses;
	const char *object = s->told->object;
	sentence_say(s, "%s (%s at ", sentence_name(s, a[0].thread), a[0].op);
	sentence_place(s, &a[0].place);
	sentence_say(s, ") and %s (%s at ", sentence_name(s, a[1].thread), a[1].op);
	sentence_place(s, &a[1].place);
	sentence_say(s, ") use `%s` at the same time: nothing orders the two", object);
}

static void sentence_crash(const struct sentence *s, const struct incident *incident)
{
	static const char *const texts[][2] = {
		{"abort", "called abort()"},
		{"broken-pipe", "wrote to a pipe that nobody can read any more (SIGPIPE)"},
		{"arithmetic", "divided by zero or overflowed in an integer division"},
		{"illegal-instruction", "ran into an illegal instruction"},
		{"stack-overflow", "overran its stack"},
		{"null-access", "followed a null pointer"},
		{"wild-access", "followed a pointer to nowhere"},
	};
	const char *what = "crashed";
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (strcmp(texts[i][0], incident->cause) == 0)
			what = texts[i][1];
	sentence_say(s, "%s at ", what);
	sentence_place(s, &s->told->place);
}

/* Why the variable that an assertion reads has not the value that it should have, where that is a lost change. */
static void sentence_lost_change(const struct sentence *s)
{
	int writing, lost;
	if (!story_lost_change(s->trace, &writing, &lost))
		return;
	sentence_say(s, ": ");
	sentence_did(s, writing, "wrote");
	sentence_say(s, " without having seen what %s wrote at ", sentence_name(s, s->trace->events[lost].thread));
	sentence_place(s, &s->trace->events[lost].place);
}

static void sentence_incident(const struct sentence *s, const struct incident *incident, int thread)
{
	sentence_say(s, "%s ", sentence_name(s, thread));
	switch (incident->kind) {
	case INCIDENT_ASSERTION:
		if (incident->cause) {
			sentence_say(s, "broke the invariant `%s` in the step that begins at ", incident->text);
			sentence_place(s, &s->told->place);
			break;
		}
		sentence_say(s, "failed the assertion `%s` at ", incident->text);
		sentence_place(s, &s->told->place);
		sentence_lost_change(s);
		break;
	case INCIDENT_CRASH:
		sentence_crash(s, incident);
		break;
	case INCIDENT_MEMORY:
		sentence_memory(s, incident);
		break;
	case INCIDENT_MISUSE:
		sentence_say(s, "at ");
		sentence_place(s, &s->told->place);
		sentence_say(s, ": %s", incident->text);
		break;
	case INCIDENT_EXCEPTION:
		sentence_say(s, "ended by an error at ");
		sentence_place(s, &s->told->place);
		sentence_say(s, ": %s", incident->text);
		break;
	case INCIDENT_NONTERMINATION:
		sentence_say(s, "computes without end at ");
		sentence_place(s, &s->told->place);
		sentence_say(s, ": it reaches no operation that others could see");
		break;
	}
}

char *sentence_make(const struct sim_finding *told, const struct diagnosis *diagnosis, const int *thread_index,
                    const struct names *names)
{
	char *text = NULL;
	size_t size = 0;
	struct sentence s = {.out = open_memstream(&text, &size), .told = told, .trace = &told->trace, .names = names};
	if (!s.out)
		abort();
	if (diagnosis->kind == FINDING_LIVELOCK)
		sentence_livelock(&s, diagnosis, thread_index);
	else if (diagnosis->kind == FINDING_DEADLOCK)
		sentence_deadlock(&s, diagnosis, thread_index);
	else if (diagnosis->kind == FINDING_RACE)
		sentence_race(&s);
	else if (diagnosis->kind == FINDING_NONE)
		sentence_say(&s, "nothing went wrong in this run");
	else
		sentence_incident(&s, &diagnosis->incident, thread_index[diagnosis->incident.thread]);
	fclose(s.out);
	return text;
}
