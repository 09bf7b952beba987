/*
 * A join with a timeout leaves the thread alive.
 *
 * The thread waits for a lock that main holds, so it cannot have ended when the timeout is over: the join says so,
 * and is_alive() too. A join that has timed out has changed nothing; later the thread is joined for good.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_lock lock;

static void wait_for_lock(void *unused)
{
	(void)unused;
	sim_lock_acquire(&lock);
	sim_lock_release(&lock);
}

int main(void)
{
	struct sim_thread thread;

	sim_lock_acquire(&lock);
	sim_thread_init(&thread, "patient", wait_for_lock, NULL);
	sim_thread_start(&thread);
	assert(sim_thread_join_for(&thread, SIM_NS_PER_MS) == SIM_TIMEOUT);
	assert(sim_thread_is_alive(&thread));
	sim_lock_release(&lock);
	assert(sim_thread_join(&thread) == SIM_OK);
	assert(!sim_thread_is_alive(&thread));
	return 0;
}
