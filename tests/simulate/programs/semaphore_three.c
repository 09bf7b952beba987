/* Five threads, of which three are active at a time: the others come in when these leave. */
#include <stdio.h>

#include <simcheck/simcheck.h>

enum { THREADS = 5 };

static struct sim_semaphore pool;
static struct sim_lock lock;
static int n_active; /* protected by lock */

static void count(const char *what, int change)
{
	sim_lock_acquire(&lock);
	n_active += change;
	printf("%d s: %s %s, %d active\n", (int)(sim_now() / SIM_NS_PER_S), sim_thread_current()->name, what, n_active);
	sim_lock_release(&lock);
}

static void work(void *unused)
{
	(void)unused;
	sim_semaphore_acquire(&pool);
	count("comes", 1);
	sim_sleep(SIM_NS_PER_S);
	count("leaves", -1);
	sim_semaphore_release(&pool, 1);
}

int main(void)
{
	static const char *const names[THREADS] = {"A", "B", "C", "D", "E"};
	struct sim_thread threads[THREADS];

	sim_semaphore_init(&pool, "pool", 3);
	sim_lock_init(&lock, "lock");
	for (int i = 0; i < THREADS; i++) {
		sim_thread_init(&threads[i], names[i], work, NULL);
		sim_thread_start(&threads[i]);
	}
	for (int i = 0; i < THREADS; i++)
		sim_thread_join(&threads[i]);
	return 0;
}
