#include <string.h>

#include "sentence_parts.h"

/* For how many threads the barrier is: its arrivals say so. */
static unsigned sentence_parties(const struct sentence *s, const char *barrier)
{
	unsigned parties = 0;
	for (size_t i = 0; i < s->trace->n_events; i++) {
		const struct sim_trace_event *e = &s->trace->events[i];
		if (strcmp(e->op, "arrive") == 0 && strcmp(e->object, barrier) == 0)
			sscanf(e->value, "%*u of %u", &parties);
	}
	return parties;
}

static bool sentence_meets_at(const struct sim_trace_thread *thread, const char *barrier)
{
	return story_meets(thread) && strcmp(thread->waits_for.object, barrier) == 0;
}

/* "; T1, T2 have ended, main waits for the end of T3 at x.c:9": why none of the others will come. */
static void sentence_absent(const struct sentence *s, const char *barrier)
{
	const struct sim_trace_thread *threads = s->trace->threads;
	int n = 0;
	for (size_t i = 0; i < s->trace->n_threads; i++)
		if (!threads[i].waits_for.op)
			sentence_say(s, "%s%s", n++ ? ", " : "; ", threads[i].name);
	if (n)
		sentence_say(s, " %s ended", n > 1 ? "have" : "has");
	for (size_t i = 0; i < s->trace->n_threads; i++) {
		if (!threads[i].waits_for.op || sentence_meets_at(&threads[i], barrier))
			continue;
		sentence_say(s, "%s%s ", n++ ? ", " : "; ", threads[i].name);
		sentence_wait(s, (int)i);
		if (!story_joins(&threads[i]) && threads[i].waits_for.holder != SIM_NONE)
			sentence_say(s, ", held by %s", sentence_name(s, threads[i].waits_for.holder));
	}
}

void sentence_underfill(const struct sentence *s, int thread)
{
	const struct sim_trace_thread *threads = s->trace->threads;
	const char *barrier = threads[thread].waits_for.object;
	int n_arrived = 0, n = 0;
	for (size_t i = 0; i < s->trace->n_threads; i++)
		n_arrived += sentence_meets_at(&threads[i], barrier);
	sentence_say(s, "only %d of %u threads %s arrived at `%s`: ", n_arrived, sentence_parties(s, barrier),
	             n_arrived > 1 ? "have" : "has", barrier);
	for (size_t i = 0; i < s->trace->n_threads; i++) {
		if (!sentence_meets_at(&threads[i], barrier))
			continue;
		sentence_say(s, "%s%s at ", n++ ? ", " : "", threads[i].name);
		sentence_place(s, &threads[i].place);
	}
	sentence_absent(s, barrier);
}
