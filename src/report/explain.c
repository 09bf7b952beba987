#include "explain.h"

#include <stdlib.h>
#include <string.h>

#include "source.h"
#include "story.h"
#include "words.h"

/* More source lines than this explain less. */
#define EXPLAIN_PLACES 16

/* The columns of the widest name among the threads that have something to tell. */
static size_t explain_name_width(const struct sim_trace *trace)
{
	size_t width = 0;

	for (size_t i = 0; i < trace->n_threads; i++) {
		const struct sim_trace_thread *thread = &trace->threads[i];

		if ((thread->waits_for.op || thread->n_holds) && words_width(thread->name) > width)
			width = words_width(thread->name);
	}
	return width;
}

/* "holds left since abba.c:9; waits at abba.c:10 for right, held by T2"; "has ended, holding left since abba.c:9" */
static char *explain_thread(const struct sim_trace *trace, int index)
{
	const struct sim_trace_thread *thread = &trace->threads[index];
	const char *holds = strcmp(thread->state, "ended") == 0 ? "has ended, holding " : "holds ";
	char *text = NULL, *wait = story_wait_text(trace, index);
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	for (size_t i = 0; out && i < thread->n_holds; i++) {
		char *since = words_at("since", &thread->holds[i].since);

		fprintf(out, "%s%s%s", i ? " and " : holds, thread->holds[i].object, since ? since : "");
		free(since);
	}
	if (out && thread->waits_for.op) {
		char *at = words_at("at", &thread->place);

		fprintf(out, "%swaits%s %s", thread->n_holds ? "; " : "", at ? at : "", wait ? wait : "");
		free(at);
	}
	free(wait);
	if (out && fclose(out)) {
		free(text);
		return NULL;
	}
	return text;
}

/* Those of the cycle first, those who merely wait for them last. */
#define EXPLAIN_PASSES 3
static int explain_pass(const struct sim_trace_thread *thread)
{
	return thread->waits_for.in_cycle ? 0 : story_joins(thread) ? 2 : 1;
}

void explain_threads(FILE *out, const struct sim_finding *finding, const struct text_options *options)
{
	const struct sim_trace *trace = &finding->trace;
	size_t name_width = explain_name_width(trace), width = options->width > 0 ? (size_t)options->width : 0;

	if (!name_width)
		return;
	fputc('\n', out);
	for (int pass = 0; pass < EXPLAIN_PASSES; pass++) {
		for (size_t i = 0; i < trace->n_threads; i++) {
			const struct sim_trace_thread *thread = &trace->threads[i];
			char *text;

			if ((!thread->waits_for.op && !thread->n_holds) || explain_pass(thread) != pass)
				continue;
			text = explain_thread(trace, (int)i);
			fprintf(out, "  %s%*s  ", thread->name, (int)(name_width - words_width(thread->name)), "");
			words_wrap(out, text ? text : "", name_width + 4, width);
			free(text);
		}
	}
}

/* ---- data races ---- */

/* The locks that the thread of an access holds: "holding m and n" or "holding no lock". Sets *n to their number. */
static char *explain_locks(const struct sim_trace *trace, const struct sim_access *access, size_t *n)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	*n = 0;
	for (int i = 0; out && i <= access->event && (size_t)i < trace->n_events; i++) {
		const char *lock = trace->events[i].acquires;
		bool again = false;

		for (int k = 0; lock && k < i; k++)
			again |= trace->events[k].acquires && strcmp(trace->events[k].acquires, lock) == 0;
		if (lock && !again && story_holds(trace, access->thread, lock, access->event))
			fprintf(out, "%s%s", (*n)++ ? " and " : "holding ", lock);
	}
	if (out && !*n)
		fprintf(out, "holding no lock");
	if (out && fclose(out)) {
		free(text);
		return NULL;
	}
	return text;
}

/* Whether the threads of both accesses hold one lock: for reading, or there would be an order. */
static bool explain_share_lock(const struct sim_finding *finding)
{
	const struct sim_trace *trace = &finding->trace;
	const struct sim_access *a = &finding->accesses[0], *b = &finding->accesses[1];

	for (size_t i = 0; i < trace->n_events; i++) {
		const char *lock = trace->events[i].acquires;

		if (lock && story_holds(trace, a->thread, lock, a->event) && story_holds(trace, b->thread, lock, b->event))
			return true;
	}
	return false;
}

/* Why nothing orders the two accesses, made by threads that hold so many locks. */
static const char *explain_order(const struct sim_finding *finding, const size_t n_locks[2])
{
	if (!n_locks[0] || !n_locks[1])
		return "Nothing orders these two: no lock is held at both, and no release, notify, start or join leads from one "
		       "to the other.";
	if (explain_share_lock(finding))
		return "Nothing orders these two: readers of a lock do not exclude each other, and no release, notify, start or "
		       "join leads from one to the other.";
	return "Nothing orders these two: the locks differ, and no release, notify, start or join leads from one to the other.";
}

void explain_accesses(FILE *out, const struct sim_finding *finding, const struct text_options *options)
{
	const struct sim_trace *trace = &finding->trace;
	const char *object = finding->object ? finding->object : "the same memory";
	size_t n_locks[2] = {0, 0}, width = options->width > 0 ? (size_t)options->width : 0;

	if (!finding->accesses[0].op || !finding->accesses[1].op)
		return;
	fputc('\n', out);
	for (int k = 0; k < 2; k++) {
		const struct sim_access *access = &finding->accesses[k];
		char *at = words_at("at", &access->place), *locks = explain_locks(trace, access, &n_locks[k]);

		fprintf(out, "  %s of %s by %s%s, %s\n", access->op, object, trace->threads[access->thread].name,
				at ? at : "", locks ? locks : "");
		free(at);
		free(locks);
	}
	fprintf(out, "  ");
	words_wrap(out, explain_order(finding, n_locks), 2, width);
}

/* ---- source lines ---- */

/* Lifetime: one finding. */
struct explain_marks {
	struct source_mark marks[EXPLAIN_PLACES];
	size_t n;
};

/* Takes over `remark`. */
static void explain_mark(struct explain_marks *list, const struct sim_place *place, char *remark)
{
	bool usable = place->file && place->line && remark && list->n < EXPLAIN_PLACES;

	for (size_t i = 0; usable && i < list->n; i++)
		usable = list->marks[i].place->line != place->line || strcmp(list->marks[i].remark, remark) != 0 ||
				strcmp(list->marks[i].place->file, place->file) != 0;
	if (usable)
		list->marks[list->n++] = (struct source_mark){place, remark};
	else
		free(remark);
}

static void explain_mark_threads(struct explain_marks *list, const struct sim_trace *trace)
{
	for (size_t i = 0; i < trace->n_threads; i++) {
		const struct sim_trace_thread *thread = &trace->threads[i];
		char *wait = story_wait_text(trace, (int)i);

		for (size_t k = 0; k < thread->n_holds; k++)
			explain_mark(list, &thread->holds[k].since,
					words_format("%s acquires %s and keeps it", thread->name, thread->holds[k].object));
		/* Where somebody merely waits for the others to end explains nothing. */
		if (thread->waits_for.op && wait && (!story_joins(thread) || thread->waits_for.in_cycle))
			explain_mark(list, &thread->place, words_format("%s waits %s", thread->name, wait));
		free(wait);
	}
}

/* Did the event make the one that fails possible? */
static bool explain_leads_to_failure(const struct sim_trace *trace, const struct sim_trace_event *event)
{
	for (size_t i = 0; i < trace->n_events; i++)
		for (size_t k = 0; trace->events[i].failing && k < trace->events[i].n_causes; k++)
			if (&trace->events[trace->events[i].causes[k].from] == event)
				return true;
	return false;
}

/* Is the event one without which the finding is not understood? */
static bool explain_tells(const struct sim_finding *finding, const struct sim_trace_event *event)
{
	const struct sim_trace *trace = &finding->trace;
	const struct sim_trace_thread *thread = &trace->threads[event->thread];
	const char *subject = story_subject(finding);

	if (event->failing || explain_leads_to_failure(trace, event))
		return true;
	/* That it waits there, or keeps what it acquired there, is said already. */
	if (thread->waits_for.op && thread->place.line == event->place.line)
		return false;
	for (size_t i = 0; i < thread->n_holds; i++)
		if (thread->holds[i].event >= 0 && &trace->events[thread->holds[i].event] == event)
			return false;
	if (event->object && subject && !event->acquires && !event->releases && !finding->accesses[0].op &&
			strcmp(event->object, subject) == 0)
		return true;
	return story_is_missed(trace, (int)(event - trace->events));
}

static void explain_mark_events(struct explain_marks *list, const struct sim_finding *finding)
{
	const struct sim_trace *trace = &finding->trace;

	for (size_t i = 0; i < trace->n_events; i++) {
		const struct sim_trace_event *event = &trace->events[i];
		char *text = explain_tells(finding, event) ? story_event_text(event) : NULL;

		if (text)
			explain_mark(list, &event->place, words_format("event %zu, %s: %s%s", i,
					trace->threads[event->thread].name, text,
					event->failing ? ", and here it fails" : ""));
		free(text);
	}
}

static void explain_mark_accesses(struct explain_marks *list, const struct sim_finding *finding)
{
	for (int k = 0; k < 2; k++) {
		const struct sim_access *access = &finding->accesses[k];

		if (access->op)
			explain_mark(list, &access->place, words_format("%s: %s%s%s",
					finding->trace.threads[access->thread].name, access->op,
					finding->object ? " of " : "", finding->object ? finding->object : ""));
	}
}

/* The place of the finding itself, if nothing else is said there. */
static void explain_mark_finding(struct explain_marks *list, const struct sim_finding *finding)
{
	const struct sim_place *place = &finding->place;

	for (size_t i = 0; i < list->n; i++)
		if (place->file && list->marks[i].place->line == place->line &&
				strcmp(list->marks[i].place->file, place->file) == 0)
			return;
	explain_mark(list, place, words_format("%s", finding->cause ? finding->cause : finding->kind));
}

void explain_places(FILE *out, const struct sim_finding *finding, const struct sim_report *report,
		const struct text_options *options)
{
	struct explain_marks list = {.n = 0};

	explain_mark_accesses(&list, finding);
	explain_mark_threads(&list, &finding->trace);
	explain_mark_events(&list, finding);
	explain_mark_finding(&list, finding);
	source_print(out, list.marks, list.n, report, options);
	for (size_t i = 0; i < list.n; i++)
		free(list.marks[i].remark);
}
