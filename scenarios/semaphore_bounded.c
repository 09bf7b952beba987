/*
 * A bounded semaphore notices that it is released once too often.
 *
 * Two threads share two permits. One of them gives its permit back twice: once where the work ends, and once more in
 * the part that cleans up. With an ordinary semaphore nothing happens at once: there are three permits from then on,
 * and one day three threads are inside where two may be. A bounded semaphore knows its initial value and refuses to go
 * above it.
 *
 * It can only notice while the other thread's permit is back. If that is still out, the second release looks like
 * its, and the mistake shows when the other thread gives back what is already there: then it is the innocent one who is
 * refused. The checker finds both, in the two lines where they happen.
 *
 * SIMCHECK-EXPECT: misuse release-above-initial
 */
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_semaphore permits = { .initial = 2, .bounded = true };

static void work(void *unused)
{
	(void)unused;
	sim_semaphore_acquire(&permits);
	sim_semaphore_release(&permits, 1);
}

static void work_and_clean_up(void *unused)
{
	(void)unused;
	sim_semaphore_acquire(&permits);
	sim_semaphore_release(&permits, 1); /* the work is done */
	sim_semaphore_release(&permits, 1); /* and cleaned up, but there is nothing left to give back */
}

int main(void)
{
	struct sim_thread orderly, eager;

	sim_thread_init(&orderly, "orderly", work, NULL);
	sim_thread_init(&eager, "eager", work_and_clean_up, NULL);
	sim_thread_start(&orderly);
	sim_thread_start(&eager);
	sim_thread_join(&orderly);
	sim_thread_join(&eager);
	return 0;
}
