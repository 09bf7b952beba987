/* From a report to the result that a test sees. */
#include "outcome.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

static const char *const outcome_verdicts[] = {
	[SIM_CHECK_PROVED] = "proved",
	[SIM_CHECK_BUG] = "bug",
	[SIM_CHECK_BOUNDED] = "bounded",
	[SIM_CHECK_SAMPLED] = "sampled",
	[SIM_CHECK_INCOMPLETE] = "incomplete",
};

enum sim_check_status outcome_fail(struct sim_check_result *result, enum sim_check_status status,
	const char *format, ...)
{
	va_list values;
	size_t length;

	free(result->error);
	va_start(values, format);
	if (vasprintf(&result->error, format, values) < 0)
		result->error = NULL;
	va_end(values);
	length = result->error != NULL ? strlen(result->error) : 0;
	while (length > 0 && strchr(" \t\r\n", result->error[length - 1]) != NULL)
		result->error[--length] = '\0';
	return status;
}

static int outcome_verdict(const char *name, enum sim_check_verdict *verdict)
{
	for (size_t i = 0; i < sizeof(outcome_verdicts) / sizeof(*outcome_verdicts); i++) {
		if (strcmp(name, outcome_verdicts[i]) == 0) {
			*verdict = (enum sim_check_verdict)i;
			return 0;
		}
	}
	return -1;
}

/* Takes a string over from the report. */
static char *outcome_take(char **text)
{
	char *taken = *text;

	*text = NULL;
	return taken;
}

/* The trace is written first: it needs the strings that are taken over afterwards. */
static int outcome_take_finding(struct sim_check_finding *to, struct sim_finding *from,
	const struct sim_report *report)
{
	json_t *trace = trace_file_to_json(from, report);

	to->trace = trace != NULL ? json_dumps(trace, JSON_INDENT(1)) : NULL;
	json_decref(trace);
	to->kind = outcome_take(&from->kind);
	to->cause = outcome_take(&from->cause);
	to->message = outcome_take(&from->message);
	to->file = outcome_take(&from->place.file);
	to->line = from->place.line;
	to->execution = from->execution;
	return to->trace != NULL ? 0 : -1;
}

static int outcome_take_findings(struct sim_check_result *result, struct sim_report *report)
{
	int error = 0;

	if (report->n_findings == 0)
		return 0;
	result->findings = calloc(report->n_findings, sizeof(*result->findings));
	if (result->findings == NULL)
		return -1;
	result->n_findings = report->n_findings;
	for (size_t i = 0; i < report->n_findings; i++)
		error |= outcome_take_finding(&result->findings[i], &report->findings[i], report);
	return error;
}

static void outcome_take_notes(struct sim_check_result *result, struct sim_report *report)
{
	result->notes = report->notes;
	result->n_notes = report->n_notes;
	report->notes = NULL;
	report->n_notes = 0;
}

static enum sim_check_status outcome_take_report(struct sim_check_result *result, struct sim_report *report)
{
	if (outcome_verdict(report->verdict, &result->verdict) < 0)
		return outcome_fail(result, SIM_CHECK_INTERNAL, "the report has an unknown verdict, \"%s\"",
			report->verdict);
	result->executions = report->executions;
	result->blocked = report->blocked;
	result->events = report->events;
	result->classes = report->classes;
	if (outcome_take_findings(result, report) < 0)
		return outcome_fail(result, SIM_CHECK_SYSTEM, "no memory for the report");
	result->verdict_name = outcome_take(&report->verdict);
	result->limit = outcome_take(&report->limit);
	outcome_take_notes(result, report);
	return SIM_CHECK_OK;
}

enum sim_check_status outcome_read(struct sim_check_result *result, const char *file)
{
	json_error_t wrong;
	json_t *json = json_load_file(file, 0, &wrong);
	struct sim_report report;
	enum sim_check_status status;
	char error[512] = "";

	if (json == NULL)
		return outcome_fail(result, SIM_CHECK_INTERNAL, "the report cannot be read: %s", wrong.text);
	if (report_from_json(&report, json, error, sizeof(error)) < 0) {
		json_decref(json);
		return outcome_fail(result, SIM_CHECK_INTERNAL, "the report cannot be read: %s", error);
	}
	json_decref(json);
	status = outcome_take_report(result, &report);
	report_release(&report);
	return status;
}

static void outcome_print(FILE *out, const struct sim_check_result *result)
{
	if (result->error != NULL) {
		fputs(result->error, out);
		return;
	}
	fprintf(out, "%s after %" PRIu64 " executions", result->verdict_name, result->executions);
	if (result->limit != NULL)
		fprintf(out, " (%s)", result->limit);
	for (size_t i = 0; i < result->n_findings; i++) {
		const struct sim_check_finding *finding = &result->findings[i];

		fprintf(out, "\n%s%s%s: %s", finding->kind, finding->cause != NULL ? " " : "",
			finding->cause != NULL ? finding->cause : "", finding->message);
	}
}

void outcome_summarise(struct sim_check_result *result)
{
	size_t size;
	FILE *out = open_memstream(&result->summary, &size);

	if (out == NULL)
		return;
	outcome_print(out, result);
	if (fclose(out) != 0) {
		free(result->summary);
		result->summary = NULL;
	}
}
