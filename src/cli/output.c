/* Everything that a check writes. */
#include "output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cache.h"
#include "replay_command.h"
#include "text.h"
#include "viz.h"

#define OUTPUT_WIDTH 120  /* where there is no terminal to ask */
#define OUTPUT_N_TRACES 200

bool output_is_json(const struct options *options)
{
	return options->json && strcmp(options->json, "-") == 0;
}

/* The finding to draw and to keep the schedule of: the first, unless that is a race whose consequence was found too. A
 * simulation without any: the run. */
static const struct sim_finding *output_finding(const struct sim_report *report)
{
	for (size_t i = 0; i < report->n_findings; i++) {
		if (strcmp(report->findings[i].kind, "data-race") != 0)
			return &report->findings[i];
	}
	return report->n_findings ? &report->findings[0] : report->run;
}

static bool output_uses_color(const struct options *options)
{
	const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");

	if (options->color != OPTIONS_COLOR_AUTO)
		return options->color == OPTIONS_COLOR_ALWAYS;
	return !(no_color && *no_color) && isatty(STDOUT_FILENO) && !(terminal && strcmp(terminal, "dumb") == 0);
}

static int output_width(void)
{
	struct winsize size;

	if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return OUTPUT_WIDTH;
}

/* Where to keep a trace that nobody asked a file for; NULL, with *error, when there is no folder for it. */
static char *output_default_trace(const struct session *session, char **error)
{
	char *folder = cache_folder("traces", error), *name, *path;

	if (!folder)
		return NULL;
	name = session_program_name(session->options);
	path = str_printf("%s/%s-%s.trace", folder, name, session->program.content);
	cache_prune(folder, ".trace", OUTPUT_N_TRACES);
	free(name);
	free(folder);
	return path;
}

/* Keeps the schedule of `finding`. Returns the file, to be freed; NULL when it could not be written, which was told. */
static char *output_trace(const struct session *session, const struct sim_finding *finding)
{
	const struct options *options = session->options;
	char error[512] = "", *no_folder = NULL;
	char *path = options->trace ? str_copy(options->trace) : output_default_trace(session, &no_folder);

	if (path && trace_file_save(path, finding, &session->result.report, error, sizeof error) == 0)
		return path;
	fprintf(stderr, "simcheck: the schedule was not kept: %s\n", no_folder ? no_folder : error);
	free(no_folder);
	free(path);
	return NULL;
}

static void output_text(const struct session *session, const char *trace)
{
	char *command = trace ? replay_command(session->options, trace) : NULL;
	struct text_options text = {
		.color = output_uses_color(session->options),
		.quiet = session->options->quiet,
		.output_shown = session->options->config.simulate,
		.width = output_width(),
		.replay = command,
	};

	text_report(stdout, &session->result.report, &text);
	free(command);
}

static int output_json(const struct session *session)
{
	const char *path = session->options->json;
	bool standard = output_is_json(session->options);
	FILE *file = standard ? stdout : fopen(path, "we");
	json_t *json = str_checked(report_to_json(&session->result.report, SIM_JSON_USER));
	int result = -1;

	if (file && json_dumpf(json, file, SIM_JSON_LAYOUT) == 0 && fputc('\n', file) != EOF && fflush(file) == 0)
		result = 0;
	if (result < 0)
		fprintf(stderr, "simcheck: cannot write %s: %s\n", standard ? "to the standard output" : path, strerror(errno));
	if (file && !standard)
		fclose(file);
	json_decref(json);
	return result;
}

/* One file that shows the schedule of `finding`, which is NULL when nothing went wrong. */
static int output_picture(const struct session *session, const struct sim_finding *finding, enum viz_format format,
	const char *path)
{
	char error[512] = "";

	if (!path || !finding)
		return 0;
	if (viz_write(finding, &session->result.report, format, path, error, sizeof error) == 0)
		return 0;
	fprintf(stderr, "simcheck: cannot draw %s: %s\n", path, error);
	return -1;
}

/* A file that was asked for and that there is nothing to put into. */
static void output_tell_missing(const char *path)
{
	if (path)
		fprintf(stderr, "simcheck: %s was not written: nothing went wrong, so there is no schedule to show\n", path);
}

static int output_pictures(const struct session *session, const struct sim_finding *finding)
{
	const struct options *options = session->options;
	int result = 0;

	if (!finding) {
		output_tell_missing(options->trace);
		output_tell_missing(options->dot);
		output_tell_missing(options->svg);
		output_tell_missing(options->png);
	}
	result |= output_picture(session, finding, VIZ_DOT, options->dot);
	result |= output_picture(session, finding, VIZ_SVG, options->svg);
	result |= output_picture(session, finding, VIZ_PNG, options->png);
	return result;
}

int output_write(const struct session *session)
{
	const struct options *options = session->options;
	const struct sim_report *report = &session->result.report;
	const struct sim_finding *finding = output_finding(report);
	/* Following a schedule again makes no new one, unless a file is asked for; neither does what is no finding. */
	bool keeps_trace = finding && (options->trace || (!session->replay && report->n_findings));
	char *trace = keeps_trace ? output_trace(session, finding) : NULL;
	int result = keeps_trace && options->trace && !trace ? -1 : 0;

	if (!output_is_json(options))
		output_text(session, trace);
	if (options->json)
		result |= output_json(session);
	result |= output_pictures(session, finding);
	free(trace);
	return result < 0 ? 2 : 0;
}
