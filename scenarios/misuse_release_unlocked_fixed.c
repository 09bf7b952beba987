/*
 * A lock is released once on each way out of a function.
 *
 * The repaired twin of misuse_release_unlocked.c: one way out.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_lock lock;
static int n_done; /* protected by the lock */

static void work(void *n_items)
{
	sim_lock_acquire(&lock);
	if (*(int *)n_items != 0)
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
