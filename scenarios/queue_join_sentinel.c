/*
 * Workers take jobs until they get a sentinel, and say "done" once, after the loop. The main thread waits for ever.
 *
 * The queue counts: each put is one more task, each sim_queue_task_done() one less, and sim_queue_join() waits for 0. Two
 * producers put two jobs, and then a sentinel (NULL) for each worker is put: four puts. But each worker calls
 * sim_queue_task_done() once only, when it leaves its loop: two calls. So whatever the order, the count ends at 2.
 *
 * (In the tutorial there are four producers and three consumers; two and two have the same mistake, and fewer orders.)
 *
 * "Done" belongs to each item, sentinels included: queue_join_sentinel_fixed.c.
 *
 * SIMCHECK-EXPECT: deadlock queue-starved
 */
#include <stddef.h>

#include <simcheck/simcheck.h>

enum { N_PRODUCERS = 2, N_WORKERS = 2 };

static struct sim_queue jobs;

static void produce(void *job)
{
	sim_queue_put(&jobs, job);
}

static void work(void *unused)
{
	void *job;

	(void)unused;
	do
		sim_queue_get(&jobs, &job);
	while (job != NULL);
	sim_queue_task_done(&jobs); /* one of how many? */
}

int main(void)
{
	struct sim_thread producers[N_PRODUCERS], workers[N_WORKERS];
	int job = 1;

	for (int i = 0; i < N_WORKERS; i++) {
		sim_thread_init(&workers[i], NULL, work, NULL);
		sim_thread_start(&workers[i]);
	}
	for (int i = 0; i < N_PRODUCERS; i++) {
		sim_thread_init(&producers[i], NULL, produce, &job);
		sim_thread_start(&producers[i]);
	}
	for (int i = 0; i < N_PRODUCERS; i++)
		sim_thread_join(&producers[i]);
	for (int i = 0; i < N_WORKERS; i++)
		sim_queue_put(&jobs, NULL);
	sim_queue_join(&jobs);
	for (int i = 0; i < N_WORKERS; i++)
		sim_thread_join(&workers[i]);
	return 0;
}
