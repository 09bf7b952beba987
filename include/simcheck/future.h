/*
 * Future: what a task given to an executor will come to.
 *
 * Semantics: Python's concurrent.futures.Future, as far as a caller of an executor has to do with it. A task is pending
 * until a worker takes it up, then running until it returns, then done; a pending one can be cancelled, which makes it
 * done as well. Python's exception is an error here: a number other than 0 that the task returns.
 *
 * Everything the task wrote is visible to whoever has learned from a result, a wait, sim_future_done() or a callback that
 * it is done.
 *
 * Lifetime: the caller's memory, made a future by sim_executor_submit(). It must stay valid, and at its address, until
 * the task is done and everybody has what they want of it; there is nothing to release. After that it may be submitted
 * again. All functions may be called by any thread at any time between.
 */
#ifndef SIMCHECK_FUTURE_H
#define SIMCHECK_FUTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <simcheck/event.h>
#include <simcheck/queue.h>
#include <simcheck/status.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sim_future;

/*
 * A task: computes something from `argument`, stores it in `*value` (NULL before) and returns 0; or returns an error,
 * any other number. It must return.
 */
typedef int sim_task(void *argument, void **value);

/* What is called when a future is done. The caller's memory; must stay valid until it has been called. */
struct sim_future_callback {
	void (*function)(struct sim_future *future, void *argument);
	void *argument;
};

/* Its parts are the library's. */
struct sim_future {
	sim_task *task;
	void *argument;
	void *value;
	int error;
	bool cancelled;
	struct sim_queue taken;     /* has room for one: whoever puts something in may run the task, or cancels it */
	struct sim_event_flag done;
	struct sim_queue callbacks; /* not called yet */
	struct sim_future_callback watch; /* of a sim_completions */
};

/*
 * Waits until the task is done. Returns SIM_OK, with what it computed in `*value` (NULL: who cares); SIM_FAILED when it
 * returned an error; SIM_CANCELLED; SIM_MISUSE (null-argument).
 */
enum sim_status sim_future_result(struct sim_future *future, void **value);

/*
 * As sim_future_result(), for at most `timeout_ns` nanoseconds or SIM_FOREVER: SIM_TIMEOUT when the task was not done in
 * that time, SIM_BUSY instead if the timeout was 0. SIM_MISUSE also for bad-timeout.
 */
enum sim_status sim_future_result_for(struct sim_future *future, void **value, int64_t timeout_ns);

/* Waits until the task is done and returns its error; 0 if it has none, was cancelled, or after a misuse. */
int sim_future_error(struct sim_future *future);

/*
 * Whether the task was done, running, or cancelled at the moment of the call. Only "done" and "cancelled" stay true.
 * False after a misuse (null-argument).
 */
bool sim_future_done(struct sim_future *future);
bool sim_future_running(struct sim_future *future);
bool sim_future_cancelled(struct sim_future *future);

/*
 * Cancels the task if no worker has taken it up: it will never run. Returns whether it is cancelled, by this call or by
 * one that has returned before. False after a misuse (null-argument).
 */
bool sim_future_cancel(struct sim_future *future);

/*
 * Has callback->function(future, callback->argument) called once the task is done, cancelled tasks included: by the
 * thread that ran or cancelled it, or by this call if it is done already. Callbacks that were added before it is done are
 * called in the order in which they were added. Returns SIM_OK, or SIM_MISUSE (null-argument).
 */
enum sim_status sim_future_add_callback(struct sim_future *future, struct sim_future_callback *callback);

/*
 * Waits until all `n` tasks are done, for at most `timeout_ns` nanoseconds or SIM_FOREVER together. Returns SIM_OK;
 * SIM_TIMEOUT when they were not in that time, SIM_BUSY instead if the timeout was 0; SIM_MISUSE (null-argument,
 * bad-timeout).
 */
enum sim_status sim_future_wait_all(struct sim_future *futures, size_t n, int64_t timeout_ns);

/*
 * Futures in the order in which they are done. To wait for the first of several: add them all, and ask once.
 *
 * A zero-filled one is ready for use. It must stay valid, and at its address, until all futures added to it are done,
 * whether they were asked for or not. A future is in one of these at most.
 */
struct sim_completions {
	struct sim_queue done;
};

/* Adds a future. Returns SIM_OK, or SIM_MISUSE (null-argument). */
enum sim_status sim_completions_add(struct sim_completions *completions, struct sim_future *future);

/*
 * Waits until one more of the futures is done, and makes `*future` that; each comes once. As many calls as futures were
 * added; one more waits for ever. Returns SIM_OK; SIM_EMPTY when none was in `timeout_ns` nanoseconds (SIM_FOREVER: as
 * long as it takes); SIM_MISUSE (null-argument, bad-timeout).
 */
enum sim_status sim_completions_next(struct sim_completions *completions, struct sim_future **future,
	int64_t timeout_ns);

#ifdef __cplusplus
}
#endif

#endif
