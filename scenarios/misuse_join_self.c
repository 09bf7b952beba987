/*
 * A thread waits for all threads to end, itself included.
 *
 * It would wait for ever: it cannot end while it waits for its own end. simcheck does not let it come to that, but
 * names the mistake where it is made.
 *
 * SIMCHECK-EXPECT: misuse join-self
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
