/*
 * What a check found: the data that every presentation reads (text, JSON, pictures) and nothing else does.
 *
 * A report is made by the worker, travels as JSON (doc/formats.md) and is read back by the front. All strings are owned
 * by the structure that holds them and may be NULL where a comment says so. Source places are strings and lines, names
 * are symbolic: no address, no identifier of this machine appears anywhere here.
 *
 * Lifetime: one check. Not shared between OS threads.
 */
#ifndef SIM_REPORT_H
#define SIM_REPORT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SIM_REPORT_VERSION 1
#define SIM_TRACE_VERSION 1
#define SIM_NONE (-1) /* index of nothing */

/* A place in the program. `file` is the shortest unambiguous name, for people; `path` is where the text can be read.
 * line 0: unknown. */
struct sim_place {
	char *file;     /* NULL: unknown */
	char *path;     /* NULL: unknown; never printed */
	char *function; /* NULL: unknown */
	int line;
};

/* Why an event had to come after an earlier one. */
enum sim_edge_kind {
	SIM_EDGE_START,    /* start of a thread -> its first event */
	SIM_EDGE_JOIN,     /* last event of a thread -> the join that saw its end */
	SIM_EDGE_HANDOVER, /* release of a lock or a permit -> the next acquire of it; set of an event -> who finds it set; get
	                    * from a full queue -> the put that fills its place */
	SIM_EDGE_WAKE,     /* notify -> the wake of the waiter it chose */
	SIM_EDGE_READS,    /* write of a value -> an operation that read it; put of an item -> the get that took it */
};

struct sim_edge {
	int from; /* index of the earlier event in the same trace */
	enum sim_edge_kind kind;
};

/* One visible operation, executed. */
struct sim_trace_event {
	int thread;        /* index into the trace's threads */
	char *op;          /* "start" "join" "acquire" "try-acquire" "release" "wait" "wake" "notify" "load" "store" ... */
	char *object;      /* its name; NULL: none */
	char *value;       /* "0 -> 1", "failed", "timeout", "nobody waiting"; NULL: nothing to tell */
	char *acquires;    /* the lock that this event made its thread own; NULL: none */
	char *releases;    /* the lock that this event made somebody no longer own; NULL: none */
	int choice;        /* which of several outcomes was taken (schedule); 0 where there is just one */
	bool preemption;   /* the thread of the previous event could have gone on */
	bool failing;      /* the finding happened in the steps of this event */
	struct sim_place place;
	struct sim_edge *causes; /* from earlier events of other threads */
	size_t n_causes;
};

struct sim_hold {
	char *object;
	struct sim_place since; /* where it was acquired */
	int event;              /* the acquiring event; SIM_NONE if unknown */
};

/* A thread at the end of a trace. */
struct sim_trace_thread {
	char *name;     /* "main", "T1", "T1.2", or the name the program gave */
	char *id;       /* "main", "T1", "T1.2", whatever its name; NULL: unknown */
	char *function; /* what it runs; NULL: unknown */
	char *state;    /* "ended" "blocked" "runnable" "failed" "stopped" */
	struct sim_place place; /* where it is, or ended */
	struct sim_hold *holds;
	size_t n_holds;
	struct {
		char *op;      /* NULL: waits for nothing */
		char *object;  /* NULL: none */
		int holder;    /* index of the thread that could end the wait (owner, thread to join); SIM_NONE: nobody known */
		bool in_cycle; /* part of the cycle of a deadlock */
	} waits_for;
};

/* One of the two accesses of a data race, or the access of a memory error. */
struct sim_access {
	int thread;
	int event;  /* the event in whose steps it happened; SIM_NONE: before the thread's first */
	char *op;   /* "read" "write" "atomic read" "atomic write" "free", or an operation on a lock or condition */
	struct sim_place place;
};

/* The record of one execution: everything that a picture or a table needs. */
struct sim_trace {
	struct sim_trace_thread *threads;
	size_t n_threads;
	struct sim_trace_event *events;
	size_t n_events;
	char *output; /* what the program printed up to there; NULL: nothing */
	char *time;   /* time semantics: "any" or "virtual" */
	char **promoted; /* names of plain locations that were scheduling points, as in their events */
	size_t n_promoted;
};

struct sim_finding {
	char *kind;    /* "deadlock" "data-race" "assertion" "crash" "memory" "misuse" "livelock" "exception" "nontermination";
	                * "run": none, an execution in which nothing went wrong */
	char *cause;   /* "lock-cycle" ...; NULL where the kind has none */
	char *message; /* one sentence with names and lines */
	struct sim_place place;
	char *object;  /* the variable or object concerned; NULL: none */
	uint64_t execution;             /* 1-based number of the execution that showed it */
	struct sim_access accesses[2];  /* of a data race both, of a memory error the first; op NULL elsewhere */
	int preemptions;                /* needed by the shown schedule */
	struct sim_trace trace;
};

/* Lines, or an operation, that no execution came to. */
struct sim_gap {
	char *file;
	char *function;  /* NULL: unknown */
	char *operation; /* "pthread_cond_wait", "atomic operation"; NULL: lines */
	int first_line, last_line;
};

/* How much of the program was executed. All zeros: nothing of it was compiled for the question. */
struct sim_coverage {
	uint64_t n_lines, n_lines_reached;
	uint64_t n_operations, n_operations_reached; /* places where the program calls for a visible operation */
	struct sim_gap *gaps; /* lines first, each by file and line */
	size_t n_gaps;
};

struct sim_report {
	char **files;
	size_t n_files;
	char *verdict;      /* "proved" "bug" "bounded" "sampled" "incomplete" */
	char *limit;        /* what cut the search short, and the option that raises it; NULL: nothing did */
	char *strategy, *memory_model, *time;
	char **assumes;     /* what the verdict would not hold without: "sequential consistency", if the program depends on it */
	size_t n_assumes;
	uint64_t executions, blocked, events;
	uint64_t pruned;    /* of the executions: those in which a thread assumed what is not so, and stopped there */
	int64_t classes;    /* SIM_NONE: not counted */
	double seconds, compile_seconds;
	int64_t peak_kb;
	struct sim_finding *findings;
	size_t n_findings;
	struct sim_finding *run; /* of a simulation in which nothing went wrong: how it went, as a finding of kind "run"; else
	                          * NULL */
	uint64_t suppressed; /* locations with races that the user intends (--suppress) */
	struct sim_coverage *coverage; /* NULL: not asked for */
	char **notes;       /* sentences about what the verdict does not cover or assumes; printed after it */
	size_t n_notes;
	int threads_seen;   /* the largest number of threads of one execution */
};

/* Frees everything inside and zeroes the structure. */
void report_release(struct sim_report *report);
void finding_release(struct sim_finding *finding);
/* Frees the strings only. */
void place_release(struct sim_place *place);

/* What report_to_json() adds to what is documented for users. */
enum sim_json_flags {
	SIM_JSON_USER = 0,
	SIM_JSON_PATHS = 1, /* `path` of each place: for the way from the worker to the front only */
};

/* How to write the JSON of reports and traces with json_dumpf(): the precision keeps rounded seconds short. */
#define SIM_JSON_LAYOUT (JSON_INDENT(2) | JSON_REAL_PRECISION(12))

/* JSON as in doc/formats.md; `flags` is of enum sim_json_flags. The result is a new reference. Bytes of strings that
 * are not UTF-8 are replaced by U+FFFD. Returns NULL only when memory has run out. */
json_t *report_to_json(const struct sim_report *report, unsigned flags);
/* Reads what report_to_json() wrote; unknown members are ignored. Returns 0, or -1 with a sentence in `error`. */
int report_from_json(struct sim_report *report, const json_t *json, char *error, size_t size);

/* A trace file: one finding, versioned, with what is needed to replay it. */
json_t *trace_file_to_json(const struct sim_finding *finding, const struct sim_report *report);
int trace_file_from_json(struct sim_finding *finding, const json_t *json, char *error, size_t size);
/* The same as a file. Return 0, or -1 with a sentence in `error` that names the file. */
int trace_file_save(const char *file, const struct sim_finding *finding, const struct sim_report *report, char *error,
		size_t size);
int trace_file_load(struct sim_finding *finding, const char *file, char *error, size_t size);

#endif
