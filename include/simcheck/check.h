/*
 * Checks from a test program: run simcheck on a source file and look at what came of it.
 *
 *	struct sim_check_result result;
 *
 *	ck_assert_msg(sim_check_file("queue_test.c", NULL, &result) == SIM_CHECK_OK, "%s", result.error);
 *	ck_assert_msg(result.verdict == SIM_CHECK_PROVED, "%s", sim_check_summary(&result));
 *	sim_check_result_release(&result);
 *
 * Each check runs the command `simcheck` as a process of its own, so that nothing the checked program does can harm
 * the test. This header is not for programs under test, which use <simcheck/simcheck.h>. Link with -lsimcheck-check
 * -ljansson -lm.
 *
 * Threads: the functions share nothing; different threads may check at the same time.
 */
#ifndef SIMCHECK_CHECK_H
#define SIMCHECK_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Whether a check could be made. Everything but SIM_CHECK_OK comes with a text in result.error. */
enum sim_check_status {
	SIM_CHECK_OK = 0,
	SIM_CHECK_NO_COMMAND, /* the command simcheck was not found or could not be started */
	SIM_CHECK_REFUSED,    /* simcheck could not check this: missing file, compile error, stale trace, ... */
	SIM_CHECK_INTERNAL,   /* simcheck failed, or wrote a report that cannot be read */
	SIM_CHECK_SYSTEM,     /* no temporary folder, no memory, no process */
};

/* What a check says about the program. */
enum sim_check_verdict {
	SIM_CHECK_PROVED,     /* everything was explored, nothing goes wrong */
	SIM_CHECK_BUG,        /* something goes wrong: see the findings */
	SIM_CHECK_BOUNDED,    /* nothing goes wrong within a bound */
	SIM_CHECK_SAMPLED,    /* nothing went wrong in a number of schedules */
	SIM_CHECK_INCOMPLETE, /* nothing went wrong before a limit ended the search */
};

/*
 * How to check. Zero-filled: as the command does without options. Lists are arrays of strings that end in NULL.
 * Strings and lists belong to the caller and are not used after the call.
 */
struct sim_check_options {
	const char *simcheck; /* the command; NULL: see sim_check_file() */
	const char *entry;    /* function to run, void NAME(void) or int NAME(void); NULL: main */
	const char *const *files;        /* further source files of the program */
	const char *const *defines;      /* "NAME" or "NAME=VALUE", without the -D */
	const char *const *include_dirs;
	const char *const *arguments;    /* of the program, argv[0] excepted */
	const char *const *extra;        /* further options of the command, as it takes them */
	const char *strategy;            /* "dfs", ... */
	const char *time;                /* "any" or "virtual" */
	bool keep_going;                 /* look for all distinct findings */
	uint64_t max_executions;         /* 0: no limit */
	uint64_t max_events;             /* of one execution; 0: the command's default */
	int64_t timeout_ms;              /* milliseconds of exploration; 0: no limit */
	const char *replay; /* follow this schedule (sim_check_finding.trace, or the text of a trace file) instead */
};

/* One thing that goes wrong. Strings belong to the result. */
struct sim_check_finding {
	char *kind;         /* "deadlock", "data-race", "assertion", ... */
	char *cause;        /* "lock-cycle", ...; NULL where the kind has none */
	char *message;      /* one sentence with names and lines */
	char *file;         /* NULL: unknown */
	int line;           /* 0: unknown */
	uint64_t execution; /* 1-based number of the execution that showed it */
	char *trace;        /* the schedule that shows it, as the text of a trace file (JSON) */
};

/* Lifetime: from sim_check_file() to sim_check_result_release(). */
struct sim_check_result {
	enum sim_check_verdict verdict; /* meaningful after SIM_CHECK_OK only, as all but `error` and `exit_status` */
	char *verdict_name;   /* "proved", "bug", "bounded", "sampled", "incomplete" */
	uint64_t executions;  /* complete ones of the last pass */
	uint64_t blocked;     /* redundant ones */
	uint64_t events;
	int64_t classes;      /* distinct Mazurkiewicz classes; -1: not counted */
	char *limit;          /* what ended the search early; NULL: nothing did */
	struct sim_check_finding *findings; /* in order of discovery */
	size_t n_findings;
	char **notes;         /* sentences about what the verdict assumes or leaves out */
	size_t n_notes;
	int exit_status;      /* of the command; -1 if it did not exit */
	char *error;          /* why there is no verdict, or what the compiler said; NULL after SIM_CHECK_OK */
	char *summary;        /* see sim_check_summary() */
};

/*
 * Checks the program in `path` (relative to the working directory): a C file, or an object, static library or program that
 * simcheck-cc built; options->files may be of all these kinds, too. `options` may be NULL. The command is
 * options->simcheck, else the environment variable SIMCHECK, else the simcheck that this library was built or
 * installed with, else `simcheck` in the PATH; an explicit one without a slash is looked for in the PATH.
 *
 * Blocks until the check has ended; a program with endless interleavings needs a limit. Files are written to a private
 * folder under TMPDIR (or /tmp) and removed before the call returns. The environment, the working directory and the
 * signal mask are passed on; SIGCHLD must not be ignored.
 *
 * `result` is overwritten, never read, and must be released whatever the return value.
 */
enum sim_check_status sim_check_file(const char *path, const struct sim_check_options *options,
	struct sim_check_result *result);

/* Frees what `result` holds and zeroes it. A zeroed result may be released again. */
void sim_check_result_release(struct sim_check_result *result);

/* The first finding of that kind and cause; NULL for either matches all. It belongs to the result; NULL: none. */
const struct sim_check_finding *sim_check_find(const struct sim_check_result *result, const char *kind,
	const char *cause);

/* Whether there is a finding of that kind and cause; NULL for either matches all. */
bool sim_check_has(const struct sim_check_result *result, const char *kind, const char *cause);

/* For a test's failure message: the error, or the verdict and a line for each finding. Belongs to the result. */
const char *sim_check_summary(const struct sim_check_result *result);

#ifdef __cplusplus
}
#endif

#endif
