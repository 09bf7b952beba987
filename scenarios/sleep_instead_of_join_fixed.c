/*
 * `main` wants a result that a thread computes, and waits for the end of the thread.
 *
 * A join returns when the thread has ended, however long that takes: sooner than any sleep that is long enough, and never
 * too soon. What the thread has written before its end is there for whoever joined it. How long anybody sleeps does not
 * matter any more: sleep_instead_of_join.c had it the other way round.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static int result;

static void compute(void *unused)
{
	(void)unused;
	sim_sleep(100 * SIM_NS_PER_MS);
	result = 42;
}

int main(void)
{
	struct sim_thread computer;

	sim_thread_init(&computer, "computer", compute, NULL);
	sim_thread_start(&computer);
	sim_thread_join(&computer);
	assert(result == 42);
	return 0;
}
