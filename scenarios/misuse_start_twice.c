/*
 * A thread is started a second time.
 *
 * A thread runs once. To do the work again, it has to be made again: the second start is a mistake, also after the
 * thread has ended, and whatever the first start has come to.
 *
 * SIMCHECK-EXPECT: misuse start-twice
 */
#include <stddef.h>

#include <simcheck/simcheck.h>

static void work(void *unused)
{
	(void)unused;
	sim_log("working");
}

int main(void)
{
	struct sim_thread thread;

	sim_thread_init(&thread, "worker", work, NULL);
	sim_thread_start(&thread);
	sim_thread_join(&thread);
	sim_thread_start(&thread);
	return 0;
}
