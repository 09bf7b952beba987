/* A join gives up while the thread lives on; another one sees its end. Where a join ends in the moment in which the
 * thread does, the thread that has waited longer goes first. */
#include <stdio.h>

#include <simcheck/simcheck.h>

static void work(void *unused)
{
	(void)unused;
	puts("worker: starting");
	sim_sleep(2 * SIM_NS_PER_S);
	puts("worker: exiting");
}

static void wait_for(struct sim_thread *thread, int64_t ns)
{
	const char *said = sim_thread_join_for(thread, ns) == SIM_OK ? "joined" : "gave up";

	printf("%s after %.1f s, worker is %s\n", said, (double)sim_now() / SIM_NS_PER_S,
	       sim_thread_is_alive(thread) ? "alive" : "not alive");
}

int main(void)
{
	struct sim_thread worker;

	sim_thread_init(&worker, "worker", work, NULL);
	sim_thread_start(&worker);
	wait_for(&worker, SIM_NS_PER_S / 2);
	wait_for(&worker, 0);
	wait_for(&worker, SIM_NS_PER_S);
	wait_for(&worker, SIM_NS_PER_S);
	return 0;
}
