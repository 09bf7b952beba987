/* Running simcheck-worker: the protocol of doc/architecture.md, seen from the front. */
#ifndef SIM_CLI_WORKER_H
#define SIM_CLI_WORKER_H

#include <stdbool.h>

#include "config.h"
#include "report.h"

/* What came of it. Lifetime: until worker_result_release(). */
struct worker_result {
	int status;               /* exit status: of the verdict when there is a report, else 2, 3 or 70 */
	bool has_report;
	struct sim_report report;
	bool ends_in_line;        /* what the program printed last on standard output was no end of line */
	char *message;            /* without a report, or with one that cannot be trusted: one sentence for the user */
};

/* Has the worker at `path` do what `config` says, and waits for it. With config->progress, a line on standard error
 * tells how far it is, and is erased in the end; with config->live_output what the program prints is on standard
 * output. SIGINT and SIGTERM make the worker stop and report what it found so
 * far; the second one kills it. */
void worker_run(const char *path, const struct sim_config *config, struct worker_result *result);
void worker_result_release(struct worker_result *result);

#endif
