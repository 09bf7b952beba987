/*
 * Executor: a pool of threads that run tasks.
 *
 * Semantics: Python's concurrent.futures.ThreadPoolExecutor. Tasks are taken up in the order in which they were
 * submitted, by as many threads as there may be workers; one that waits for another task keeps its worker busy, so that a
 * pool can come to a standstill if all its workers wait for tasks that are not taken up yet. It differs from Python in
 * this: each of the first max_workers tasks starts a worker, whether another one is idle or not.
 *
 * What was written before a task was submitted is visible to it.
 *
 * Lifetime: from zero-filling (see max_workers) or sim_executor_init() until sim_executor_shutdown() has waited for the
 * workers; there is nothing else to release. The memory must stay valid, and at its address, until then. All functions but
 * sim_executor_init() may be called by any thread at any time, also by tasks.
 */
#ifndef SIMCHECK_EXECUTOR_H
#define SIMCHECK_EXECUTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <simcheck/future.h>
#include <simcheck/lock.h>
#include <simcheck/queue.h>
#include <simcheck/status.h>
#include <simcheck/thread.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The largest pool. */
#define SIM_EXECUTOR_WORKERS 16

/* But for max_workers its parts are the library's. */
struct sim_executor {
	int max_workers;         /* 1 to SIM_EXECUTOR_WORKERS */
	struct sim_queue tasks;  /* futures that wait for a worker; NULL sends one home */
	struct sim_lock changes; /* held while the next two change, and while a task is put */
	int n_workers;
	bool is_shut;
	struct sim_thread workers[SIM_EXECUTOR_WORKERS];
};

/*
 * Makes `executor` one with that many workers, none of them started, called `name` (not copied; NULL: named after the
 * variable). A plain write to memory: nobody may use the executor at the same time.
 */
static inline void sim_executor_init(struct sim_executor *executor, const char *name, int max_workers)
{
	memset(executor, 0, sizeof(*executor));
	executor->max_workers = max_workers;
	executor->tasks.name = name;
}

/*
 * Makes `future` one of a new task, which a worker is to run as task(argument, &value). Never waits for a worker. Returns
 * SIM_OK; SIM_NOMEM when the system has no room for a first worker, or for the task; SIM_MISUSE with nothing changed
 * (submit-after-shutdown; bad-workers: max_workers is out of range; null-argument: no executor, future or task).
 */
enum sim_status sim_executor_submit(struct sim_executor *executor, struct sim_future *future, sim_task *task,
	void *argument);

/*
 * Submits `n` tasks: futures[i] becomes one of task(arguments[i], &value). Their results are asked for one by one, or
 * after sim_future_wait_all(). Returns SIM_OK, or as sim_executor_submit() what the first was told that was not accepted.
 */
enum sim_status sim_executor_map(struct sim_executor *executor, struct sim_future *futures, size_t n, sim_task *task,
	void *const *arguments);

/*
 * Takes no more tasks. Those submitted before are still run; with `cancel_pending` those that no worker has taken up are
 * cancelled instead. With `wait`, returns when all workers have ended; not for tasks then, which would wait for
 * themselves. May be called again. Returns SIM_OK, or SIM_MISUSE (null-argument; join-self).
 */
enum sim_status sim_executor_shutdown(struct sim_executor *executor, bool wait, bool cancel_pending);

#ifdef __cplusplus
}
#endif

#endif
