/*
 * What went wrong in a complete execution, if anything: its incidents, or a deadlock and the cause of it.
 *
 * A deadlock is a complete execution in which threads remain that can never go on. Each of them waits for a thread (the
 * owner of a lock, the thread to join) or for something that no particular thread owes it. Following these edges from
 * every thread that remains ends in a cycle or in a thread that waits for nobody: the roots. Threads that merely wait
 * for roots do not count. The cause is the most telling root: a thread that waits for itself, a cycle of locks, a lock
 * whose owner has ended, something that was missed; otherwise the kind of thing waited for, or `mixed` when unrelated
 * things are (DESIGN section 5).
 */
#ifndef SIM_DIAGNOSIS_H
#define SIM_DIAGNOSIS_H

#include "execution.h"

enum finding_kind {
	FINDING_DEADLOCK,
	FINDING_RACE,
	FINDING_ASSERTION,
	FINDING_CRASH,
	FINDING_MEMORY,
	FINDING_MISUSE,
	FINDING_EXCEPTION,
	FINDING_NONTERMINATION,
	FINDING_LIVELOCK,
	FINDING_NONE, /* an execution in which nothing went wrong, or was looked for */
	FINDING_N_KINDS
};

enum deadlock_cause {
	CAUSE_NONE,
	CAUSE_SELF_DEADLOCK,
	CAUSE_LOCK_CYCLE,
	CAUSE_ORPHANED_LOCK,
	CAUSE_LOST_WAKEUP,
	CAUSE_JOIN_CYCLE,
	CAUSE_BARRIER_UNDERFILL,
	CAUSE_SEMAPHORE_STARVED,
	CAUSE_EVENT_NEVER_SET,
	CAUSE_QUEUE_STARVED,
	CAUSE_PIPE_STARVED,
	CAUSE_EVENTFD_STARVED,
	CAUSE_MIXED,
	CAUSE_N
};

/* Lifetime: as long as its user keeps it; refers to nothing of the execution. */
struct diagnosis {
	enum finding_kind kind;
	enum deadlock_cause deadlock;
	struct sim_thread_set roots;  /* of a deadlock or livelock: the threads that make it one */
	struct incident incident;     /* of all kinds but deadlocks and races */
	struct race_found race;       /* of a race */
	uint64_t key;                 /* equal for the same defect found again */
};

/* Whether the finding is a statement about how the whole execution ended, not about one event of it. */
static inline bool diagnosis_is_of_end_state(const struct diagnosis *diagnosis)
{
	return diagnosis->kind == FINDING_DEADLOCK || diagnosis->kind == FINDING_LIVELOCK;
}

const char *diagnosis_kind_name(enum finding_kind kind);
/* The cause as reports have it; NULL where the kind has none. */
const char *diagnosis_cause_name(const struct diagnosis *diagnosis);

/* Writes what went wrong in the complete execution to `found` (at most `max`); returns how many. Incidents hide
 * deadlocks: what follows from a stopped thread is not a finding of its own. So do assumptions that do not hold. */
int diagnosis_of_end(const struct sim_execution *execution, struct diagnosis *found, int max);

/* The diagnosis of a race. */
struct diagnosis diagnosis_of_race(const struct race_found *race);

/* Whether thread `t` has an operation that it cannot execute now. */
bool diagnosis_is_blocked(const struct sim_execution *execution, int t);

/* The thread whose doing `t` waits for: the owner of the lock, the thread to join. SIM_NOBODY: no particular one. */
int diagnosis_waits_for(const struct sim_execution *execution, int t);

#endif
