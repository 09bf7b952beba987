/* Sentences about threads that wait at a pipe or an eventfd for what nobody does any more. */
#include <string.h>

#include "sentence_parts.h"

/* The last event in which somebody did `op` with the object, or NULL. */
static const struct sim_trace_event *sentence_last_of(const struct sentence *s, const char *op, const char *object)
{
	for (size_t i = s->trace->n_events; i-- > 0;) {
		const struct sim_trace_event *e = &s->trace->events[i];
		if (e->object && strcmp(e->op, op) == 0 && strcmp(e->object, object) == 0)
			return e;
	}
	return NULL;
}

static void sentence_waits(const struct sentence *s, int thread, const char *what)
{
	const struct sim_trace_thread *t = &s->trace->threads[thread];
	sentence_say(s, "%s waits %s `%s` at ", t->name, what, t->waits_for.object);
	sentence_place(s, &t->place);
}

void sentence_pipe(const struct sentence *s, int thread)
{
	const struct sim_trace_thread *t = &s->trace->threads[thread];
	if (strcmp(t->waits_for.op, "write-pipe") == 0) {
		sentence_waits(s, thread, "for room in");
		sentence_say(s, ": it is full, its reading end is still open, and nobody is left to read from it or to close it");
		return;
	}
	const struct sim_trace_event *last = sentence_last_of(s, "write-pipe", t->waits_for.object);
	sentence_waits(s, thread, "for bytes from");
	if (last) {
		sentence_say(s, ": what was written, last by %s at ", sentence_name(s, last->thread));
		sentence_place(s, &last->place);
		sentence_say(s, ", has been read");
	} else {
		sentence_say(s, ": nothing was ever written");
	}
	sentence_say(s, ", its writing end is still open, and nobody is left to write to it or to close it");
}

void sentence_eventfd(const struct sentence *s, int thread)
{
	const struct sim_trace_thread *t = &s->trace->threads[thread];
	bool adds = strcmp(t->waits_for.op, "write-eventfd") == 0;
	sentence_waits(s, thread, adds ? "for room in" : "for a value in");
	sentence_say(s, adds ? ": it cannot become larger, and nobody is left to read it"
	                     : ": it is 0, and nobody is left to write to it");
}
