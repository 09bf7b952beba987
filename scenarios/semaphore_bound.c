/*
 * A semaphore of three lets at most three threads in at a time.
 *
 * Ten threads (here: four, which is enough for one to be kept waiting, and few enough to try every order) want to use
 * something that there are three of. Each acquires the semaphore first and releases it afterwards. The semaphore counts
 * down from 3; at 0 the next one waits until somebody leaves. `inside` counts who is in, for all to see that it never
 * is more than three.
 *
 * The semaphore is no lock: the three inside run side by side, so what they share - `inside` - is atomic.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stdatomic.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

enum { N_THREADS = 4, N_SLOTS = 3 };

static struct sim_semaphore slots = { .initial = N_SLOTS };
static atomic_int inside;

static void use_a_slot(void *unused)
{
	(void)unused;
	sim_semaphore_acquire(&slots);
	assert(atomic_fetch_add(&inside, 1) < N_SLOTS);
	atomic_fetch_sub(&inside, 1);
	sim_semaphore_release(&slots, 1);
}

int main(void)
{
	struct sim_thread threads[N_THREADS];

	for (int i = 0; i < N_THREADS; i++) {
		sim_thread_init(&threads[i], NULL, use_a_slot, NULL);
		sim_thread_start(&threads[i]);
	}
	for (int i = 0; i < N_THREADS; i++)
		sim_thread_join(&threads[i]);
	assert(atomic_load(&inside) == 0);
	return 0;
}
