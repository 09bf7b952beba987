/*
 * A barrier for all the threads there are: everybody starts, nobody before everybody has come.
 *
 * The repaired twin of barrier_underfill.c. The barrier is made for as many as will wait at it, once that number is
 * known, instead of for a number that somebody once wrote down. `n_ready` shows what the barrier is good for: whoever has
 * passed it sees all.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stdatomic.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

enum { N_RUNNERS = 4 };

static struct sim_barrier start_line;
static atomic_int n_ready;

static void run(void *unused)
{
	(void)unused;
	atomic_fetch_add_explicit(&n_ready, 1, memory_order_relaxed);
	sim_barrier_wait(&start_line, NULL);
	assert(atomic_load_explicit(&n_ready, memory_order_relaxed) == N_RUNNERS);
}

int main(void)
{
	struct sim_thread runners[N_RUNNERS];

	sim_barrier_init(&start_line, "start_line", N_RUNNERS, NULL, NULL);
	for (int i = 0; i < N_RUNNERS; i++) {
		sim_thread_init(&runners[i], NULL, run, NULL);
		sim_thread_start(&runners[i]);
	}
	for (int i = 0; i < N_RUNNERS; i++)
		sim_thread_join(&runners[i]);
	return 0;
}
