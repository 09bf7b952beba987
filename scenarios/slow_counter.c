/*
 * Many threads count, slowly, under one lock, and not one count is lost.
 *
 * Each thread reads the counter, sleeps, and writes back one more. Sleeping in between is what makes a lost update
 * likely without the lock: all would read 0. With the lock, whoever sleeps keeps the others out, and the last one
 * makes the counter exactly the number of threads. The price is that they sleep one after the other.
 *
 * The program comes from a tutorial with 100 threads. Here there are 4: they can take the lock in 4! = 24 orders, and
 * all are explored; for 100 threads that would be a number with 158 digits, and no mistake needs that many threads to
 * show.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

enum { THREADS = 4 };

static struct sim_lock lock;
static int counter; /* protected by lock */

static void count(void *unused)
{
	int seen;

	(void)unused;
	sim_lock_acquire(&lock);
	seen = counter;
	sim_sleep(SIM_NS_PER_MS);
	counter = seen + 1;
	sim_lock_release(&lock);
}

int main(void)
{
	struct sim_thread threads[THREADS];

	for (int i = 0; i < THREADS; i++) {
		sim_thread_init(&threads[i], NULL, count, NULL);
		sim_thread_start(&threads[i]);
	}
	for (int i = 0; i < THREADS; i++)
		sim_thread_join(&threads[i]);
	assert(counter == THREADS);
	return 0;
}
