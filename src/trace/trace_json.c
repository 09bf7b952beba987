#include "trace_json.h"

#include <limits.h>
#include <string.h>

#include "json_output.h"

/* The names of enum sim_edge_kind in JSON. */
static const char *const edge_names[] = {
	[SIM_EDGE_START] = "start",
	[SIM_EDGE_JOIN] = "join",
	[SIM_EDGE_HANDOVER] = "handover",
	[SIM_EDGE_WAKE] = "wake",
	[SIM_EDGE_READS] = "reads",
};
#define N_EDGE_NAMES (sizeof(edge_names) / sizeof(edge_names[0]))

/* ---- writing ---- */

static void trace_json_put_place(json_t *json, const struct sim_place *place, unsigned flags)
{
	output_string(json, "file", place->file);
	json_object_set_new(json, "line", json_integer(place->line));
	output_optional(json, "function", place->function);
	if (flags & SIM_JSON_PATHS)
		output_optional(json, "path", place->path);
}

/* A thread by its name; the index, for threads of equal names, under `key`_index. */
static void trace_json_put_thread(json_t *json, const char *key, const struct sim_trace *trace, int thread)
{
	bool known = thread >= 0 && (size_t)thread < trace->n_threads;
	char index_key[32] = "";

	strncat(index_key, key, sizeof(index_key) - sizeof("_index"));
	strcat(index_key, "_index");
	output_string(json, key, known ? trace->threads[thread].name : NULL);
	if (known)
		json_object_set_new(json, index_key, json_integer(thread));
}

static json_t *trace_json_access(const struct sim_access *access, const struct sim_trace *trace, unsigned flags)
{
	json_t *json = json_object();

	trace_json_put_thread(json, "thread", trace, access->thread);
	output_string(json, "op", access->op);
	trace_json_put_place(json, &access->place, flags);
	json_object_set_new(json, "event", access->event < 0 ? json_null() : json_integer(access->event));
	return json;
}

void trace_json_put_finding(json_t *json, const struct sim_finding *finding, unsigned flags)
{
	json_t *accesses = json_array();

	output_string(json, "kind", finding->kind);
	output_string(json, "cause", finding->cause);
	output_string(json, "message", finding->message);
	trace_json_put_place(json, &finding->place, flags);
	output_string(json, "object", finding->object);
	output_count(json, "execution", finding->execution);
	json_object_set_new(json, "preemptions", json_integer(finding->preemptions));
	for (size_t i = 0; i < 2; i++)
		if (finding->accesses[i].op)
			json_array_append_new(accesses,
					trace_json_access(&finding->accesses[i], &finding->trace, flags));
	json_object_set_new(json, "accesses", accesses);
}

static json_t *trace_json_holds(const struct sim_trace_thread *thread, unsigned flags)
{
	json_t *array = json_array();

	for (size_t i = 0; i < thread->n_holds; i++) {
		const struct sim_hold *hold = &thread->holds[i];
		json_t *json = json_object();

		output_string(json, "object", hold->object);
		trace_json_put_place(json, &hold->since, flags);
		json_object_set_new(json, "event", hold->event < 0 ? json_null() : json_integer(hold->event));
		json_array_append_new(array, json);
	}
	return array;
}

static json_t *trace_json_wait(const struct sim_trace_thread *thread, const struct sim_trace *trace)
{
	json_t *json;

	if (!thread->waits_for.op)
		return json_null();
	json = json_object();
	output_string(json, "op", thread->waits_for.op);
	output_string(json, "object", thread->waits_for.object);
	trace_json_put_thread(json, "holder", trace, thread->waits_for.holder);
	json_object_set_new(json, "in_cycle", json_boolean(thread->waits_for.in_cycle));
	return json;
}

json_t *trace_json_threads(const struct sim_trace *trace, unsigned flags)
{
	json_t *array = json_array();

	for (size_t i = 0; i < trace->n_threads; i++) {
		const struct sim_trace_thread *thread = &trace->threads[i];
		json_t *json = json_object();

		output_string(json, "name", thread->name);
		output_optional(json, "id", thread->id);
		output_optional(json, "runs", thread->function);
		output_string(json, "state", thread->state);
		trace_json_put_place(json, &thread->place, flags);
		json_object_set_new(json, "holds", trace_json_holds(thread, flags));
		json_object_set_new(json, "waits_for", trace_json_wait(thread, trace));
		json_array_append_new(array, json);
	}
	return array;
}

static json_t *trace_json_causes(const struct sim_trace_event *event)
{
	json_t *array = json_array();

	for (size_t i = 0; i < event->n_causes; i++) {
		json_t *json = json_object();

		json_object_set_new(json, "event", json_integer(event->causes[i].from));
		output_string(json, "kind", edge_names[event->causes[i].kind]);
		json_array_append_new(array, json);
	}
	return array;
}

json_t *trace_json_events(const struct sim_trace *trace, unsigned flags)
{
	json_t *array = json_array();

	for (size_t i = 0; i < trace->n_events; i++) {
		const struct sim_trace_event *event = &trace->events[i];
		json_t *json = json_object();

		json_object_set_new(json, "index", json_integer((json_int_t)i));
		trace_json_put_thread(json, "thread", trace, event->thread);
		output_string(json, "op", event->op);
		output_string(json, "object", event->object);
		trace_json_put_place(json, &event->place, flags);
		output_string(json, "value", event->value);
		output_optional(json, "acquires", event->acquires);
		output_optional(json, "releases", event->releases);
		json_object_set_new(json, "choice", json_integer(event->choice));
		json_object_set_new(json, "preemption", json_boolean(event->preemption));
		json_object_set_new(json, "failing", json_boolean(event->failing));
		json_object_set_new(json, "causes", trace_json_causes(event));
		json_array_append_new(array, json);
	}
	return array;
}

/* ---- reading ---- */

static void trace_json_get_place(struct json_input *in, struct sim_place *place, const json_t *json)
{
	place->file = input_string(in, json, "file", INPUT_OPTIONAL);
	place->path = input_string(in, json, "path", INPUT_OPTIONAL);
	place->function = input_string(in, json, "function", INPUT_OPTIONAL);
	place->line = (int)input_integer(in, json, "line", 0, INT_MAX, 0);
}

/* The name decides, the index only between equal names: so a trace file can be edited by hand. */
static int trace_json_get_thread(struct json_input *in, const struct sim_trace *trace, const json_t *json,
		const char *key, const char *index_key, enum input_need need)
{
	const json_t *member = json_object_get(json, key);
	const char *name = json_string_value(member);
	int64_t index = input_integer(in, json, index_key, 0, INT_MAX, SIM_NONE);

	if (!name && (need == INPUT_REQUIRED || (member && !json_is_null(member))))
		input_fail(in, "\"%s\" in the %s is not the name of a thread", key, in->what);
	if (!name)
		return SIM_NONE;
	if (index >= 0 && (uint64_t)index < trace->n_threads && strcmp(trace->threads[index].name, name) == 0)
		return (int)index;
	for (size_t i = 0; i < trace->n_threads; i++)
		if (strcmp(trace->threads[i].name, name) == 0)
			return (int)i;
	input_fail(in, "the %s names a thread \"%.80s\" that is not among its threads", in->what, name);
	return SIM_NONE;
}

static void trace_json_get_holds(struct json_input *in, struct sim_trace_thread *thread, const json_t *json,
		size_t n_events)
{
	const json_t *array = input_array(in, json, "holds", INPUT_OPTIONAL);
	size_t n = json_array_size(array);

	thread->holds = input_items(in, n, sizeof(*thread->holds));
	for (size_t i = 0; thread->holds && i < n; i++) {
		struct sim_hold *hold = &thread->holds[i];
		const json_t *item = json_array_get(array, i);

		thread->n_holds++;
		hold->object = input_string(in, item, "object", INPUT_REQUIRED);
		trace_json_get_place(in, &hold->since, item);
		hold->event = (int)input_integer(in, item, "event", 0, (int64_t)n_events - 1, SIM_NONE);
	}
}

static void trace_json_get_threads(struct json_input *in, struct sim_trace *trace, const json_t *json, size_t n_events)
{
	const json_t *array = input_array(in, json, "threads", INPUT_REQUIRED);
	size_t n = json_array_size(array);

	trace->threads = input_items(in, n, sizeof(*trace->threads));
	for (size_t i = 0; trace->threads && i < n; i++) {
		struct sim_trace_thread *thread = &trace->threads[i];
		const json_t *item = json_array_get(array, i);

		thread->name = input_string(in, item, "name", INPUT_REQUIRED);
		if (!thread->name)
			return;
		trace->n_threads++;
		thread->id = input_string(in, item, "id", INPUT_OPTIONAL);
		thread->function = input_string(in, item, "runs", INPUT_OPTIONAL);
		thread->state = input_string(in, item, "state", INPUT_REQUIRED);
		trace_json_get_place(in, &thread->place, item);
		trace_json_get_holds(in, thread, item, n_events);
	}
	/* Whom they wait for is a name: all must be known first. */
	for (size_t i = 0; i < trace->n_threads; i++) {
		struct sim_trace_thread *thread = &trace->threads[i];
		const json_t *wait = input_object(in, json_array_get(array, i), "waits_for", INPUT_OPTIONAL);

		thread->waits_for.holder = SIM_NONE;
		if (!wait)
			continue;
		thread->waits_for.op = input_string(in, wait, "op", INPUT_REQUIRED);
		thread->waits_for.object = input_string(in, wait, "object", INPUT_OPTIONAL);
		thread->waits_for.holder =
				trace_json_get_thread(in, trace, wait, "holder", "holder_index", INPUT_OPTIONAL);
		thread->waits_for.in_cycle = input_bool(in, wait, "in_cycle", false);
	}
}

static void trace_json_get_causes(struct json_input *in, struct sim_trace_event *event, const json_t *json,
		int64_t index)
{
	const json_t *array = input_array(in, json, "causes", INPUT_OPTIONAL);
	size_t n = json_array_size(array);

	event->causes = input_items(in, n, sizeof(*event->causes));
	for (size_t i = 0; event->causes && i < n; i++) {
		const json_t *item = json_array_get(array, i);
		const char *kind = json_string_value(json_object_get(item, "kind"));
		size_t k = 0;

		while (kind && k < N_EDGE_NAMES && strcmp(kind, edge_names[k]) != 0)
			k++;
		if (!kind || k == N_EDGE_NAMES) {
			input_fail(in, "the %s has an event with a cause of unknown kind", in->what);
			return;
		}
		event->causes[i].kind = (enum sim_edge_kind)k;
		event->causes[i].from = (int)input_integer(in, item, "event", 0, index - 1, SIM_NONE);
		if (event->causes[i].from == SIM_NONE) {
			input_fail(in, "the %s has a cause that is no earlier event", in->what);
			return;
		}
		event->n_causes++;
	}
}

static void trace_json_get_events(struct json_input *in, struct sim_trace *trace, const json_t *array)
{
	size_t n = json_array_size(array);

	trace->events = input_items(in, n, sizeof(*trace->events));
	for (size_t i = 0; trace->events && i < n && !in->failed; i++) {
		struct sim_trace_event *event = &trace->events[i];
		const json_t *item = json_array_get(array, i);

		trace->n_events++;
		event->thread = trace_json_get_thread(in, trace, item, "thread", "thread_index", INPUT_REQUIRED);
		event->op = input_string(in, item, "op", INPUT_REQUIRED);
		event->object = input_string(in, item, "object", INPUT_OPTIONAL);
		trace_json_get_place(in, &event->place, item);
		event->value = input_string(in, item, "value", INPUT_OPTIONAL);
		event->acquires = input_string(in, item, "acquires", INPUT_OPTIONAL);
		event->releases = input_string(in, item, "releases", INPUT_OPTIONAL);
		event->choice = (int)input_integer(in, item, "choice", 0, INT_MAX, 0);
		event->preemption = input_bool(in, item, "preemption", false);
		event->failing = input_bool(in, item, "failing", false);
		trace_json_get_causes(in, event, item, (int64_t)i);
	}
}

void trace_json_get_trace(struct json_input *in, struct sim_trace *trace, const json_t *json, const char *events_key)
{
	const json_t *events = input_array(in, json, events_key, INPUT_REQUIRED);

	trace_json_get_threads(in, trace, json, json_array_size(events));
	trace_json_get_events(in, trace, events);
	trace->output = input_string(in, json, "output", INPUT_OPTIONAL);
	trace->time = input_string(in, json, "time", INPUT_OPTIONAL);
	trace->promoted = input_strings(in, json, "promoted", &trace->n_promoted);
}

void trace_json_get_finding(struct json_input *in, struct sim_finding *finding, const json_t *json)
{
	const json_t *accesses = input_array(in, json, "accesses", INPUT_OPTIONAL);
	const struct sim_trace *trace = &finding->trace;

	finding->kind = input_string(in, json, "kind", INPUT_REQUIRED);
	finding->cause = input_string(in, json, "cause", INPUT_OPTIONAL);
	finding->message = input_string(in, json, "message", INPUT_REQUIRED);
	trace_json_get_place(in, &finding->place, json);
	finding->object = input_string(in, json, "object", INPUT_OPTIONAL);
	finding->execution = (uint64_t)input_integer(in, json, "execution", 0, INT64_MAX, 0);
	finding->preemptions = (int)input_integer(in, json, "preemptions", 0, INT_MAX, 0);
	for (size_t i = 0; i < 2; i++) {
		struct sim_access *access = &finding->accesses[i];
		const json_t *item = json_array_get(accesses, i);

		access->event = SIM_NONE;
		if (!item)
			continue;
		access->thread = trace_json_get_thread(in, trace, item, "thread", "thread_index", INPUT_REQUIRED);
		access->op = input_string(in, item, "op", INPUT_REQUIRED);
		trace_json_get_place(in, &access->place, item);
		access->event = (int)input_integer(in, item, "event", 0, (int64_t)trace->n_events - 1, SIM_NONE);
	}
}
