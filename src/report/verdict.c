#include "verdict.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool verdict_is(const struct sim_report *report, const char *verdict)
{
	return report->verdict && strcmp(report->verdict, verdict) == 0;
}

enum verdict_status verdict_exit_status(const struct sim_report *report)
{
	if (report->n_findings || verdict_is(report, "bug"))
		return VERDICT_BUG;
	return verdict_is(report, "proved") ? VERDICT_PROVED : VERDICT_OPEN;
}

static void verdict_count(FILE *out, uint64_t n, const char *thing)
{
	fprintf(out, "%" PRIu64 " %s%s", n, thing, n == 1 ? "" : "s");
}

/* What the verdict rests on. */
static void verdict_assumptions(FILE *out, const struct sim_report *report)
{
	for (size_t i = 0; i < report->n_assumes; i++)
		fprintf(out, "%s%s", i ? " and " : " under ", report->assumes[i]);
}

/* How much was looked at, and with which semantics. */
static void verdict_coverage(FILE *out, const struct sim_report *report)
{
	verdict_count(out, report->executions, "execution");
	if (report->classes >= 0 && (uint64_t)report->classes == report->executions)
		fprintf(out, ", one per class");
	else if (report->classes >= 0)
		fprintf(out, " of %" PRId64 " class%s", report->classes, report->classes == 1 ? "" : "es");
	if (report->pruned)
		fprintf(out, ", %" PRIu64 " pruned by assumptions", report->pruned);
	if (report->blocked)
		fprintf(out, ", %" PRIu64 " redundant", report->blocked);
	if (report->time)
		fprintf(out, ", time: %s", report->time);
	if (report->suppressed) {
		fputs(", ", out);
		verdict_count(out, report->suppressed, "suppressed race");
	}
}

/* "deadlock (lock-cycle) at abba.c:10" */
static void verdict_finding(FILE *out, const struct sim_finding *finding)
{
	fprintf(out, "%s", finding->kind);
	if (finding->cause)
		fprintf(out, " (%s)", finding->cause);
	if (finding->place.file && finding->place.line)
		fprintf(out, " at %s:%d", finding->place.file, finding->place.line);
}

static void verdict_bug(FILE *out, const struct sim_report *report)
{
	if (report->n_findings != 1) {
		verdict_count(out, report->n_findings, "finding");
		fprintf(out, ": ");
	}
	for (size_t i = 0; i < report->n_findings; i++) {
		if (i)
			fprintf(out, ", ");
		verdict_finding(out, &report->findings[i]);
	}
	fprintf(out, ", after ");
	verdict_count(out, report->executions, "execution");
}

char *verdict_line(const struct sim_report *report)
{
	char *line = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&line, &size);

	if (!out)
		return NULL;
	fprintf(out, "%s", report->verdict ? report->verdict : "no verdict");
	verdict_assumptions(out, report);
	fprintf(out, ": ");
	if (verdict_exit_status(report) == VERDICT_BUG) {
		verdict_bug(out, report);
	} else if (verdict_is(report, "proved")) {
		verdict_coverage(out, report);
	} else {
		fprintf(out, "no bug found, but not everything was explored; ");
		verdict_coverage(out, report);
		if (verdict_is(report, "sampled") && report->strategy)
			fprintf(out, ", chosen by %s", report->strategy);
		if (report->limit)
			fprintf(out, "; %s", report->limit);
	}
	if (fclose(out)) {
		free(line);
		return NULL;
	}
	return line;
}
