/*
 * What an operation would do in a state that was never entered: after an hb-closed set of a run's events instead of
 * after all of them. The state of the objects concerned is read off the recorded events; what the operation
 * does there is asked of semantics.h. No thread runs.
 */
#ifndef SIM_PROBE_H
#define SIM_PROBE_H

#include "hb.h"

/* Lifetime: one pass. */
struct probe {
	struct undo undo;
	struct sim_objects objects; /* scratch: the few that an operation concerns */
};

/* An operation and the part of the execution before it. */
struct probe_operation {
	const struct sim_op *op;
	const struct sim_wide *memory; /* what its location held, or its event was, where it was executed, or is pending */
	const struct sim_wide *spun_on; /* a value on which its thread polls, and so is not enabled; NULL: none known */
	int thread;
	uint32_t index;    /* among the events of its thread */
	uint32_t position; /* records[0 .. position) of the run came before it */
};

int probe_init(struct probe *probe, const struct sim_execution *execution);
void probe_release(struct probe *probe);

/* Executes the operation after the events of `kept` (those before its position): returns in how many ways it could be, 0
 * if it would not be enabled, and fills in `event` for the first of these ways. `execution` is any of the same search:
 * what objects are is asked of it, never their state. */
unsigned probe_execute(struct probe *probe, const struct sim_execution *execution, const struct hb_run *run,
                       const struct probe_operation *operation, const struct hb_set *kept, struct sim_event *event);

/* What the operation, which may poll, would find in its location, or of its event, after the events of `kept`. */
struct sim_wide probe_value(const struct hb_run *run, const struct probe_operation *operation,
                            const struct hb_set *kept);

/* Whether it would find `value`. */
bool probe_reads(const struct hb_run *run, const struct probe_operation *operation, const struct hb_set *kept,
                 const struct sim_wide *value);

/* Whether `event` had to happen for the operation to be enabled: its thread's earlier events, the start of its thread,
 * the end that it joins, what woke it. (For the end of the program see probe_keep_ends().) */
bool probe_enables(const struct sim_event *event, const struct probe_operation *operation);

/* An end of the program that waits for threads: adds the ends of those that were started within `kept`. False: one of them
 * did not end before the operation's position. Any other operation: adds nothing. */
bool probe_keep_ends(const struct hb_run *run, const struct probe_operation *operation, struct hb_set *kept);

/* Whether the operation, which has to wait, would have to whatever is left out of the run: what it waits for is not there.
 * Executed, it conflicts with that and with who watches its thread. */
bool probe_is_stuck(const struct sim_op *op);

/* Whether the operation could, in some state, conflict with `event`. Never wrongly false. */
bool probe_may_conflict(const struct probe_operation *operation, const struct sim_objects *objects,
                        const struct sim_event *event);

/* Whether what the operation conflicts with depends on the state: a compare-exchange, or a begin of what is
 * done once, which writes or not; a timed wake, which times out or takes the lock; a timed wait at a barrier. */
bool probe_is_variable(const struct sim_op *op);

/* Whether the event could, in some state, conflict with events that it does not conflict with as it was executed. */
bool probe_varies(const struct sim_event *event);

/* Of a conflict between `event` and `passed`, which came before it: whether it decides what the operation of `passed`
 * conflicts with, or if it is enabled, after what came before both. */
bool probe_decides(const struct sim_objects *objects, const struct sim_event *event, const struct sim_event *passed);

/* Whether every event on the queue of the operation that came after `passed`, another event on it, and that the operation
 * may need or be in conflict with, follows `passed`. */
bool probe_hides_queue(const struct sim_op *op, const struct sim_objects *objects, const struct sim_event *passed);

#endif
