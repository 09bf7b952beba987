/*
 * A lock is released twice, on a way out of a function that nobody thought of.
 *
 * The function releases the lock when there is nothing to do, and falls through to the release at its end. By then
 * the lock may be free, or have been taken by another thread: then that one's lock is released under its hands. The
 * change between the two releases is made without the lock, which is a data race; simcheck finds both.
 *
 * SIMCHECK-EXPECT: misuse release-unlocked
 * SIMCHECK-EXPECT: data-race
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_lock lock;
static int n_done; /* protected by the lock */

static void work(void *n_items)
{
	sim_lock_acquire(&lock);
	if (*(int *)n_items == 0)
		sim_lock_release(&lock);
	n_done += *(int *)n_items;
	sim_lock_release(&lock);
}

int main(void)
{
	struct sim_thread idle, busy;
	int none = 0, five = 5;

	sim_thread_init(&idle, "idle", work, &none);
	sim_thread_init(&busy, "busy", work, &five);
	sim_thread_start(&idle);
	sim_thread_start(&busy);
	sim_thread_join(&idle);
	sim_thread_join(&busy);
	assert(n_done == 5);
	return 0;
}
