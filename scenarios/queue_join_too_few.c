/*
 * A worker forgets to say of one job that it is done, and the main thread waits for that for ever.
 *
 * sim_queue_join() does not wait until the queue is empty, but until all that was put has been dealt with; the queue
 * knows that only from sim_queue_task_done(). The worker skips the call for a job that it does not like: leaving the
 * round with `continue` leaves out what comes behind it.
 *
 * SIMCHECK-EXPECT: deadlock queue-starved
 */
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
		if ((uintptr_t)job == 2)
			continue; /* and who says that this one is done? */
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
	return n_good != N_JOBS - 1;
}
