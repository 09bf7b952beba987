/*
 * Futures: an event that is set when the task is done, and two queues.
 *
 * Who puts the first thing into `taken`, which has room for one, has taken the task: a worker, or a cancellation. That is
 * one operation, and so no lock is held while the task runs.
 *
 * Callbacks go through a queue, and whoever takes one out calls it, so that none is called twice. None is left either:
 * the thread that ends the task sets `done` before it looks, and the thread that adds a callback puts it before it asks
 * whether `done` is set.
 */
#include "future.h"

#include "facade.h"

static enum sim_status future_is_null(const char *what)
{
	return facade_misuse("null-argument", what);
}

void future_begin(struct sim_future *future, sim_task *task, void *argument)
{
	sim_backend_current()->writes(future, sizeof(*future));
	memset(future, 0, sizeof(*future));
	future->task = task;
	future->argument = argument;
	future->taken.maxsize = 1;
}

/* Whether the caller, and nobody else, may run or cancel the task. */
static bool future_take(struct sim_future *future)
{
	return sim_queue_try_put(&future->taken, NULL) == SIM_OK;
}

static void future_call_back(struct sim_future *future)
{
	void *item;

	while (sim_queue_try_get(&future->callbacks, &item) == SIM_OK) {
		const struct sim_future_callback *callback = item;

		sim_backend_current()->reads(callback, sizeof(*callback));
		callback->function(future, callback->argument);
	}
}

static void future_end(struct sim_future *future, void *value, int error, bool cancelled)
{
	sim_backend_current()->writes(&future->value, offsetof(struct sim_future, taken) - offsetof(struct sim_future, value));
	future->value = value;
	future->error = error;
	future->cancelled = cancelled;
	sim_event_set(&future->done);
	future_call_back(future);
}

void future_run(struct sim_future *future)
{
	void *value = NULL;
	int error;

	if (!future_take(future))
		return;
	sim_backend_current()->reads(future, offsetof(struct sim_future, value));
	error = future->task(future->argument, &value);
	future_end(future, value, error, false);
}

/* What a future that is done came to. */
static enum sim_status future_outcome(const struct sim_future *future, void **value)
{
	sim_backend_current()->reads(&future->value,
		offsetof(struct sim_future, taken) - offsetof(struct sim_future, value));
	if (future->cancelled)
		return SIM_CANCELLED;
	if (future->error != 0)
		return SIM_FAILED;
	if (value != NULL) {
		sim_backend_current()->writes(value, sizeof(*value));
		*value = future->value;
	}
	return SIM_OK;
}

enum sim_status sim_future_result_for(struct sim_future *future, void **value, int64_t timeout_ns)
{
	enum sim_status status;

	if (future == NULL)
		return future_is_null("a result was asked for of NULL instead of a future");
	status = sim_event_wait_for(&future->done, timeout_ns);
	return status == SIM_OK ? future_outcome(future, value) : status;
}

enum sim_status sim_future_result(struct sim_future *future, void **value)
{
	return sim_future_result_for(future, value, SIM_FOREVER);
}

int sim_future_error(struct sim_future *future)
{
	return sim_future_result(future, NULL) == SIM_FAILED ? future->error : 0;
}

bool sim_future_done(struct sim_future *future)
{
	if (future == NULL) {
		future_is_null("sim_future_done() was called with NULL instead of a future");
		return false;
	}
	return sim_event_is_set(&future->done);
}

bool sim_future_running(struct sim_future *future)
{
	if (future == NULL) {
		future_is_null("sim_future_running() was called with NULL instead of a future");
		return false;
	}
	return sim_queue_full(&future->taken) && !sim_event_is_set(&future->done);
}

bool sim_future_cancelled(struct sim_future *future)
{
	return sim_future_done(future) && future_outcome(future, NULL) == SIM_CANCELLED;
}

bool sim_future_cancel(struct sim_future *future)
{
	if (future == NULL) {
		future_is_null("sim_future_cancel() was called with NULL instead of a future");
		return false;
	}
	if (!future_take(future))
		return sim_future_cancelled(future);
	future_end(future, NULL, 0, true);
	return true;
}

enum sim_status sim_future_add_callback(struct sim_future *future, struct sim_future_callback *callback)
{
	enum sim_status status;

	if (future == NULL || callback == NULL || callback->function == NULL)
		return future_is_null("sim_future_add_callback() was called without a future, or without a function to call");
	status = sim_queue_put(&future->callbacks, callback);
	if (status == SIM_OK && sim_event_is_set(&future->done))
		future_call_back(future);
	return status;
}

/* What is left of the time until `deadline_ns`. */
static int64_t future_time_left(int64_t deadline_ns)
{
	int64_t left_ns = deadline_ns - sim_now();

	return left_ns > 0 ? left_ns : 0;
}

enum sim_status sim_future_wait_all(struct sim_future *futures, size_t n, int64_t timeout_ns)
{
	enum sim_status status = SIM_OK;
	bool limited = timeout_ns > 0;
	int64_t deadline_ns = 0;

	if (futures == NULL)
		return future_is_null("sim_future_wait_all() was called with NULL instead of futures");
	if (!facade_timeout_valid(timeout_ns))
		return facade_misuse("bad-timeout", "sim_future_wait_all() was called with a timeout out of range");
	if (limited && __builtin_add_overflow(sim_now(), timeout_ns, &deadline_ns))
		deadline_ns = INT64_MAX;
	for (size_t i = 0; i < n && status == SIM_OK; i++)
		status = sim_event_wait_for(&futures[i].done, limited ? future_time_left(deadline_ns) : timeout_ns);
	return limited && status == SIM_BUSY ? SIM_TIMEOUT : status;
}

static void completions_note(struct sim_future *future, void *completions)
{
	sim_queue_put(&((struct sim_completions *)completions)->done, future);
}

enum sim_status sim_completions_add(struct sim_completions *completions, struct sim_future *future)
{
	if (completions == NULL || future == NULL)
		return future_is_null("sim_completions_add() was called without completions, or without a future");
	sim_backend_current()->writes(&future->watch, sizeof(future->watch));
	future->watch.function = completions_note;
	future->watch.argument = completions;
	return sim_future_add_callback(future, &future->watch);
}

enum sim_status sim_completions_next(struct sim_completions *completions, struct sim_future **future,
	int64_t timeout_ns)
{
	enum sim_status status;
	void *item;

	if (completions == NULL || future == NULL)
		return future_is_null("sim_completions_next() was called without completions, or without a place for a future");
	status = sim_queue_get_for(&completions->done, &item, timeout_ns);
	if (status != SIM_OK)
		return status;
	sim_backend_current()->writes(future, sizeof(*future));
	*future = item;
	return status;
}
