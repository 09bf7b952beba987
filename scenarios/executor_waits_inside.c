/*
 * A task waits for another task, in a pool with one worker.
 *
 * The whole needs a part. It submits that to the pool it runs in itself, and asks for the result. The part could be run
 * by any worker; but the only one there is runs the whole, which waits for the part. No lock is involved: what is held
 * and never given back is the worker.
 *
 * With more workers the same happens as soon as as many tasks as there are workers wait like this. Rather than to find
 * a pool that is large enough, let tasks not wait for tasks: executor_waits_inside_fixed.c.
 *
 * SIMCHECK-EXPECT: deadlock event-never-set
 */
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_executor pool;
static struct sim_future whole, part;

static int compute_part(void *unused, void **value)
{
	static int two = 2;

	(void)unused;
	*value = &two;
	return 0;
}

static int compute_whole(void *unused, void **value)
{
	(void)unused;
	sim_executor_submit(&pool, &part, compute_part, NULL);
	return sim_future_result(&part, value) != SIM_OK; /* who is there to compute it? */
}

int main(void)
{
	sim_executor_init(&pool, NULL, 1);
	sim_executor_submit(&pool, &whole, compute_whole, NULL);
	sim_future_result(&whole, NULL);
	sim_executor_shutdown(&pool, true, false);
	return 0;
}
