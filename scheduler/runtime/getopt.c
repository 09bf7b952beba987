/*
 * The options of the command line. getopt() remembers where it is in variables of the C library that nobody can save: it
 * is called before there is a second thread, or anything else that could be taken back, or else refused.
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "runtime.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

typedef int getopt_parser(int, char *const[], const char *, const struct option *, int *);

static int getopt_short(int n, char *const args[], const char *letters, const struct option *options, int *index)
{
	(void)options, (void)index;
	return getopt(n, args, letters);
}

/* What getopt() would have told on standard error. */
static void getopt_complain(const char *program, const char *argument, int result)
{
	char text[256];
	bool is_long = argument && strncmp(argument, "--", 2) == 0 && (!optopt || result == ':');
	if (is_long)
		snprintf(text, sizeof text, "%s: unrecognized option '%s'\n", program, argument);
	else
		snprintf(text, sizeof text, "%s: %s -- '%c'\n", program,
			result == ':' ? "option requires an argument" : "invalid option", optopt);
	world_print(text, strlen(text));
}

static int getopt_next(getopt_parser *parse, int n, char *const args[], const char *letters, const struct option *options,
                       int *index)
{
	if (world_running->event)
		world_refuse("getopt", "it is called after the first operation of a thread: it cannot be taken back");
	int complains = opterr;
	const char *argument = optind < n ? args[optind] : NULL;
	opterr = 0;
	world_running->effects++;
	int result = parse(n, args, letters, options, index);
	opterr = complains;
	if (result == '?' && complains && *letters != ':')
		getopt_complain(n ? args[0] : "", argument, result);
	return result;
}

RUNTIME_API int __wrap_getopt(int n, char *const args[], const char *letters)
{
	return getopt_next(getopt_short, n, args, letters, NULL, NULL);
}

RUNTIME_API int __wrap_getopt_long(int n, char *const args[], const char *letters, const struct option *options, int *index)
{
	return getopt_next(getopt_long, n, args, letters, options, index);
}

RUNTIME_API int __wrap_getopt_long_only(int n, char *const args[], const char *letters, const struct option *options,
                                        int *index)
{
	return getopt_next(getopt_long_only, n, args, letters, options, index);
}
