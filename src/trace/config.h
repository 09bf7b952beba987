/*
 * What to check and how: the front's wishes, as the worker gets them (as JSON, doc/formats.md).
 * Lifetime: one check. Strings are owned; NULL where a comment says so.
 */
#ifndef SIM_CONFIG_H
#define SIM_CONFIG_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report.h"

/* Races that are intended: those with an access in the function, or at the place. Patterns as of fnmatch(3). */
struct sim_suppression {
	char *function; /* NULL: by place */
	char *file;     /* the end of a path; NULL: by function */
	int line;       /* 0: any */
	char *origin;   /* FILE:LINE, where the user wrote it */
};

struct sim_config {
	char *program;  /* path of the instrumented shared object */
	char *entry;    /* function to run, "main" by default; any other is called as void entry(void) or int entry(void) */
	char **args;    /* argv of the program, args[0] its name */
	size_t n_args;
	char **unchecked; /* functions of the program that simcheck-cc did not compile: "FUNCTION ORIGIN", the origin an object */
	size_t n_unchecked;
	char *strategy; /* "dfs" */
	char *time;     /* "any" or "virtual" */
	char *input;    /* path of the file that is the program's standard input; "": nothing is there */
	uint64_t max_executions; /* 0: no limit */
	uint64_t max_events;     /* of one execution */
	double timeout_s;        /* wall clock, of the exploration; 0: no limit */
	double step_timeout_s;   /* CPU seconds that a thread may compute between two visible operations */
	uint64_t stack_size;     /* bytes of one thread */
	uint64_t memory;         /* bytes of heap of the program */
	int64_t nondet_low, nondet_high; /* values that __VERIFIER_nondet_*() take, both included */
	uint64_t spurious_wakeups; /* so many waits on conditions of POSIX and C11 may end by themselves, in each thread */
	bool keep_going;         /* look for all distinct findings */
	bool verify_restore;     /* hash the world at each node and check each restore */
	bool uninit;             /* reads of memory of the heap that was never written are findings */
	bool leaks;              /* blocks of the heap that nothing leads to at the end are findings */
	bool explore_spin;       /* treat steps that only repeat a poll like all others (DESIGN section 6, spin loops) */
	bool main_ends_alone;    /* a return from main does not end the other threads */
	bool coverage;           /* tell what was never reached */
	bool page_copies;        /* compare memory after each step instead of trusting announcements (world/net.h) */
	bool progress;           /* send progress messages */
	bool simulate;           /* make one execution, whatever `strategy` says */
	uint64_t seed;           /* of the simulation; 0: threads take turns */
	bool live_output;        /* send what the program prints, as it does */
	uint64_t output_shown;   /* bytes of it that were sent already, before the worker started again */
	struct sim_suppression *suppressions;
	size_t n_suppressions;
	struct sim_finding *replay; /* follow this trace instead of exploring; NULL: explore */
};

/* The defaults that --help documents. */
void config_init(struct sim_config *config);
void config_release(struct sim_config *config);
json_t *config_to_json(const struct sim_config *config);
int config_from_json(struct sim_config *config, const json_t *json, char *error, size_t size);

#endif
