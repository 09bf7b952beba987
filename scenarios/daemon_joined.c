/*
 * A daemon that main joins finishes its work.
 *
 * The program does not wait for a daemon at its end, but main may. After the join the daemon has printed both of its
 * lines, and what it has written is there.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static bool finished; /* written by the daemon, read after it was joined */

static void work_in_the_background(void *unused)
{
	(void)unused;
	sim_log("starting");
	sim_sleep(5 * SIM_NS_PER_MS);
	finished = true;
	sim_log("exiting");
}

int main(void)
{
	struct sim_thread daemon;

	sim_thread_init(&daemon, "daemon", work_in_the_background, NULL);
	sim_thread_set_daemon(&daemon, true);
	sim_thread_start(&daemon);
	sim_thread_join(&daemon);
	assert(finished);
	return 0;
}
