/*
 * A thread is made a daemon when it has been started already.
 *
 * Whether the program waits for a thread at its end has to be settled before the thread runs: a thread that works
 * already may just be about to be the last one. The call comes too late, and changes nothing.
 *
 * SIMCHECK-EXPECT: misuse daemon-after-start
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
	sim_thread_start(&thread);
	sim_thread_set_daemon(&thread, true);
	sim_thread_join(&thread);
	return 0;
}
