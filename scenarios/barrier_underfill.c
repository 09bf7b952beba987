/*
 * A barrier for three, and five threads: two wait for ever.
 *
 * A barrier collects threads: whoever arrives waits, until three are there; then these three go on, and the barrier
 * is empty again. With five threads the first three pass, whichever these are. The other two begin the next round and
 * wait for a third, but everybody else has gone home. Nothing is wrong with any single line: the number of threads and
 * the number of the barrier just do not fit.
 *
 * barrier_underfill_fixed.c makes a barrier for as many as there are.
 *
 * SIMCHECK-EXPECT: deadlock barrier-underfill
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

enum { N_RUNNERS = 5 };

static struct sim_barrier start_line = { .parties = 3 };

static void run(void *unused)
{
	(void)unused;
	sim_barrier_wait(&start_line, NULL); /* here, when fewer than two others are left to come */
}

int main(void)
{
	struct sim_thread runners[N_RUNNERS];

	for (int i = 0; i < N_RUNNERS; i++) {
		sim_thread_init(&runners[i], NULL, run, NULL);
		sim_thread_start(&runners[i]);
	}
	for (int i = 0; i < N_RUNNERS; i++)
		sim_thread_join(&runners[i]);
	return 0;
}
