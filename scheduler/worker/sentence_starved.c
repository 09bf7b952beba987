/* Sentences about threads that wait for what nobody gives: permits of a semaphore, the set of an event. */
#include <string.h>

#include "sentence_parts.h"

/* Whether threads `a` and `b` wait for the same thing in the same way. */
static bool sentence_waits_alike(const struct sim_trace_thread *a, const struct sim_trace_thread *b)
{
	return a->waits_for.op && b->waits_for.op && strcmp(a->waits_for.op, b->waits_for.op) == 0 &&
	       strcmp(a->waits_for.object, b->waits_for.object) == 0;
}

/* "T1 has waited for `ready` since x.c:3, T2 since x.c:9": all that wait as `thread` does. */
static void sentence_waiters(const struct sentence *s, int thread)
{
	const struct sim_trace_thread *threads = s->trace->threads;
	int n = 0;
	for (size_t i = 0; i < s->trace->n_threads; i++) {
		if (!sentence_waits_alike(&threads[i], &threads[thread]))
			continue;
		if (n++)
			sentence_say(s, ", %s since ", threads[i].name);
		else
			sentence_say(s, "%s has waited for `%s` since ", threads[i].name, threads[i].waits_for.object);
		sentence_place(s, &threads[i].place);
	}
}

/* ---- semaphores ------------------------------------------------------------------------------------------------- */

/* Whether the event took from the value of a semaphore. */
static bool sentence_takes(const struct sim_trace_event *e)
{
	return e->value && strstr(e->value, "->") && strstr(e->op, "acquire");
}

/* How often the thread acquired the semaphore less how often it released it; the last event that acquired is *last. */
static int sentence_taken(const struct sentence *s, const char *semaphore, int thread, const struct sim_trace_event **last)
{
	int n = 0;
	for (size_t i = 0; i < s->trace->n_events; i++) {
		const struct sim_trace_event *e = &s->trace->events[i];
		if (e->thread != thread || !e->object || strcmp(e->object, semaphore) != 0)
			continue;
		bool takes = sentence_takes(e);
		n += takes ? 1 : strcmp(e->op, "release") == 0 ? -1 : 0;
		if (takes)
			*last = e;
	}
	return n;
}

/* "T1 (at x.c:3) and T2 (at x.c:3) acquired `slots` and did not release it; T3 has waited for it ..." */
void sentence_starved(const struct sentence *s, int thread)
{
	const char *semaphore = s->trace->threads[thread].waits_for.object;
	int n_takers = 0;
	for (int t = 0; t < (int)s->trace->n_threads; t++) {
		const struct sim_trace_event *last = NULL;
		if (sentence_taken(s, semaphore, t, &last) <= 0)
			continue;
		sentence_say(s, "%s%s (at ", n_takers++ ? " and " : "", sentence_name(s, t));
		sentence_place(s, &last->place);
		sentence_say(s, ")");
	}
	if (n_takers)
		sentence_say(s, " acquired `%s` and did not release it; ", semaphore);
	sentence_waiters(s, thread);
	sentence_say(s, ", and nobody is left to release it");
}

/* ---- events ----------------------------------------------------------------------------------------------------- */

/* The last event before `before` in which somebody did `op` with the object; SIM_NONE: none. */
static int sentence_last(const struct sentence *s, const char *op, const char *object, int before)
{
	for (int i = before; i-- > 0;) {
		const struct sim_trace_event *e = &s->trace->events[i];
		if (e->object && strcmp(e->op, op) == 0 && strcmp(e->object, object) == 0)
			return i;
	}
	return SIM_NONE;
}

void sentence_never_set(const struct sentence *s, int thread)
{
	const char *event = s->trace->threads[thread].waits_for.object;
	int set = sentence_last(s, "set", event, (int)s->trace->n_events);
	sentence_waiters(s, thread);
	if (set == SIM_NONE) {
		sentence_say(s, ", and nobody ever sets it");
		return;
	}
	sentence_say(s, ", and nobody sets it again after %s did at ", sentence_name(s, s->trace->events[set].thread));
	sentence_place(s, &s->trace->events[set].place);
}

void sentence_cleared(const struct sentence *s, int thread)
{
	const struct sim_trace_event *events = s->trace->events;
	const char *event = s->trace->threads[thread].waits_for.object;
	int n = (int)s->trace->n_events, set = sentence_last(s, "set", event, n), clear = SIM_NONE;
	for (int i = n; (i = sentence_last(s, "clear", event, i)) > set;)
		clear = i; /* the first after the set */
	if (set == SIM_NONE || clear == SIM_NONE) {
		sentence_never_set(s, thread);
		return;
	}
	sentence_did(s, set, "set");
	if (events[clear].thread == events[set].thread)
		sentence_say(s, " and cleared it at ");
	else
		sentence_say(s, ", and %s cleared it at ", sentence_name(s, events[clear].thread));
	sentence_place(s, &events[clear].place);
	sentence_say(s, ", too early: ");
	sentence_waiters(s, thread);
	sentence_say(s, ", and nobody will set it again");
}
