/*
 * A worker says "done" as often as it took a job.
 *
 * The repaired twin of queue_join_too_many.c: one call for each get that succeeded.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <stddef.h>

#include <simcheck/simcheck.h>

enum { N_JOBS = 2 };

static struct sim_queue jobs;

static void work(void *unused)
{
	(void)unused;
	while (sim_queue_try_get(&jobs, NULL) == SIM_OK)
		sim_queue_task_done(&jobs);
}

int main(void)
{
	struct sim_thread worker;
	int job = 1;

	for (int i = 0; i < N_JOBS; i++)
		sim_queue_put(&jobs, &job);
	sim_thread_init(&worker, "worker", work, NULL);
	sim_thread_start(&worker);
	sim_queue_join(&jobs);
	sim_thread_join(&worker);
	return 0;
}
