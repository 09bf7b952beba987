/* simcheck: see doc/architecture.md for its place, options.c for what it can do. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "batch.h"
#include "options.h"
#include "session.h"
#include "stress.h"

static int main_check(const struct options *options)
{
	struct session session;
	int status;

	session_run(&session, options, isatty(STDERR_FILENO) && !options->quiet);
	status = session_show(&session);
	session_release(&session);
	return status;
}

/* One program: the options that it names for itself count too. */
static int main_one(const struct options *given, int argc, char **argv)
{
	struct options options;
	char *error = NULL;
	int status;

	if (options_parse_for(&options, argc, argv, &given->files, &error) < 0) {
		fprintf(stderr, "simcheck: %s\n", error);
		free(error);
		return 2;
	}
	status = options.native ? stress_run(&options) : main_check(&options);
	options_release(&options);
	return status;
}

int main(int argc, char **argv)
{
	struct options options;
	int status;

	options_parse(&options, argc, argv);
	status = options_is_batch(&options) ? batch_run(&options, argc, argv) : main_one(&options, argc, argv);
	options_release(&options);
	return status;
}
