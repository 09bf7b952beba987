/* The command line. */
#ifndef SIM_OPTIONS_H
#define SIM_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "config.h"
#include "str.h"

enum options_color { OPTIONS_COLOR_AUTO, OPTIONS_COLOR_ALWAYS, OPTIONS_COLOR_NEVER };

/* Everything that was asked for. Lifetime: until options_release(). Strings are owned; NULL: not given. */
struct options {
	struct str_list files;
	struct str_list arguments; /* of the program: what stands behind "--" */
	struct str_list flags;     /* -D, -I and --cflags for the compiler, in their order */
	char *cc;                  /* "cc" by default */
	struct sim_config config;  /* what the worker is told; program, args, progress, replay and live_output are not set here */
	bool time_given;           /* config.time was asked for, and is not the default */
	bool seed_given;
	char *json, *trace, *replay, *dot, *svg, *png, *expect, *suppress;
	bool check_expectations;
	bool native;               /* --backend=pthread */
	uint64_t n_runs;           /* on real threads */
	double run_timeout_s;
	enum options_color color;
	bool quiet;
};

/* Several files with --check-expectations are several programs; in all other cases they are one. */
bool options_is_batch(const struct options *options);

/* Reads the command line. With wrong usage, --help or --version the process ends here, with status 2 or 0. */
void options_parse(struct options *options, int argc, char **argv);

/* Reads the command line for the program made of `files`: what their SIMCHECK-OPTIONS say comes first, so that the
 * command line wins. Returns 0, or -1 with *error a new line. */
int options_parse_for(struct options *options, int argc, char **argv, const struct str_list *files, char **error);

void options_release(struct options *options);

#endif
