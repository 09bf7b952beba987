/* A thread waits for a second at a time until it is told to go on. */
#include <stdbool.h>
#include <stdio.h>

#include <simcheck/simcheck.h>

static struct sim_lock lock;
static struct sim_condition condition;
static bool ready;

static void wait(void *unused)
{
	(void)unused;
	sim_lock_acquire(&lock);
	while (!ready) {
		enum sim_status status = sim_condition_wait_for(&condition, SIM_NS_PER_S);

		printf("waiter: %s after %.1f s\n", status == SIM_OK ? "notified" : "nothing", (double)sim_now() / SIM_NS_PER_S);
	}
	sim_lock_release(&lock);
}

int main(void)
{
	struct sim_thread waiter;

	sim_lock_init(&lock, "lock");
	sim_condition_init(&condition, "condition", &lock);
	sim_thread_init(&waiter, "waiter", wait, NULL);
	sim_thread_start(&waiter);
	sim_sleep(SIM_NS_PER_S * 5 / 2);
	sim_lock_acquire(&lock);
	ready = true;
	sim_condition_notify(&condition, 1);
	sim_lock_release(&lock);
	sim_thread_join(&waiter);
	return 0;
}
