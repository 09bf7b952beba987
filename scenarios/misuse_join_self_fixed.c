/*
 * A thread waits for all threads to end, but for itself.
 *
 * The repaired twin of misuse_join_self.c.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_thread threads[2];

static void work(void *unused)
{
	(void)unused;
	sim_log("working");
}

static void wait_for_all(void *unused)
{
	(void)unused;
	for (int i = 0; i < 2; i++)
		if (&threads[i] != sim_thread_current())
			sim_thread_join(&threads[i]);
}

int main(void)
{
	sim_thread_init(&threads[0], "worker", work, NULL);
	sim_thread_init(&threads[1], "waiter", wait_for_all, NULL);
	sim_thread_start(&threads[0]);
	sim_thread_start(&threads[1]);
	return 0;
}
