#include "text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "explain.h"
#include "style.h"
#include "table.h"
#include "verdict.h"
#include "words.h"

/* Of the program's output the end is what matters. */
#define TEXT_OUTPUT_LINES 10
#define TEXT_OUTPUT_COLUMNS 160

static void text_verdict(FILE *out, const struct sim_report *report, const struct text_options *options)
{
	enum verdict_status status = verdict_exit_status(report);
	char *line = verdict_line(report);

	style_set(out, options->color, status == VERDICT_PROVED ? STYLE_GOOD :
			status == VERDICT_BUG ? STYLE_BAD : STYLE_WARNING);
	/* One line whatever its width, so that it can be searched for in a log. */
	words_wrap(out, line ? line : "", 0, 0);
	style_set(out, options->color, STYLE_PLAIN);
	free(line);
}

static void text_note(FILE *out, const char *note, const struct text_options *options)
{
	fprintf(out, "note: ");
	words_wrap(out, note, strlen("note: "), options->width > 0 ? (size_t)options->width : 0);
}

static void text_notes(FILE *out, const struct sim_report *report, const struct text_options *options)
{
	for (size_t i = 0; i < report->n_notes; i++)
		text_note(out, report->notes[i], options);
	/* In the other verdicts the limit is part of the verdict's line. */
	if (report->limit && verdict_exit_status(report) == VERDICT_BUG)
		text_note(out, report->limit, options);
}

static void text_gap(FILE *out, const struct sim_gap *gap)
{
	fprintf(out, "  %s:%d", gap->file, gap->first_line);
	if (gap->last_line != gap->first_line)
		fprintf(out, "-%d", gap->last_line);
	if (gap->operation)
		fprintf(out, ": %s", gap->operation);
	if (gap->function)
		fprintf(out, " in %s()", gap->function);
	fputc('\n', out);
}

static void text_coverage(FILE *out, const struct sim_coverage *coverage, const struct text_options *options)
{
	if (!coverage->n_lines) {
		text_note(out, "nothing of the program was compiled for --coverage; give its sources, or build it with the environment "
			"variable SIMCHECK_COVERAGE set", options);
		return;
	}
	fprintf(out, "coverage: %" PRIu64 " of %" PRIu64 " lines and %" PRIu64 " of %" PRIu64 " operations were reached",
			coverage->n_lines_reached, coverage->n_lines, coverage->n_operations_reached, coverage->n_operations);
	fputs(coverage->n_gaps ? "; never:\n" : "\n", out);
	for (size_t i = 0; i < coverage->n_gaps; i++)
		text_gap(out, &coverage->gaps[i]);
}

/* The last lines of what the program printed, as it printed them but for control characters. */
static void text_output(FILE *out, const char *output)
{
	const char *line = output;
	size_t n_lines = 0, skipped = 0;

	for (const char *c = output; *c; c++)
		n_lines += *c == '\n' || !c[1];
	fprintf(out, "\nThe program printed:\n\n");
	for (; n_lines > TEXT_OUTPUT_LINES; n_lines--, skipped++)
		line = strchr(line, '\n') + 1;
	if (skipped)
		fprintf(out, "  | ... %zu line%s before\n", skipped, skipped == 1 ? "" : "s");
	while (*line) {
		size_t length = strcspn(line, "\n");
		char *whole = words_format("%.*s", (int)length, line);
		char *shown = words_shorten(whole, TEXT_OUTPUT_COLUMNS);

		fprintf(out, "  | %s\n", shown ? shown : "");
		free(shown);
		free(whole);
		line += length + (line[length] == '\n');
	}
}

static void text_sentence(FILE *out, const struct sim_finding *finding, const struct text_options *options)
{
	style_set(out, options->color, STYLE_BOLD);
	words_wrap(out, finding->message, 0, options->width > 0 ? (size_t)options->width : 0);
	style_set(out, options->color, STYLE_PLAIN);
}

static void text_finding(FILE *out, const struct sim_report *report, size_t index, const struct text_options *options)
{
	const struct sim_finding *finding = &report->findings[index];

	fputc('\n', out);
	if (report->n_findings > 1)
		fprintf(out, "Finding %zu of %zu: %s%s%s%s\n", index + 1, report->n_findings, finding->kind,
				finding->cause ? " (" : "", finding->cause ? finding->cause : "",
				finding->cause ? ")" : "");
	text_sentence(out, finding, options);
	explain_threads(out, finding, options);
	explain_accesses(out, finding, options);
	if (finding->trace.n_events) {
		fprintf(out, "\nThe schedule that shows it (execution %" PRIu64 ", needs ", finding->execution);
		fprintf(out, finding->preemptions ? "%d preemption%s):\n\n" : "no preemption):\n\n",
				finding->preemptions, finding->preemptions == 1 ? "" : "s");
		table_print(out, finding, options);
	}
	explain_places(out, finding, report, options);
	if (!options->output_shown && finding->trace.output && finding->trace.output[0])
		text_output(out, finding->trace.output);
}

/* The usual form of a compiler's message, which editors understand. */
static void text_quiet(FILE *out, const struct sim_finding *finding)
{
	if (finding->place.file && finding->place.line)
		fprintf(out, "%s:%d: ", finding->place.file, finding->place.line);
	fprintf(out, "%s%s%s%s: ", finding->kind, finding->cause ? " (" : "", finding->cause ? finding->cause : "",
			finding->cause ? ")" : "");
	words_wrap(out, finding->message, 0, 0);
}

void text_report(FILE *out, const struct sim_report *report, const struct text_options *options)
{
	text_verdict(out, report, options);
	if (options->quiet) {
		for (size_t i = 0; i < report->n_findings; i++)
			text_quiet(out, &report->findings[i]);
		return;
	}
	text_notes(out, report, options);
	if (report->coverage)
		text_coverage(out, report->coverage, options);
	for (size_t i = 0; i < report->n_findings; i++)
		text_finding(out, report, i, options);
	if (report->n_findings && options->replay)
		fprintf(out, "\nTo see it again: %s\n", options->replay);
}
