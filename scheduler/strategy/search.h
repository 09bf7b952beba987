/*
 * A search: passes of a strategy over the executions of a program, until nothing new is found.
 *
 * A strategy decides which thread steps next and which execution to go back to; it sees a struct sim_execution and
 * nothing of the machine behind it. The search counts, collects findings, watches limits, and starts another pass
 * whenever a data race was found: the racing location is then a scheduling point (DESIGN 3.6).
 *
 *  I1  Every strategy calls search_complete() for each execution that has no enabled thread left, and for no other.
 *  I2  When search_complete() or search_may_step() says to stop, the strategy returns at once.
 *  I3  Counts are those of the last pass.
 */
#ifndef SIM_SEARCH_H
#define SIM_SEARCH_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "class.h"
#include "diagnosis.h"
#include "execution.h"
#include "step.h"

struct search;

struct strategy {
	const char *name;
	bool exhaustive;     /* having run to its end, it has seen every class */
	bool counts_classes; /* executions say little about classes: count these too (class.h) */
	bool virtual_time;   /* it may be used in virtual time: it asks nothing about states that it does not enter */
	bool gives_up;       /* it begins executions that turn out to be redundant: these are counted as blocked */
	bool single;         /* it makes one execution, and whatever is found in it does not void it */
	/* Explores from the beginning of the execution (0 events) until done or told to stop. */
	void (*explore)(struct search *search);
};

extern const struct strategy strategy_dfs, strategy_dpor, strategy_sleepsets, strategy_simulate;

/* The strategy called `name`, or NULL. */
const struct strategy *strategy_find(const char *name);

/* Why a search ended before it was done. */
enum search_limit {
	SEARCH_NO_LIMIT,
	SEARCH_MAX_EXECUTIONS,
	SEARCH_MAX_EVENTS, /* at least one execution was cut */
	SEARCH_MEMORY,     /* the program wanted more than there is */
	SEARCH_TIMEOUT,
	SEARCH_INTERRUPTED,
};

struct search_options {
	uint64_t max_executions; /* complete or not; 0: no limit */
	double timeout_s;        /* wall clock; 0: no limit */
	bool keep_going;
	bool count_classes;      /* even if the strategy does not */
	uint64_t seed;           /* of strategies that draw; 0: they do not */
};

/* A finding, with the schedule that shows it. */
struct search_finding {
	struct diagnosis diagnosis;
	uint64_t execution; /* 1-based, in its pass */
	uint32_t n_promoted; /* locations that were scheduling points in its pass */
	struct search_step *schedule;
	uint32_t n_steps;
};

enum { SEARCH_MAX_FINDINGS = 64 };

/* Lifetime: one check. */
struct search {
	struct sim_execution *execution;
	const struct strategy *strategy;
	struct search_options options;
	uint64_t executions; /* complete ones of this pass */
	uint64_t blocked;    /* that show nothing new: redundant, or void (execution_is_void()); this pass */
	uint64_t pruned;     /* of the complete ones: those in which an assumption does not hold; this pass */
	uint64_t cut;        /* at the greatest length, this pass */
	uint64_t classes;    /* distinct ones, if counts_classes */
	bool counts_classes;
	struct class_set class_set;
	uint64_t events;     /* executed in this pass */
	uint64_t passes;
	uint32_t deepest;    /* longest execution */
	uint32_t most_threads;
	enum search_limit limit;
	bool restart;        /* a race was found, or more is wanted as scheduling points: this pass is void */
	uint64_t n_wanted;   /* how often more was wanted as scheduling points (execution_want()), in all passes */
	bool done;           /* stop: a finding, or a limit */
	double started_s;
	struct search_finding findings[SEARCH_MAX_FINDINGS];
	int n_findings;
	struct search_finding run; /* of a strategy that makes a single execution: how it went, whatever was found */
	void (*on_progress)(const struct search *search); /* now and then; NULL: nobody listens */
	double progressed_s;
	uint64_t clock_due;  /* value of execution->n_steps at which the clock is read next */
	/* Sees each complete execution, before it is taken back; executions of passes that a race voids too. NULL: nobody. */
	void (*on_complete)(struct search *search);
	/* Sees a strategy's single execution at its beginning, and after each event. NULL: nobody. */
	void (*on_event)(struct search *search);
	void *listener; /* whoever set on_complete or on_event */
};

/* Runs passes until nothing new is found, a finding ends the search, or a limit is met. */
void search_run(struct search *search);
void search_release(struct search *search);

/* Takes what went wrong in the present execution, without a strategy (replay). */
void search_take(struct search *search);

/* For strategies: the execution is complete. Returns false if the strategy must stop. */
bool search_complete(struct search *search);

/* For strategies: the same for an execution whose last `n_events` are known (execution_driver.known_ending), and left out. */
bool search_complete_known(struct search *search, uint32_t n_events);

/* For strategies: whether executions may be left out in part: nobody looks at them, or counts their classes. */
bool search_may_leave_out(const struct search *search);

/* For strategies that make a single execution: keeps it as search->run, as far as it has come. */
void search_keep_run(struct search *search);

/* For strategies that make a single execution: it has begun, or has another event. */
static inline void search_tell_event(struct search *search)
{
	if (search->on_event)
		search->on_event(search);
}

/* For strategies: execution_take(), and what races in an attempt to poll that makes no event ends the pass. */
bool search_step(struct search *search, int thread, unsigned choice);

/* For strategies: accesses of these bytes are to be scheduling points, although they do not race. The strategy returns, and
 * another pass begins. False: they are already. */
bool search_want(struct search *search, uintptr_t address, size_t size);

/* For strategies: whether another step may be taken; false if the execution is at its greatest length. Then the
 * strategy goes back as if the execution were complete, without calling search_complete(). */
bool search_may_step(struct search *search);

/* Set from a signal handler: the search stops at the next execution. */
extern volatile sig_atomic_t search_interrupted;

/* Seconds of a clock that never goes back. */
double search_now_s(void);

#endif
