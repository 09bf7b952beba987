/* A report as JSON (doc/formats.md). */
#include <limits.h>

#include "json_input.h"
#include "json_output.h"
#include "report.h"
#include "trace_json.h"

#define REPORT_FORMAT "simcheck-report"

static json_t *report_json_finding(const struct sim_finding *finding, unsigned flags)
{
	const struct sim_trace *trace = &finding->trace;
	json_t *json = json_object();

	trace_json_put_finding(json, finding, flags);
	json_object_set_new(json, "threads", trace_json_threads(trace, flags));
	json_object_set_new(json, "trace", trace_json_events(trace, flags));
	output_optional(json, "output", trace->output);
	output_optional(json, "time", trace->time);
	if (trace->n_promoted)
		output_strings(json, "promoted", trace->promoted, trace->n_promoted);
	return json;
}

static json_t *report_json_coverage(const struct sim_coverage *coverage)
{
	json_t *json = json_object(), *gaps = json_array();

	output_count(json, "lines", coverage->n_lines);
	output_count(json, "lines_reached", coverage->n_lines_reached);
	output_count(json, "operations", coverage->n_operations);
	output_count(json, "operations_reached", coverage->n_operations_reached);
	for (size_t i = 0; i < coverage->n_gaps; i++) {
		const struct sim_gap *gap = &coverage->gaps[i];
		json_t *item = json_object();

		output_string(item, "file", gap->file);
		json_object_set_new(item, "first_line", json_integer(gap->first_line));
		json_object_set_new(item, "last_line", json_integer(gap->last_line));
		output_optional(item, "function", gap->function);
		output_optional(item, "operation", gap->operation);
		json_array_append_new(gaps, item);
	}
	json_object_set_new(json, "never_reached", gaps);
	return json;
}

json_t *report_to_json(const struct sim_report *report, unsigned flags)
{
	json_t *json = json_object(), *findings = json_array();

	output_string(json, "format", REPORT_FORMAT);
	json_object_set_new(json, "version", json_integer(SIM_REPORT_VERSION));
	output_strings(json, "files", report->files, report->n_files);
	output_string(json, "verdict", report->verdict);
	output_string(json, "limit", report->limit);
	output_string(json, "strategy", report->strategy);
	output_string(json, "memory_model", report->memory_model);
	output_string(json, "time", report->time);
	output_strings(json, "assumes", report->assumes, report->n_assumes);
	output_count(json, "executions", report->executions);
	output_count(json, "blocked", report->blocked);
	output_count(json, "pruned", report->pruned);
	json_object_set_new(json, "classes", report->classes < 0 ? json_null() : json_integer(report->classes));
	output_count(json, "events", report->events);
	output_seconds(json, "seconds", report->seconds);
	output_seconds(json, "compile_seconds", report->compile_seconds);
	json_object_set_new(json, "peak_kb", json_integer(report->peak_kb));
	json_object_set_new(json, "threads_seen", json_integer(report->threads_seen));
	output_count(json, "suppressed", report->suppressed);
	output_strings(json, "notes", report->notes, report->n_notes);
	if (report->coverage)
		json_object_set_new(json, "coverage", report_json_coverage(report->coverage));
	for (size_t i = 0; i < report->n_findings; i++)
		json_array_append_new(findings, report_json_finding(&report->findings[i], flags));
	json_object_set_new(json, "findings", findings);
	if (report->run)
		json_object_set_new(json, "run", report_json_finding(report->run, flags));
	return json;
}

static void report_json_get_finding(struct json_input *in, struct sim_finding *finding, const json_t *json)
{
	trace_json_get_trace(in, &finding->trace, json, "trace");
	trace_json_get_finding(in, finding, json);
}

static void report_json_get_run(struct json_input *in, struct sim_report *report, const json_t *json)
{
	const json_t *run = input_object(in, json, "run", INPUT_OPTIONAL);

	if (run)
		report->run = input_items(in, 1, sizeof(*report->run));
	if (report->run)
		report_json_get_finding(in, report->run, run);
}

static void report_json_get_coverage(struct json_input *in, struct sim_report *report, const json_t *json)
{
	const json_t *found = input_object(in, json, "coverage", INPUT_OPTIONAL);
	const json_t *gaps = found ? input_array(in, found, "never_reached", INPUT_REQUIRED) : NULL;
	struct sim_coverage *coverage = found ? input_items(in, 1, sizeof(*coverage)) : NULL;
	size_t n = json_array_size(gaps);

	report->coverage = coverage;
	if (!coverage)
		return;
	coverage->n_lines = (uint64_t)input_integer(in, found, "lines", 0, INT64_MAX, 0);
	coverage->n_lines_reached = (uint64_t)input_integer(in, found, "lines_reached", 0, INT64_MAX, 0);
	coverage->n_operations = (uint64_t)input_integer(in, found, "operations", 0, INT64_MAX, 0);
	coverage->n_operations_reached = (uint64_t)input_integer(in, found, "operations_reached", 0, INT64_MAX, 0);
	coverage->gaps = input_items(in, n, sizeof(*coverage->gaps));
	for (size_t i = 0; coverage->gaps && i < n && !in->failed; i++) {
		const json_t *item = json_array_get(gaps, i);
		struct sim_gap *gap = &coverage->gaps[coverage->n_gaps++];

		gap->file = input_string(in, item, "file", INPUT_REQUIRED);
		gap->function = input_string(in, item, "function", INPUT_OPTIONAL);
		gap->operation = input_string(in, item, "operation", INPUT_OPTIONAL);
		gap->first_line = (int)input_integer(in, item, "first_line", 0, INT_MAX, 0);
		gap->last_line = (int)input_integer(in, item, "last_line", 0, INT_MAX, 0);
	}
}

static void report_json_get_findings(struct json_input *in, struct sim_report *report, const json_t *json)
{
	const json_t *array = input_array(in, json, "findings", INPUT_REQUIRED);
	size_t n = json_array_size(array);

	report->findings = input_items(in, n, sizeof(*report->findings));
	for (size_t i = 0; report->findings && i < n && !in->failed; i++) {
		report->n_findings++;
		report_json_get_finding(in, &report->findings[i], json_array_get(array, i));
	}
}

int report_from_json(struct sim_report *report, const json_t *json, char *error, size_t size)
{
	struct json_input in;

	*report = (struct sim_report){.classes = SIM_NONE};
	input_init(&in, "report", error, size);
	if (!input_header(&in, json, REPORT_FORMAT, SIM_REPORT_VERSION))
		return -1;
	report->files = input_strings(&in, json, "files", &report->n_files);
	report->verdict = input_string(&in, json, "verdict", INPUT_REQUIRED);
	report->limit = input_string(&in, json, "limit", INPUT_OPTIONAL);
	report->strategy = input_string(&in, json, "strategy", INPUT_REQUIRED);
	report->memory_model = input_string(&in, json, "memory_model", INPUT_OPTIONAL);
	report->time = input_string(&in, json, "time", INPUT_OPTIONAL);
	report->assumes = input_strings(&in, json, "assumes", &report->n_assumes);
	report->executions = (uint64_t)input_integer(&in, json, "executions", 0, INT64_MAX, 0);
	report->blocked = (uint64_t)input_integer(&in, json, "blocked", 0, INT64_MAX, 0);
	report->pruned = (uint64_t)input_integer(&in, json, "pruned", 0, INT64_MAX, 0);
	report->classes = input_integer(&in, json, "classes", SIM_NONE, INT64_MAX, SIM_NONE);
	report->events = (uint64_t)input_integer(&in, json, "events", 0, INT64_MAX, 0);
	report->seconds = input_seconds(&in, json, "seconds", 0);
	report->compile_seconds = input_seconds(&in, json, "compile_seconds", 0);
	report->peak_kb = input_integer(&in, json, "peak_kb", 0, INT64_MAX, 0);
	report->threads_seen = (int)input_integer(&in, json, "threads_seen", 0, INT_MAX, 0);
	report->suppressed = (uint64_t)input_integer(&in, json, "suppressed", 0, INT64_MAX, 0);
	report->notes = input_strings(&in, json, "notes", &report->n_notes);
	report_json_get_coverage(&in, report, json);
	report_json_get_findings(&in, report, json);
	report_json_get_run(&in, report, json);
	if (!in.failed)
		return 0;
	report_release(report);
	return -1;
}
