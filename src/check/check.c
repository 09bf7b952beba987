/* Checks from test programs: the public functions. */
#include <simcheck/check.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "folder.h"
#include "invocation.h"
#include "outcome.h"

#define CHECK_MESSAGE_LIMIT 65536 /* bytes of what the command says when it fails */

/* What becomes of the end of the command's process. */
static enum sim_check_status check_ended(struct sim_check_result *result, int status,
	const struct invocation_files *files)
{
	char *messages = folder_read(files->messages, CHECK_MESSAGE_LIMIT);
	const char *said = messages != NULL && *messages != '\0' ? messages : "it did not say why";
	enum sim_check_status outcome;

	result->exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	switch (result->exit_status) {
	case 0:
	case 1:
	case 3:
		outcome = outcome_read(result, files->report);
		break;
	case 2:
		outcome = outcome_fail(result, SIM_CHECK_REFUSED, "%s", said);
		break;
	case -1:
		outcome = outcome_fail(result, SIM_CHECK_INTERNAL, "simcheck was ended by signal %d: %s",
			WTERMSIG(status), said);
		break;
	default:
		outcome = outcome_fail(result, SIM_CHECK_INTERNAL, "simcheck failed with status %d: %s",
			result->exit_status, said);
	}
	free(messages);
	return outcome;
}

static enum sim_check_status check_invoke(struct sim_check_result *result, const char *path,
	const struct sim_check_options *options, const struct invocation_files *files)
{
	struct invocation invocation;
	enum sim_check_status outcome;
	bool started;
	int status, error;

	invocation_init(&invocation, path, options, files);
	if (invocation.failed) {
		invocation_release(&invocation);
		return outcome_fail(result, SIM_CHECK_SYSTEM, "no memory for the arguments of simcheck");
	}
	error = invocation_run(&invocation, files, &started, &status);
	if (error == 0)
		outcome = check_ended(result, status, files);
	else if (started)
		outcome = outcome_fail(result, SIM_CHECK_SYSTEM, "cannot wait for simcheck: %s", strerror(error));
	else
		outcome = outcome_fail(result, SIM_CHECK_NO_COMMAND, "cannot run %s: %s; set the environment variable "
			"SIMCHECK to the path of simcheck", invocation.arguments[0], strerror(error));
	invocation_release(&invocation);
	return outcome;
}

static enum sim_check_status check_in_folder(struct sim_check_result *result, const char *path,
	const struct sim_check_options *options, const struct folder *folder)
{
	char *report = folder_file(folder, "report.json"), *trace = folder_file(folder, "out.trace");
	char *messages = folder_file(folder, "messages"), *replay = folder_file(folder, "in.trace");
	const struct invocation_files files = {
		.report = report,
		.trace = trace,
		.messages = messages,
		.replay = options->replay != NULL ? replay : NULL,
	};
	enum sim_check_status outcome;

	if (report == NULL || trace == NULL || messages == NULL || replay == NULL)
		outcome = outcome_fail(result, SIM_CHECK_SYSTEM, "no memory for the names of temporary files");
	else if (options->replay != NULL && folder_write(replay, options->replay) < 0)
		outcome = outcome_fail(result, SIM_CHECK_SYSTEM, "cannot write a temporary file: %s", strerror(errno));
	else
		outcome = check_invoke(result, path, options, &files);
	free(report);
	free(trace);
	free(messages);
	free(replay);
	return outcome;
}

enum sim_check_status sim_check_file(const char *path, const struct sim_check_options *options,
	struct sim_check_result *result)
{
	static const struct sim_check_options defaults;
	struct folder folder = { NULL };
	enum sim_check_status outcome;

	*result = (struct sim_check_result){ .classes = -1, .exit_status = -1 };
	if (folder_create(&folder) < 0) {
		outcome = outcome_fail(result, SIM_CHECK_SYSTEM, "cannot create a temporary folder: %s",
			strerror(errno));
	} else {
		outcome = check_in_folder(result, path, options != NULL ? options : &defaults, &folder);
		folder_remove(&folder);
	}
	outcome_summarise(result);
	return outcome;
}

void sim_check_result_release(struct sim_check_result *result)
{
	for (size_t i = 0; i < result->n_findings; i++) {
		struct sim_check_finding *finding = &result->findings[i];

		free(finding->kind);
		free(finding->cause);
		free(finding->message);
		free(finding->file);
		free(finding->trace);
	}
	free(result->findings);
	for (size_t i = 0; i < result->n_notes; i++)
		free(result->notes[i]);
	free(result->notes);
	free(result->verdict_name);
	free(result->limit);
	free(result->error);
	free(result->summary);
	*result = (struct sim_check_result){ 0 };
}

static bool check_matches(const char *wanted, const char *actual)
{
	return wanted == NULL || (actual != NULL && strcmp(wanted, actual) == 0);
}

const struct sim_check_finding *sim_check_find(const struct sim_check_result *result, const char *kind,
	const char *cause)
{
	for (size_t i = 0; i < result->n_findings; i++) {
		const struct sim_check_finding *finding = &result->findings[i];

		if (check_matches(kind, finding->kind) && check_matches(cause, finding->cause))
			return finding;
	}
	return NULL;
}

bool sim_check_has(const struct sim_check_result *result, const char *kind, const char *cause)
{
	return sim_check_find(result, kind, cause) != NULL;
}

const char *sim_check_summary(const struct sim_check_result *result)
{
	return result->summary != NULL ? result->summary : "no memory for a summary";
}
