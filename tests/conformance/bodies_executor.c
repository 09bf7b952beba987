/* The bodies of executors and futures (bodies.h says how they are run). Each starts from zero-filled objects. */
#include "body.h"

static struct sim_executor executor;
static struct sim_future first, second;
static struct sim_event_flag begun, gate;
static int written; /* plain */

static int add_one(void *argument, void **value)
{
	written = 1;
	*value = (char *)argument + 1;
	return 0;
}

static int fail(void *argument, void **value)
{
	(void)argument;
	*value = &first;
	return 7;
}

static int pass_gate(void *argument, void **value)
{
	(void)argument;
	(void)value;
	assert(sim_event_set(&begun) == SIM_OK);
	assert(sim_event_wait(&gate) == SIM_OK);
	return 0;
}

static char place[2];

/* The result is what the task stored, and what it wrote is visible. */
void executor_runs_a_task(void)
{
	void *value = NULL;

	sim_executor_init(&executor, "pool", 1);
	assert(sim_executor_submit(&executor, &first, add_one, place) == SIM_OK);
	assert(sim_future_result(&first, &value) == SIM_OK);
	assert(value == place + 1);
	assert(written == 1);
	assert(sim_future_done(&first));
	assert(!sim_future_running(&first));
	assert(!sim_future_cancelled(&first));
	assert(sim_future_error(&first) == 0);
	assert(sim_future_result(&first, NULL) == SIM_OK);
	assert(sim_executor_shutdown(&executor, true, false) == SIM_OK);
}

void executor_task_that_fails(void)
{
	void *value = &second;

	executor.max_workers = 1;
	assert(sim_executor_submit(&executor, &first, fail, NULL) == SIM_OK);
	assert(sim_future_result(&first, &value) == SIM_FAILED);
	assert(value == &second);
	assert(sim_future_error(&first) == 7);
	assert(sim_executor_shutdown(&executor, true, false) == SIM_OK);
}

static int note_turn(void *turn, void **value)
{
	(void)value;
	*(int *)turn = ++written;
	return 0;
}

/* One worker takes up tasks in the order in which they were submitted; what is pending at a shutdown is run. */
void executor_keeps_the_order(void)
{
	int turns[2] = { 0, 0 };
	void *arguments[2] = { &turns[0], &turns[1] };
	struct sim_future futures[2];

	executor.max_workers = 1;
	assert(sim_executor_map(&executor, futures, 2, note_turn, arguments) == SIM_OK);
	assert(sim_executor_shutdown(&executor, true, false) == SIM_OK);
	assert(turns[0] == 1 && turns[1] == 2);
	assert(sim_future_wait_all(futures, 2, 0) == SIM_OK);
}

/* With one worker busy the second task can be cancelled, and the first cannot. */
void executor_cancels_a_pending_task(void)
{
	executor.max_workers = 1;
	assert(sim_executor_submit(&executor, &first, pass_gate, NULL) == SIM_OK);
	assert(sim_executor_submit(&executor, &second, add_one, place) == SIM_OK);
	assert(sim_future_cancel(&second));
	assert(sim_future_cancel(&second));
	assert(sim_future_cancelled(&second));
	assert(sim_future_result(&second, NULL) == SIM_CANCELLED);
	assert(sim_event_set(&gate) == SIM_OK);
	assert(sim_future_result(&first, NULL) == SIM_OK);
	assert(!sim_future_cancel(&first));
	assert(sim_executor_shutdown(&executor, true, false) == SIM_OK);
	assert(written == 0);
}

/* Cancelled or run, never both and never neither. */
void executor_cancels_or_runs(void)
{
	bool cancelled;

	executor.max_workers = 1;
	assert(sim_executor_submit(&executor, &first, add_one, place) == SIM_OK);
	cancelled = sim_future_cancel(&first);
	assert(sim_executor_shutdown(&executor, true, false) == SIM_OK);
	assert(written == !cancelled);
	assert(sim_future_result_for(&first, NULL, 0) == (cancelled ? SIM_CANCELLED : SIM_OK));
}

void executor_shutdown_cancels_what_is_pending(void)
{
	executor.max_workers = 1;
	assert(sim_executor_submit(&executor, &first, pass_gate, NULL) == SIM_OK);
	assert(sim_executor_submit(&executor, &second, add_one, place) == SIM_OK);
	assert(sim_event_wait(&begun) == SIM_OK);
	assert(sim_future_running(&first));
	assert(sim_executor_shutdown(&executor, false, true) == SIM_OK);
	assert(sim_future_cancelled(&second));
	assert(sim_event_set(&gate) == SIM_OK);
	assert(sim_executor_shutdown(&executor, true, false) == SIM_OK);
	assert(sim_future_result(&first, NULL) == SIM_OK);
	assert(written == 0);
}

void executor_result_for_runs_out(void)
{
	executor.max_workers = 1;
	assert(sim_executor_submit(&executor, &first, pass_gate, NULL) == SIM_OK);
	assert(!sim_future_done(&first));
	assert(sim_future_result_for(&first, NULL, SIM_NS_PER_MS) == SIM_TIMEOUT);
	assert(sim_future_result_for(&first, NULL, 0) == SIM_BUSY);
	assert(sim_future_wait_all(&first, 1, SIM_NS_PER_MS) == SIM_TIMEOUT);
	assert(sim_event_set(&gate) == SIM_OK);
	assert(sim_future_wait_all(&first, 1, SIM_FOREVER) == SIM_OK);
	assert(sim_executor_shutdown(&executor, true, false) == SIM_OK);
}

static void count(struct sim_future *future, void *n)
{
	assert(sim_future_done(future));
	++*(int *)n;
}

/* One callback is added before the task can be done, one after it: each is called once. */
void executor_calls_back(void)
{
	int early = 0, late = 0;
	struct sim_future_callback before = { count, &early }, after = { count, &late };

	executor.max_workers = 1;
	assert(sim_executor_submit(&executor, &first, pass_gate, NULL) == SIM_OK);
	assert(sim_future_add_callback(&first, &before) == SIM_OK);
	assert(sim_event_set(&gate) == SIM_OK);
	assert(sim_executor_shutdown(&executor, true, false) == SIM_OK);
	assert(early == 1);
	assert(sim_future_add_callback(&first, &after) == SIM_OK);
	assert(late == 1);
}

/* Added at any moment, it is called once. */
void executor_calls_back_once(void)
{
	int n = 0;
	struct sim_future_callback callback = { count, &n };

	executor.max_workers = 1;
	assert(sim_executor_submit(&executor, &first, add_one, place) == SIM_OK);
	assert(sim_future_add_callback(&first, &callback) == SIM_OK);
	assert(sim_executor_shutdown(&executor, true, false) == SIM_OK);
	assert(n == 1);
}

/* None is done before the gate opens; then each comes once, in the order of their ends. */
void executor_as_completed(void)
{
	struct sim_completions completions = { .done = { .name = "completions" } };
	struct sim_future *future = NULL;

	executor.max_workers = 1;
	assert(sim_executor_submit(&executor, &first, pass_gate, NULL) == SIM_OK);
	assert(sim_completions_add(&completions, &first) == SIM_OK);
	assert(sim_completions_next(&completions, &future, 0) == SIM_EMPTY);
	assert(sim_executor_submit(&executor, &second, add_one, place) == SIM_OK);
	assert(sim_completions_add(&completions, &second) == SIM_OK);
	assert(sim_event_set(&gate) == SIM_OK);
	assert(sim_completions_next(&completions, &future, SIM_FOREVER) == SIM_OK);
	assert(future == &first);
	assert(sim_completions_next(&completions, &future, SIM_FOREVER) == SIM_OK);
	assert(future == &second);
	assert(sim_executor_shutdown(&executor, true, false) == SIM_OK);
}

void executor_shut_down_twice(void)
{
	executor.max_workers = 1;
	assert(sim_executor_shutdown(&executor, true, true) == SIM_OK);
	assert(sim_executor_shutdown(&executor, true, true) == SIM_OK);
}

void executor_submit_after_shutdown(void)
{
	executor.max_workers = 1;
	assert(sim_executor_shutdown(&executor, false, false) == SIM_OK);
	assert(sim_executor_submit(&executor, &first, add_one, place) == SIM_MISUSE);
}

void executor_without_workers(void)
{
	assert(sim_executor_submit(&executor, &first, add_one, place) == SIM_MISUSE);
}

void executor_submit_null(void)
{
	assert(sim_executor_submit(&executor, &first, NULL, NULL) == SIM_MISUSE);
}

void executor_result_for_negative(void)
{
	executor.max_workers = 1;
	assert(sim_executor_submit(&executor, &first, add_one, place) == SIM_OK);
	assert(sim_executor_shutdown(&executor, true, false) == SIM_OK);
	assert(sim_future_result_for(&first, NULL, -2) == SIM_MISUSE);
}
