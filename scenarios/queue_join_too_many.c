/*
 * A worker says "done" of a sentinel too, which was never put: it is a number that it made up itself.
 *
 * The worker asks the queue without waiting, and takes its silence for the end. Its loop says "done" once per round,
 * and there is one round more than there are jobs: the last one, in which nothing was taken. The queue has counted, and
 * refuses.
 *
 * Nothing bad need come of it at once. With another worker still busy, the call that is one too many would be taken for
 * its job, and the join would return too early. That is why it is a mistake to be told about.
 *
 * SIMCHECK-EXPECT: misuse done-too-often
 */
#include <stdbool.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

enum { N_JOBS = 2 };

static struct sim_queue jobs;

static void work(void *unused)
{
	bool more = true;

	(void)unused;
	while (more) {
		more = sim_queue_try_get(&jobs, NULL) == SIM_OK;
		sim_queue_task_done(&jobs); /* of what, if there was no more? */
	}
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
