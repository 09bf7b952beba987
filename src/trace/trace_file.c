/* The trace file: one finding with the schedule that shows it (doc/formats.md). Paths stay out: it is passed on. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "json_input.h"
#include "json_output.h"
#include "report.h"
#include "trace_json.h"

#define TRACE_FORMAT "simcheck-trace"

json_t *trace_file_to_json(const struct sim_finding *finding, const struct sim_report *report)
{
	const struct sim_trace *trace = &finding->trace;
	json_t *json = json_object(), *head = json_object();

	output_string(json, "format", TRACE_FORMAT);
	json_object_set_new(json, "version", json_integer(SIM_TRACE_VERSION));
	if (report) {
		output_strings(json, "files", report->files, report->n_files);
		output_string(json, "strategy", report->strategy);
		output_string(json, "memory_model", report->memory_model);
	}
	output_string(json, "time", trace->time ? trace->time : report ? report->time : NULL);
	trace_json_put_finding(head, finding, SIM_JSON_USER);
	json_object_set_new(json, "finding", head);
	output_strings(json, "promoted", trace->promoted, trace->n_promoted);
	json_object_set_new(json, "threads", trace_json_threads(trace, SIM_JSON_USER));
	json_object_set_new(json, "schedule", trace_json_events(trace, SIM_JSON_USER));
	output_optional(json, "output", trace->output);
	return json;
}

int trace_file_from_json(struct sim_finding *finding, const json_t *json, char *error, size_t size)
{
	struct json_input in;
	const json_t *head;

	memset(finding, 0, sizeof(*finding));
	input_init(&in, "trace file", error, size);
	if (!input_header(&in, json, TRACE_FORMAT, SIM_TRACE_VERSION))
		return -1;
	trace_json_get_trace(&in, &finding->trace, json, "schedule");
	head = input_object(&in, json, "finding", INPUT_REQUIRED);
	if (head)
		trace_json_get_finding(&in, finding, head);
	if (!in.failed)
		return 0;
	finding_release(finding);
	return -1;
}

int trace_file_save(const char *file, const struct sim_finding *finding, const struct sim_report *report, char *error,
		size_t size)
{
	json_t *json = trace_file_to_json(finding, report);
	FILE *out = fopen(file, "w");
	bool written = out && json_dumpf(json, out, SIM_JSON_LAYOUT) == 0 && fputc('\n', out) != EOF;
	int problem = errno;

	json_decref(json);
	if (out && fclose(out) != 0 && written) {
		problem = errno;
		written = false;
	}
	if (!written)
		snprintf(error, size, "the trace cannot be written to %s: %s", file, strerror(problem));
	return written ? 0 : -1;
}

int trace_file_load(struct sim_finding *finding, const char *file, char *error, size_t size)
{
	FILE *in = fopen(file, "r");
	json_error_t problem;
	json_t *json;
	char reason[256];
	int result;

	memset(finding, 0, sizeof(*finding));
	if (!in) {
		snprintf(error, size, "the trace file %s cannot be read: %s", file, strerror(errno));
		return -1;
	}
	json = json_loadf(in, 0, &problem);
	fclose(in);
	if (!json) {
		bool cut = json_error_code(&problem) == json_error_premature_end_of_input;

		snprintf(error, size, "the trace file %s %s (line %d)", file,
				cut ? "ends in the middle" : "is not JSON", problem.line);
		return -1;
	}
	result = trace_file_from_json(finding, json, reason, sizeof(reason));
	json_decref(json);
	if (result)
		snprintf(error, size, "%s: %s", file, reason);
	return result;
}
