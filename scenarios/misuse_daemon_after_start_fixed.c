/*
 * A thread is made a daemon before it is started.
 *
 * The repaired twin of misuse_daemon_after_start.c.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <stddef.h>

#include <simcheck/simcheck.h>

static void work(void *unused)
{
	(void)unused;
	sim_log("working");
}

int main(void)
{
	struct sim_thread thread;

	sim_thread_init(&thread, "background", work, NULL);
	sim_thread_set_daemon(&thread, true);
	sim_thread_start(&thread);
	sim_thread_join(&thread);
	return 0;
}
