/*
 * What happened to a queue is read off the events of the trace. A thread counts as one who could have helped if it has
 * done before what is now waited for.
 */
#include "sentence_queue.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "story.h"
#include "words.h"

/* What a thread, or all threads together, did with the queue. */
struct sentence_share {
	int n_put, n_got, n_done;
	const struct sim_trace_event *last_get;
};

static bool sentence_has_failed(const struct sim_trace_event *event)
{
	static const char *const failures[] = {"full", "empty", "all were done", "timeout"};
	for (size_t i = 0; event->value && i < sizeof failures / sizeof *failures; i++)
		if (strcmp(event->value, failures[i]) == 0)
			return true;
	return false;
}

/* The operation without how it waits: "put" of "try-put" and "put-for". */
static bool sentence_is(const struct sim_trace_event *event, const char *what)
{
	const char *op = strncmp(event->op, "try-", 4) == 0 ? event->op + 4 : event->op;
	size_t n = strlen(what);
	return strncmp(op, what, n) == 0 && (!op[n] || strcmp(op + n, "-for") == 0);
}

/* Of `thread`, or of all if that is SIM_NONE. */
static struct sentence_share sentence_share(const struct sim_trace *trace, const char *queue, int thread)
{
	struct sentence_share share = {0};
	for (size_t i = 0; i < trace->n_events; i++) {
		const struct sim_trace_event *event = &trace->events[i];
		if ((thread != SIM_NONE && event->thread != thread) || !event->object || strcmp(event->object, queue) != 0 ||
		    sentence_has_failed(event))
			continue;
		share.n_put += sentence_is(event, "put");
		share.n_done += sentence_is(event, "task-done");
		if (sentence_is(event, "get")) {
			share.n_got++;
			share.last_get = event;
		}
	}
	return share;
}

static void sentence_at(FILE *out, const struct sim_place *place)
{
	char *text = words_at("at", place);
	fputs(text ? text : "", out);
	free(text);
}

/* "has ended"; "waits for `lock`, held by T1, at x.c:9" */
static void sentence_fate(FILE *out, const struct sim_trace *trace, int thread)
{
	const struct sim_trace_thread *t = &trace->threads[thread];
	char *wait = t->waits_for.op ? story_wait_text(trace, thread) : NULL;
	if (wait)
		fprintf(out, "waits %s", wait);
	else
		fprintf(out, "has %s", strcmp(t->state, "failed") == 0 ? "failed" : "ended");
	if (wait)
		sentence_at(out, &t->place);
	free(wait);
}

/* What became of the others who put or, with `gets`, took items. Returns whether there are any. */
static bool sentence_others(FILE *out, const struct sim_trace *trace, int thread, const char *queue, bool gets)
{
	bool any = false;
	for (size_t t = 0; t < trace->n_threads; t++) {
		struct sentence_share share = sentence_share(trace, queue, (int)t);
		int n = gets ? share.n_got : share.n_put;
		if (!n || (int)t == thread)
			continue;
		fprintf(out, "%s%s, which %s %d, ", any ? ", and " : "", trace->threads[t].name, gets ? "took" : "put", n);
		sentence_fate(out, trace, (int)t);
		any = true;
	}
	return any;
}

static void sentence_get(FILE *out, const struct sim_trace *trace, int thread, const char *queue)
{
	struct sentence_share all = sentence_share(trace, queue, SIM_NONE);
	fprintf(out, "waits for an item of `%s`", queue);
	sentence_at(out, &trace->threads[thread].place);
	if (all.last_get) {
		fprintf(out, ": it is empty since %s took the last of %d", trace->threads[all.last_get->thread].name, all.n_put);
		sentence_at(out, &all.last_get->place);
	}
	fputs(all.last_get ? "; " : ": ", out);
	if (!sentence_others(out, trace, thread, queue, false))
		fputs(all.n_put ? "nobody else puts any" : "nobody ever puts one", out);
}

static void sentence_put(FILE *out, const struct sim_trace *trace, int thread, const char *queue)
{
	struct sentence_share all = sentence_share(trace, queue, SIM_NONE);
	fprintf(out, "waits for room in `%s`", queue);
	sentence_at(out, &trace->threads[thread].place);
	fprintf(out, ": it is full with %d, and ", all.n_put - all.n_got);
	if (!sentence_others(out, trace, thread, queue, true))
		fputs(all.n_got ? "nobody else takes any" : "nobody ever takes one", out);
}

/* Those who took more items than they said to be done. */
static void sentence_debtors(FILE *out, const struct sim_trace *trace, const char *queue)
{
	for (size_t t = 0; t < trace->n_threads; t++) {
		struct sentence_share share = sentence_share(trace, queue, (int)t);
		if (share.n_got <= share.n_done)
			continue;
		fprintf(out, "; %s took %d, said it of %d, and ", trace->threads[t].name, share.n_got, share.n_done);
		sentence_fate(out, trace, (int)t);
	}
}

static void sentence_join(FILE *out, const struct sim_trace *trace, int thread, const char *queue)
{
	struct sentence_share all = sentence_share(trace, queue, SIM_NONE);
	int missing = all.n_put - all.n_done, left = all.n_put - all.n_got;
	fprintf(out, "waits until all items of `%s` are done", queue);
	sentence_at(out, &trace->threads[thread].place);
	fprintf(out, ": %d of %d %s never said to be done", missing, all.n_put, missing == 1 ? "is" : "are");
	if (left > 0)
		fprintf(out, " (%d of them %s still in it)", left, left == 1 ? "is" : "are");
	sentence_debtors(out, trace, queue);
}

void sentence_queue(FILE *out, const struct sim_trace *trace, int thread)
{
	const struct sim_trace_thread *t = &trace->threads[thread];
	const struct sim_trace_event waits = {.op = t->waits_for.op};
	fprintf(out, "%s ", t->name);
	if (sentence_is(&waits, "get"))
		sentence_get(out, trace, thread, t->waits_for.object);
	else if (sentence_is(&waits, "put"))
		sentence_put(out, trace, thread, t->waits_for.object);
	else
		sentence_join(out, trace, thread, t->waits_for.object);
}
