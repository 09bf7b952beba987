/*
 * Two threads count under a global interpreter lock, and a count gets lost.
 *
 * An interpreter executes one thread at a time, so there is no data race. But it switches threads between any two
 * instructions, and `n = n + 1` is several: load, add, store. A thread that is switched away after its load stores,
 * when its turn comes again, what was right before the other had counted. "Only one thread runs at a time" is not
 * "one thread after the other".
 *
 * SIMCHECK-EXPECT: assertion
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_gil interpreter;
static int n; /* protected by the interpreter lock */

static void count(void *unused)
{
	int loaded;

	(void)unused;
	sim_gil_acquire(&interpreter);
	loaded = n;
	sim_gil_tick(&interpreter); /* the instruction "load" has ended */
	n = loaded + 1;
	sim_gil_release(&interpreter);
}

int main(void)
{
	struct sim_thread t1, t2;

	sim_thread_init(&t1, "T1", count, NULL);
	sim_thread_init(&t2, "T2", count, NULL);
	sim_thread_start(&t1);
	sim_thread_start(&t2);
	sim_thread_join(&t1);
	sim_thread_join(&t2);
	assert(n == 2);
	return 0;
}
