/*
 * A thread waits on a condition and holds its lock.
 *
 * The repaired twin of misuse_wait_without_lock.c: from the look at the variable to the wait the lock is held.
 *
 * SIMCHECK-EXPECT: safe
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
	(void)unused;
	sim_condition_acquire(&ready);
	while (!is_ready)
		sim_condition_wait(&ready);
	sim_condition_release(&ready);
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
