/*
 * The work is done twice, by two threads.
 *
 * The repaired twin of misuse_start_twice.c. After its end a sim_thread can be made anew, and is another thread then.
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

	for (int i = 0; i < 2; i++) {
		sim_thread_init(&thread, "worker", work, NULL);
		sim_thread_start(&thread);
		sim_thread_join(&thread);
	}
	return 0;
}
