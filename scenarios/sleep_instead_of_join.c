/*
 * `main` wants a result that a thread computes, and sleeps until it must be there.
 *
 * Where nothing is slow a fifth of a second is enough, and the program has always worked. But a sleep waits for time, not
 * for the thread: nothing promises that the thread was given a processor at all before `main` wakes up, and on a busy
 * machine the result is still missing then. Even when it is there, nothing orders the write of one thread and the read of
 * the other: this is a data race, however long the sleep.
 *
 * simcheck finds both, because by default a sleep may end at any point. With --time=virtual, where threads are never slow,
 * the race is all there is to find.
 *
 * SIMCHECK-EXPECT: data-race
 * SIMCHECK-EXPECT: assertion
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
	sim_sleep(200 * SIM_NS_PER_MS);
	assert(result == 42);
	return 0;
}
