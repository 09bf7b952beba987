/* The configuration as JSON (doc/formats.md): written by the front, read by the worker. */
#include <limits.h>
#include <stdlib.h>

#include "config.h"
#include "json_input.h"
#include "json_output.h"

#define CONFIG_FORMAT "simcheck-config"
#define CONFIG_VERSION 1

static json_t *config_json_suppressions(const struct sim_config *config)
{
	json_t *array = json_array();

	for (size_t i = 0; i < config->n_suppressions; i++) {
		json_t *item = json_object();

		output_string(item, "function", config->suppressions[i].function);
		output_string(item, "file", config->suppressions[i].file);
		json_object_set_new(item, "line", json_integer(config->suppressions[i].line));
		output_string(item, "origin", config->suppressions[i].origin);
		json_array_append_new(array, item);
	}
	return array;
}

json_t *config_to_json(const struct sim_config *config)
{
	json_t *json = json_object();

	output_string(json, "format", CONFIG_FORMAT);
	json_object_set_new(json, "version", json_integer(CONFIG_VERSION));
	output_string(json, "program", config->program);
	output_string(json, "entry", config->entry);
	output_strings(json, "args", config->args, config->n_args);
	output_strings(json, "unchecked", config->unchecked, config->n_unchecked);
	output_string(json, "strategy", config->strategy);
	output_string(json, "time", config->time);
	output_string(json, "input", config->input);
	output_count(json, "max_executions", config->max_executions);
	output_count(json, "max_events", config->max_events);
	output_seconds(json, "timeout_s", config->timeout_s);
	output_seconds(json, "step_timeout_s", config->step_timeout_s);
	output_count(json, "stack_size", config->stack_size);
	output_count(json, "memory", config->memory);
	json_object_set_new(json, "nondet_low", json_integer(config->nondet_low));
	json_object_set_new(json, "nondet_high", json_integer(config->nondet_high));
	output_count(json, "spurious_wakeups", config->spurious_wakeups);
	json_object_set_new(json, "keep_going", json_boolean(config->keep_going));
	json_object_set_new(json, "verify_restore", json_boolean(config->verify_restore));
	json_object_set_new(json, "uninit", json_boolean(config->uninit));
	json_object_set_new(json, "leaks", json_boolean(config->leaks));
	json_object_set_new(json, "explore_spin", json_boolean(config->explore_spin));
	json_object_set_new(json, "main_ends_alone", json_boolean(config->main_ends_alone));
	json_object_set_new(json, "coverage", json_boolean(config->coverage));
	json_object_set_new(json, "page_copies", json_boolean(config->page_copies));
	json_object_set_new(json, "progress", json_boolean(config->progress));
	json_object_set_new(json, "simulate", json_boolean(config->simulate));
	output_count(json, "seed", config->seed);
	json_object_set_new(json, "live_output", json_boolean(config->live_output));
	output_count(json, "output_shown", config->output_shown);
	if (config->n_suppressions)
		json_object_set_new(json, "suppressions", config_json_suppressions(config));
	if (config->replay)
		json_object_set_new(json, "replay", trace_file_to_json(config->replay, NULL));
	return json;
}

/* Replaces a default, if there is something to replace it with. */
static void config_json_take(char **string, char *value)
{
	if (!value)
		return;
	free(*string);
	*string = value;
}

static void config_json_get_suppressions(struct json_input *in, struct sim_config *config, const json_t *json)
{
	const json_t *array = input_array(in, json, "suppressions", INPUT_OPTIONAL);
	size_t n = json_array_size(array);

	config->suppressions = input_items(in, n, sizeof(*config->suppressions));
	for (size_t i = 0; config->suppressions && i < n && !in->failed; i++) {
		const json_t *item = json_array_get(array, i);
		struct sim_suppression *suppression = &config->suppressions[config->n_suppressions++];

		suppression->function = input_string(in, item, "function", INPUT_OPTIONAL);
		suppression->file = input_string(in, item, "file", INPUT_OPTIONAL);
		suppression->line = (int)input_integer(in, item, "line", 0, INT_MAX, 0);
		suppression->origin = input_string(in, item, "origin", INPUT_REQUIRED);
	}
}

static void config_json_get_replay(struct json_input *in, struct sim_config *config, const json_t *json)
{
	const json_t *replay = input_object(in, json, "replay", INPUT_OPTIONAL);
	char reason[256];

	if (!replay)
		return;
	config->replay = input_items(in, 1, sizeof(*config->replay));
	if (config->replay && trace_file_from_json(config->replay, replay, reason, sizeof(reason)))
		input_fail(in, "%s", reason);
}

int config_from_json(struct sim_config *config, const json_t *json, char *error, size_t size)
{
	struct json_input in;

	config_init(config);
	input_init(&in, "configuration", error, size);
	if (input_header(&in, json, CONFIG_FORMAT, CONFIG_VERSION)) {
		config->program = input_string(&in, json, "program", INPUT_REQUIRED);
		config_json_take(&config->entry, input_string(&in, json, "entry", INPUT_OPTIONAL));
		config->args = input_strings(&in, json, "args", &config->n_args);
		config->unchecked = input_strings(&in, json, "unchecked", &config->n_unchecked);
		config_json_take(&config->strategy, input_string(&in, json, "strategy", INPUT_OPTIONAL));
		config_json_take(&config->time, input_string(&in, json, "time", INPUT_OPTIONAL));
		config_json_take(&config->input, input_string(&in, json, "input", INPUT_OPTIONAL));
		config->max_executions = (uint64_t)input_integer(&in, json, "max_executions", 0, INT64_MAX, 0);
		config->max_events = (uint64_t)input_integer(&in, json, "max_events", 0, INT64_MAX,
				(int64_t)config->max_events);
		config->timeout_s = input_seconds(&in, json, "timeout_s", config->timeout_s);
		config->step_timeout_s = input_seconds(&in, json, "step_timeout_s", config->step_timeout_s);
		config->stack_size = (uint64_t)input_integer(&in, json, "stack_size", 0, INT64_MAX,
				(int64_t)config->stack_size);
		config->memory = (uint64_t)input_integer(&in, json, "memory", 0, INT64_MAX, (int64_t)config->memory);
		config->nondet_low = input_integer(&in, json, "nondet_low", INT64_MIN, INT64_MAX, config->nondet_low);
		config->nondet_high = input_integer(&in, json, "nondet_high", INT64_MIN, INT64_MAX, config->nondet_high);
		config->spurious_wakeups = (uint64_t)input_integer(&in, json, "spurious_wakeups", 0, INT64_MAX, 0);
		config->keep_going = input_bool(&in, json, "keep_going", false);
		config->verify_restore = input_bool(&in, json, "verify_restore", false);
		config->uninit = input_bool(&in, json, "uninit", false);
		config->leaks = input_bool(&in, json, "leaks", false);
		config->explore_spin = input_bool(&in, json, "explore_spin", false);
		config->main_ends_alone = input_bool(&in, json, "main_ends_alone", false);
		config->coverage = input_bool(&in, json, "coverage", false);
		config->page_copies = input_bool(&in, json, "page_copies", false);
		config->progress = input_bool(&in, json, "progress", false);
		config->simulate = input_bool(&in, json, "simulate", false);
		config->seed = (uint64_t)input_integer(&in, json, "seed", 0, INT64_MAX, 0);
		config->live_output = input_bool(&in, json, "live_output", false);
		config->output_shown = (uint64_t)input_integer(&in, json, "output_shown", 0, INT64_MAX, 0);
		config_json_get_suppressions(&in, config, json);
		config_json_get_replay(&in, config, json);
	}
	if (!in.failed)
		return 0;
	config_release(config);
	return -1;
}
