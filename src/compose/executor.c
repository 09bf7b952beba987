/*
 * Executors: threads that take futures out of a queue until they find the end in it, one NULL for each.
 *
 * The lock keeps tasks from being put behind these ends. No callback is called with it held: a callback may submit.
 */
#include "facade.h"
#include "future.h"

static enum sim_status executor_is_null(const char *what)
{
	return facade_misuse("null-argument", what);
}

static void executor_work(void *argument)
{
	struct sim_executor *executor = argument;
	void *future;

	while (sim_queue_get(&executor->tasks, &future) == SIM_OK && future != NULL)
		future_run(future);
}

/* With the lock held. Returns SIM_OK if there is a worker after that. */
static enum sim_status executor_add_worker(struct sim_executor *executor)
{
	struct sim_thread *worker = &executor->workers[executor->n_workers];

	if (executor->n_workers == executor->max_workers)
		return SIM_OK;
	sim_backend_current()->writes(worker, sizeof(*worker));
	sim_thread_init(worker, NULL, executor_work, executor);
	if (sim_thread_start(worker) != SIM_OK)
		return executor->n_workers > 0 ? SIM_OK : SIM_NOMEM;
	sim_backend_current()->writes(&executor->n_workers, sizeof(executor->n_workers));
	executor->n_workers++;
	return SIM_OK;
}

enum sim_status sim_executor_submit(struct sim_executor *executor, struct sim_future *future, sim_task *task,
	void *argument)
{
	enum sim_status status;

	if (executor == NULL || future == NULL || task == NULL)
		return executor_is_null("sim_executor_submit() was called without an executor, a future or a task");
	if (executor->max_workers < 1 || executor->max_workers > SIM_EXECUTOR_WORKERS)
		return facade_misuse("bad-workers", "a task was submitted to an executor without workers, or with too many");
	sim_lock_acquire(&executor->changes);
	sim_backend_current()->reads(&executor->n_workers, sizeof(executor->n_workers));
	sim_backend_current()->reads(&executor->is_shut, sizeof(executor->is_shut));
	status = executor->is_shut ? SIM_MISUSE : executor_add_worker(executor);
	if (status == SIM_OK) {
		future_begin(future, task, argument);
		status = sim_queue_put(&executor->tasks, future);
	}
	sim_lock_release(&executor->changes);
	if (status == SIM_MISUSE)
		return facade_misuse("submit-after-shutdown", "a task was submitted to an executor that was shut down");
	return status;
}

enum sim_status sim_executor_map(struct sim_executor *executor, struct sim_future *futures, size_t n, sim_task *task,
	void *const *arguments)
{
	enum sim_status status = SIM_OK;

	if (futures == NULL || arguments == NULL)
		return executor_is_null("sim_executor_map() was called without futures, or without arguments");
	for (size_t i = 0; i < n && status == SIM_OK; i++) {
		sim_backend_current()->reads(&arguments[i], sizeof(arguments[i]));
		status = sim_executor_submit(executor, &futures[i], task, arguments[i]);
	}
	return status;
}

/* Cancels what no worker has taken up. Ends that a shutdown before this one has put are put again. */
static void executor_cancel_pending(struct sim_executor *executor)
{
	void *future;
	int n_ends = 0;

	while (sim_queue_try_get(&executor->tasks, &future) == SIM_OK) {
		if (future != NULL)
			sim_future_cancel(future);
		else
			n_ends++;
	}
	while (n_ends-- > 0)
		sim_queue_put(&executor->tasks, NULL);
}

enum sim_status sim_executor_shutdown(struct sim_executor *executor, bool wait, bool cancel_pending)
{
	enum sim_status status = SIM_OK;
	bool is_first;
	int n_workers;

	if (executor == NULL)
		return executor_is_null("sim_executor_shutdown() was called with NULL instead of an executor");
	sim_lock_acquire(&executor->changes);
	sim_backend_current()->writes(&executor->is_shut, sizeof(executor->is_shut));
	is_first = !executor->is_shut;
	executor->is_shut = true;
	sim_backend_current()->reads(&executor->n_workers, sizeof(executor->n_workers));
	n_workers = executor->n_workers;
	sim_lock_release(&executor->changes);
	if (cancel_pending)
		executor_cancel_pending(executor);
	for (int i = 0; i < n_workers && is_first; i++)
		sim_queue_put(&executor->tasks, NULL);
	for (int i = 0; i < n_workers && wait && status == SIM_OK; i++)
		status = sim_thread_join(&executor->workers[i]);
	return status;
}
