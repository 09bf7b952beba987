/*
 * A worker says of each job that it is done, of those that it does not like too.
 *
 * The repaired twin of queue_join_too_few.c. When the join returns, all that the worker did before it said so is visible:
 * `n_good` is an ordinary variable, and reading it is no race.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include <simcheck/simcheck.h>

enum { N_JOBS = 3 };

static struct sim_queue jobs;
static int n_good;

static void work(void *unused)
{
	void *job;

	(void)unused;
	for (int i = 0; i < N_JOBS; i++) {
		sim_queue_get(&jobs, &job);
		if ((uintptr_t)job != 2)
			n_good++;
		sim_queue_task_done(&jobs);
	}
}

int main(void)
{
	struct sim_thread worker;

	sim_thread_init(&worker, "worker", work, NULL);
	sim_thread_start(&worker);
	for (uintptr_t job = 1; job <= N_JOBS; job++)
		sim_queue_put(&jobs, (void *)job);
	sim_queue_join(&jobs);
	sim_thread_join(&worker);
	assert(n_good == N_JOBS - 1);
	return 0;
}
