/*
 * The part first, then the whole: no task waits for another, and one worker is enough.
 *
 * The repaired twin of executor_waits_inside.c. Who is not a worker may wait as long as it likes: the main thread asks
 * for the part, and gives it to the whole as its argument.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
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

static int compute_whole(void *a_part, void **value)
{
	static int four;

	four = 2 * *(int *)a_part;
	*value = &four;
	return 0;
}

int main(void)
{
	void *value;

	sim_executor_init(&pool, NULL, 1);
	sim_executor_submit(&pool, &part, compute_part, NULL);
	assert(sim_future_result(&part, &value) == SIM_OK);
	sim_executor_submit(&pool, &whole, compute_whole, value);
	assert(sim_future_result(&whole, &value) == SIM_OK);
	assert(*(int *)value == 4);
	sim_executor_shutdown(&pool, true, false);
	return 0;
}
