/* A daemon thread is cut off when the program ends; the other one is waited for, although nobody joins it. */
#include <stdbool.h>
#include <stdio.h>

#include <simcheck/simcheck.h>

static void serve(void *unused)
{
	(void)unused;
	puts("daemon: starting");
	sim_sleep(2 * SIM_NS_PER_S);
	puts("daemon: exiting");
}

static void work(void *unused)
{
	(void)unused;
	puts("worker: starting");
	sim_sleep(SIM_NS_PER_S);
	puts("worker: exiting");
}

int main(void)
{
	static struct sim_thread daemon, worker;

	sim_thread_init(&daemon, "daemon", serve, NULL);
	sim_thread_set_daemon(&daemon, true);
	sim_thread_init(&worker, "worker", work, NULL);
	sim_thread_start(&daemon);
	sim_thread_start(&worker);
#ifdef JOINED
	sim_thread_join(&daemon);
#endif
	puts("main: exiting");
	return 0;
}
