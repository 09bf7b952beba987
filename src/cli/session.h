/* Checking one program: compile it, have the worker explore it, compare with what was expected. */
#ifndef SIM_SESSION_H
#define SIM_SESSION_H

#include <stdbool.h>

#include "expectations.h"
#include "options.h"
#include "program.h"
#include "suppress.h"
#include "worker.h"

/* Lifetime: until session_release(). */
struct session {
	const struct options *options; /* the caller's */
	struct program program;
	struct worker_result result;
	struct expectations expectations;
	struct suppress suppress;
	struct sim_finding *replay; /* what the trace to follow had found; NULL: exploring */
	int status;                 /* exit status; with expectations 0 or 1 for met or not */
	char *error;                /* without a report: what to tell; the compiler's messages may follow a newline */
};

/* Does it all, except for showing it. `progress`: show how far it is, on standard error. */
void session_run(struct session *session, const struct options *options, bool progress);

/* Compiles alone. Returns 0, or -1 with session->error and status. */
int session_build(struct session *session, const struct options *options);

/* Writes what came of it to standard output, the files that were asked for, and errors to standard error. Returns the
 * exit status. */
int session_show(struct session *session);

void session_release(struct session *session);

/* The name that the program has as its argv[0]: that of its first file without folder and extension. A new string. */
char *session_program_name(const struct options *options);

#endif
