/*
 * A daemon is cut off where it is when the program ends.
 *
 * The daemon prints, sleeps, and prints again. The program ends when main and the other thread have ended; it does
 * not wait for the daemon, which gets to its second line in some executions and in others not even to its first. That
 * is no error, and not a deadlock either, though a thread remains that has not ended.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <stdbool.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static void work_in_the_background(void *unused)
{
	(void)unused;
	sim_log("starting");
	sim_sleep(5 * SIM_NS_PER_MS);
	sim_log("exiting");
}

static void work(void *unused)
{
	(void)unused;
	sim_log("starting");
	sim_log("exiting");
}

int main(void)
{
	static struct sim_thread daemon, worker; /* they outlive main */

	sim_thread_init(&daemon, "daemon", work_in_the_background, NULL);
	sim_thread_set_daemon(&daemon, true);
	sim_thread_init(&worker, "worker", work, NULL);
	sim_thread_start(&daemon);
	sim_thread_start(&worker);
	return 0;
}
