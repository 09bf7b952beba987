/*
 * Two threads, one of which waits for the end of the other.
 *
 * The repaired twin of join_each_other.c: the waiter leaves when its work is done, whatever the kitchen does. When
 * threads join only those that they have started, there can be no cycle.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_thread cook, waiter;
static int n_served; /* written by waiter, read after its end */

static void serve(void *unused)
{
	(void)unused;
	n_served++;
}

static void run_kitchen(void *unused)
{
	(void)unused;
	sim_thread_init(&waiter, "waiter", serve, NULL);
	sim_thread_start(&waiter);
	sim_thread_join(&waiter); /* until the waiter has left */
	assert(n_served == 1);
}

int main(void)
{
	sim_thread_init(&cook, "cook", run_kitchen, NULL);
	sim_thread_start(&cook);
	sim_thread_join(&cook);
	return 0;
}
