/*
 * A thread waits on a condition without holding its lock.
 *
 * A wait gives up the lock, and waits: without the lock there is nothing to give up. And between the look at
 * `is_ready`, which the lock was released too early for, and the wait, the notification might come and be lost.
 *
 * SIMCHECK-EXPECT: misuse wait-without-lock
 */
#include <stdbool.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_condition ready;
static bool is_ready; /* protected by the lock of `ready` */

static void prepare(void *unused)
{
	(void)unused;
	sim_condition_acquire(&ready);
	is_ready = true;
	sim_condition_notify_all(&ready);
	sim_condition_release(&ready);
}

static void use(void *unused)
{
	bool was_ready;

	(void)unused;
	sim_condition_acquire(&ready);
	was_ready = is_ready;
	sim_condition_release(&ready);
	if (!was_ready)
		sim_condition_wait(&ready);
}

int main(void)
{
	struct sim_thread preparing, using;

	sim_thread_init(&preparing, "preparing", prepare, NULL);
	sim_thread_init(&using, "using", use, NULL);
	sim_thread_start(&preparing);
	sim_thread_start(&using);
	sim_thread_join(&preparing);
	sim_thread_join(&using);
	return 0;
}
