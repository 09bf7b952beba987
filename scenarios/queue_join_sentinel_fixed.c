/*
 * Workers take jobs until they get a sentinel, and say "done" of each item that they took.
 *
 * The repaired twin of queue_join_sentinel.c: as many calls of sim_queue_task_done() as of sim_queue_put(), whatever the
 * items mean, and whoever gets how many of them.
 *
 * SIMCHECK-EXPECT: safe
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
	do {
		sim_queue_get(&jobs, &job);
		sim_queue_task_done(&jobs);
	} while (job != NULL);
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
