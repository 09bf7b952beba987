/*
 * main joins all threads that are alive, but for itself, without having kept a list.
 *
 * sim_thread_enumerate() knows who is alive: who has been started and has not ended. A thread that ended in the
 * meantime is not in the list, and needs no join; who is in the list may end at any moment, and can be joined all the
 * same.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

enum { N_THREADS = 2 };

static struct sim_lock lock;
static int n_done; /* protected by the lock */

static void work(void *unused)
{
	(void)unused;
	sim_lock_acquire(&lock);
	n_done++;
	sim_lock_release(&lock);
}

int main(void)
{
	static struct sim_thread threads[N_THREADS];
	struct sim_thread *alive[N_THREADS + 1];
	int n_alive;

	for (int i = 0; i < N_THREADS; i++) {
		sim_thread_init(&threads[i], NULL, work, NULL);
		sim_thread_start(&threads[i]);
	}
	n_alive = sim_thread_enumerate(alive, N_THREADS + 1);
	assert(n_alive >= 1 && n_alive <= N_THREADS + 1);
	for (int i = 0; i < n_alive; i++)
		if (alive[i] != sim_thread_current())
			sim_thread_join(alive[i]);
	assert(sim_thread_active_count() == 1);
	sim_lock_acquire(&lock);
	assert(n_done == N_THREADS);
	sim_lock_release(&lock);
	return 0;
}
