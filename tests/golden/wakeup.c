#include <stdbool.h>
#include <simcheck/simcheck.h>

static struct sim_lock guard = {.name = "guard"};
static struct sim_condition ready = {.name = "ready", .lock = &guard};
static bool full;

static void consumer(void *unused)
{
	bool empty;

	(void)unused;
	sim_lock_acquire(&guard);
	empty = !full;
	sim_lock_release(&guard);
	if (!empty)
		return;
	sim_lock_acquire(&guard);
	sim_condition_wait(&ready);
	sim_lock_release(&guard);
}

static void producer(void *unused)
{
	(void)unused;
	sim_lock_acquire(&guard);
	full = true;
	sim_condition_notify(&ready, 1);
	sim_lock_release(&guard);
}

int main(void)
{
	struct sim_thread a, b;

	sim_thread_init(&a, "consumer", consumer, 0);
	sim_thread_init(&b, "producer", producer, 0);
	sim_thread_start(&a);
	sim_thread_start(&b);
	sim_thread_join(&a);
	sim_thread_join(&b);
	return 0;
}
