/*
 * Two tasks for a pool of two workers.
 *
 * Each submission gives a future: a promise of a result. Asking for the result waits for it; asking whether it is done
 * does not. Right after the submission that may be answered either way, for the worker may not have begun, or may have
 * finished already; so nothing is asserted about it. Once it says "done" it stays done.
 *
 * The tasks write to ordinary variables, and the main thread reads them: that is no race, since a result is only there
 * after all that its task has written.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_executor pool;
static struct sim_future futures[2];
static int squares[2];

static int square(void *number, void **value)
{
	int *place = number;

	*place *= *place;
	*value = place;
	return 0;
}

int main(void)
{
	bool was_done;
	void *value;

	squares[0] = 3;
	squares[1] = 4;
	sim_executor_init(&pool, NULL, 2);
	sim_executor_submit(&pool, &futures[0], square, &squares[0]);
	was_done = sim_future_done(&futures[0]); /* true or false */
	sim_executor_submit(&pool, &futures[1], square, &squares[1]);
	assert(!was_done || sim_future_done(&futures[0]));
	assert(sim_future_result(&futures[0], &value) == SIM_OK);
	assert(*(int *)value == 9);
	assert(sim_future_result(&futures[1], &value) == SIM_OK);
	assert(*(int *)value == 16);
	sim_executor_shutdown(&pool, true, false);
	return 0;
}
