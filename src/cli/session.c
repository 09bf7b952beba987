/* Checking one program. */
#include "session.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "output.h"
#include "places.h"
#include "scenario.h"

static void session_fail(struct session *session, int status, char *error)
{
	session->status = status;
	session->error = error;
}

/* What is to be expected: from --expect, or from the files. Returns 0 or -1. */
static int session_expect(struct session *session)
{
	const struct options *options = session->options;
	struct scenario scenario;
	char *error = NULL;
	int result = 0;

	if (options->expect) {
		result = expectations_add_option(&session->expectations, options->expect, &error);
		if (result < 0)
			session_fail(session, 2, str_printf("--expect: %s", error));
		free(error);
		return result;
	}
	for (size_t i = 0; i < options->files.n && result == 0; i++) {
		scenario_read(&scenario, options->files.items[i]);
		for (size_t j = 0; j < scenario.expectations.n && result == 0; j++)
			result = expectations_add(&session->expectations, scenario.expectations.items[j], &error);
		scenario_release(&scenario);
		if (result < 0)
			session_fail(session, 2, str_printf("%s: SIMCHECK-EXPECT: %s", options->files.items[i], error));
	}
	free(error);
	if (result == 0 && !session->expectations.safe && session->expectations.n == 0) {
		session_fail(session, 2, str_printf("%s: its first comment has no SIMCHECK-EXPECT line",
			options->files.items[0]));
		result = -1;
	}
	return result;
}

char *session_program_name(const struct options *options)
{
	const char *file = options->files.items[0], *slash = strrchr(file, '/');
	char *name = str_copy(slash ? slash + 1 : file), *dot = strrchr(name, '.');

	if (dot && dot != name)
		*dot = 0;
	return name;
}

/* Where the program's standard input comes from. A simulated run has that of simcheck itself, which is not the worker's. */
static char *session_input(const struct options *options)
{
	if (*options->config.input || !options->config.simulate)
		return str_copy(options->config.input);
	return str_printf("/proc/%d/fd/0", (int)getpid());
}

/* Whether that can be read; otherwise the session has failed. */
static int session_check_input(struct session *session)
{
	const char *file = session->options->config.input;

	if (!*file || access(file, R_OK) == 0)
		return 0;
	session_fail(session, 2, str_printf("--stdin=%s: %s", file, strerror(errno)));
	return -1;
}

/* Fills in what depends on the program. */
static void session_set_config(struct session *session, struct sim_config *config, bool progress)
{
	const struct options *options = session->options;
	static char virtual_time[] = "virtual";
	struct str_list arguments = {0};

	*config = options->config;
	if (config->simulate && !options->time_given)
		config->time = virtual_time;
	str_list_take(&arguments, session_program_name(options));
	str_list_add_all(&arguments, &options->arguments);
	config->program = session->program.path;
	config->input = session_input(options);
	config->args = arguments.items;
	config->n_args = arguments.n;
	config->unchecked = session->program.unchecked.items;
	config->n_unchecked = session->program.unchecked.n;
	config->suppressions = session->suppress.items;
	config->n_suppressions = session->suppress.n;
	if (options->check_expectations)
		config->keep_going = true;
	/* With JSON on the standard output nothing else may go there. */
	config->live_output = config->simulate && !output_is_json(options);
	config->progress = progress && !config->simulate;
	if (!session->replay)
		return;
	config->replay = session->replay;
	/* A schedule holds under the semantics that it was found with. */
	if (!options->time_given && session->replay->trace.time)
		config->time = session->replay->trace.time;
}

/* Of `config` nothing but the input and the arguments belongs to nobody else: see session_set_config(). */
static void session_free_config(struct sim_config *config)
{
	for (size_t i = 0; i < config->n_args; i++)
		free(config->args[i]);
	free(config->args);
	free(config->input);
}

static void session_complete_report(struct session *session)
{
	struct sim_report *report = &session->result.report;
	struct str_list files = {0};

	for (size_t i = 0; i < report->n_files; i++)
		free(report->files[i]);
	free(report->files);
	str_list_add_all(&files, &session->options->files);
	report->files = files.items;
	report->n_files = files.n;
	report->compile_seconds = session->program.seconds;
}

/* Whether a simulation was made that came to its end, and nothing went wrong. */
static bool session_simulated_well(const struct session *session)
{
	const struct sim_report *report = &session->result.report;

	return session->options->config.simulate && report->n_findings == 0 && strcmp(report->verdict, "sampled") == 0;
}

static void session_explore(struct session *session, const char *worker, bool progress)
{
	struct sim_config config;

	session_set_config(session, &config, progress);
	worker_run(worker, &config, &session->result);
	session_free_config(&config);
	session->status = session->result.status;
	if (session->result.message) {
		session->error = session->result.message;
		session->result.message = NULL;
		return;
	}
	session_complete_report(session);
	if (session_simulated_well(session))
		session->status = 0;
	if (session->options->check_expectations)
		session->status = expectations_met(&session->expectations, &session->result.report) ? 0 : 1;
}

static int session_load_replay(struct session *session)
{
	char error[512] = "";

	if (!session->options->replay)
		return 0;
	session->replay = str_checked(calloc(1, sizeof *session->replay));
	if (trace_file_load(session->replay, session->options->replay, error, sizeof error) == 0)
		return 0;
	free(session->replay);
	session->replay = NULL;
	session_fail(session, 2, str_copy(error));
	return -1;
}

static int session_load_suppressions(struct session *session)
{
	char *error;

	if (!session->options->suppress || suppress_read(&session->suppress, session->options->suppress, &error) == 0)
		return 0;
	session_fail(session, 2, error);
	return -1;
}

static int session_compile(struct session *session, const struct places *places)
{
	const struct options *options = session->options;
	struct program_request request = {
		.cc = options->cc,
		.files = options->files,
		.flags = options->flags,
		.entry = options->config.entry,
		.coverage = options->config.coverage,
		.include_dir = places->include,
		.library = places->library,
	};
	char *error;
	int result = options->native ? program_build_native(&session->program, &request, &error) :
		program_build(&session->program, &request, &error);

	if (result < 0)
		session_fail(session, 2, error);
	return result;
}

static int session_find_places(struct session *session, struct places *places)
{
	if (places_find(places) == 0)
		return 0;
	session_fail(session, 70, str_printf("the system does not tell where simcheck is (/proc is needed)"));
	return -1;
}

int session_build(struct session *session, const struct options *options)
{
	struct places places = {0};
	int result;

	*session = (struct session){.options = options};
	result = session_check_input(session);
	if (result == 0)
		result = session_find_places(session, &places);
	if (result == 0)
		result = session_compile(session, &places);
	places_release(&places);
	return result;
}

void session_run(struct session *session, const struct options *options, bool progress)
{
	struct places places = {0};

	*session = (struct session){.options = options};
	if ((!options->check_expectations || session_expect(session) == 0) && session_check_input(session) == 0 &&
		session_load_replay(session) == 0 && session_load_suppressions(session) == 0 &&
		session_find_places(session, &places) == 0 && session_compile(session, &places) == 0)
		session_explore(session, places.worker, progress);
	places_release(&places);
}

static void session_show_expectations(const struct session *session)
{
	char *expected = expectations_text(&session->expectations);
	char *found = expectations_found_text(&session->result.report);

	if (session->status == 0)
		printf("expectation met: %s\n", expected);
	else
		printf("expectation not met: expected %s, found %s\n", expected, found);
	free(expected);
	free(found);
}

/* Whether the check ended in what the trace had found. */
static bool session_recurred(const struct session *session)
{
	const struct sim_report *report = &session->result.report;
	const char *cause = session->replay->cause;

	for (size_t i = 0; i < report->n_findings; i++) {
		const struct sim_finding *finding = &report->findings[i];

		if (strcmp(finding->kind, session->replay->kind) == 0 &&
			(cause && finding->cause ? strcmp(finding->cause, cause) == 0 : cause == finding->cause))
			return true;
	}
	return false;
}

static void session_show_replay(const struct session *session)
{
	const char *file = session->options->replay;

	if (session_recurred(session))
		printf("replay: the finding of %s recurred\n", file);
	else if (session->result.report.n_findings)
		printf("replay: the schedule of %s led to another finding\n", file);
	else
		printf("replay: the schedule of %s still fits, and nothing went wrong\n", file);
}

/* An error in the voice that its status calls for; see DESIGN, error voices. */
static void session_show_error(const struct session *session)
{
	if (session->status == 70)
		fprintf(stderr, "simcheck %s: internal error: %s\n", SIMCHECK_VERSION, session->error);
	else
		fprintf(stderr, "simcheck: %s\n", session->error);
}

int session_show(struct session *session)
{
	int status;

	if (session->program.messages)
		fputs(session->program.messages, stderr);
	if (session->result.ends_in_line)
		putchar('\n');
	if (session->error) {
		session_show_error(session);
		return session->status;
	}
	status = output_write(session);
	/* With JSON on the standard output nothing else may go there. */
	if (!output_is_json(session->options)) {
		if (session->replay)
			session_show_replay(session);
		if (session->options->check_expectations)
			session_show_expectations(session);
	}
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fputs("simcheck: cannot write to the standard output\n", stderr);
		status = 2;
	}
	return status ? status : session->status;
}

void session_release(struct session *session)
{
	program_release(&session->program);
	worker_result_release(&session->result);
	expectations_release(&session->expectations);
	suppress_release(&session->suppress);
	if (session->replay)
		finding_release(session->replay);
	free(session->replay);
	free(session->error);
	*session = (struct session){0};
}
