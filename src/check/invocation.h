/* One call of the command simcheck: its arguments, its process. */
#ifndef SIM_INVOCATION_H
#define SIM_INVOCATION_H

#include <stdbool.h>
#include <stddef.h>

#include <simcheck/check.h>

/* The files that a call reads and writes; owned by whoever made the invocation. */
struct invocation_files {
	const char *report;   /* JSON, out */
	const char *trace;    /* out */
	const char *messages; /* its standard error, out */
	const char *replay;   /* the schedule to follow; NULL: explore */
};

/* Lifetime: invocation_init() to invocation_release(). */
struct invocation {
	char **arguments; /* ends in NULL */
	size_t n_arguments;
	bool failed;      /* out of memory while it was built */
};

/* The arguments for a check of `path`. */
void invocation_init(struct invocation *invocation, const char *path, const struct sim_check_options *options,
	const struct invocation_files *files);
void invocation_release(struct invocation *invocation);

/*
 * Runs the command and waits for its end. Standard input and output are /dev/null, standard error goes to
 * files->messages. Returns 0 with the status of waitpid(), or an errno: the command could not be started (*started
 * false) or not be waited for.
 */
int invocation_run(const struct invocation *invocation, const struct invocation_files *files, bool *started,
	int *status);

#endif
