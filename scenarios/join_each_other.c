/*
 * Two threads, each of which waits for the end of the other.
 *
 * The cook starts the waiter, and does not close the kitchen before the waiter has left. The waiter does not leave
 * before the kitchen is closed. A thread that waits has not ended, so both wait for ever, whatever the order. To join
 * a thread is like acquiring a lock that the thread holds for all its life, and a cycle of joins is a deadlock as a
 * cycle of locks is.
 *
 * SIMCHECK-EXPECT: deadlock join-cycle
 */
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_thread cook, waiter;

static void serve(void *unused)
{
	(void)unused;
	sim_thread_join(&cook); /* until the kitchen is closed */
}

static void run_kitchen(void *unused)
{
	(void)unused;
	sim_thread_init(&waiter, "waiter", serve, NULL);
	sim_thread_start(&waiter);
	sim_thread_join(&waiter); /* until the waiter has left */
}

int main(void)
{
	sim_thread_init(&cook, "cook", run_kitchen, NULL);
	sim_thread_start(&cook);
	sim_thread_join(&cook);
	return 0;
}
