/*
 * A barrier for four, three threads, and somebody who calls the whole thing off.
 *
 * The fourth will not come: main knows that, and aborts. An abort breaks the barrier: the threads that wait at it are
 * sent on, and told so by the result SIM_BROKEN; those that come afterwards are told at once. So all three get away,
 * whether they arrived before the abort or after it, and each of them knows that the meeting did not take place.
 *
 * Without the abort this is barrier_underfill.c.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stdatomic.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

enum { N_GUESTS = 3 };

static struct sim_barrier dinner = { .parties = 4 };
static atomic_int n_sent_away;

static void arrive(void *unused)
{
	(void)unused;
	if (sim_barrier_wait(&dinner, NULL) == SIM_BROKEN)
		atomic_fetch_add_explicit(&n_sent_away, 1, memory_order_relaxed);
}

int main(void)
{
	struct sim_thread guests[N_GUESTS];

	for (int i = 0; i < N_GUESTS; i++) {
		sim_thread_init(&guests[i], NULL, arrive, NULL);
		sim_thread_start(&guests[i]);
	}
	sim_barrier_abort(&dinner);
	for (int i = 0; i < N_GUESTS; i++)
		sim_thread_join(&guests[i]);
	assert(atomic_load(&n_sent_away) == N_GUESTS);
	assert(sim_barrier_broken(&dinner));
	return 0;
}
