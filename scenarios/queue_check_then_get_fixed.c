/*
 * Two consumers and one item: who finds none goes home.
 *
 * The repaired twin of queue_check_then_get.c. sim_queue_try_get() looks and takes in one step: its answer is not about
 * what was, but about what it did. Whoever comes second is told that there was nothing.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_queue jobs;
static enum sim_status results[2];

static void consume(void *result)
{
	*(enum sim_status *)result = sim_queue_try_get(&jobs, NULL);
}

int main(void)
{
	struct sim_thread first, second;
	int job = 1;

	sim_queue_put(&jobs, &job);
	sim_thread_init(&first, "first", consume, &results[0]);
	sim_thread_init(&second, "second", consume, &results[1]);
	sim_thread_start(&first);
	sim_thread_start(&second);
	sim_thread_join(&first);
	sim_thread_join(&second);
	assert((results[0] == SIM_OK) != (results[1] == SIM_OK));
	return 0;
}
