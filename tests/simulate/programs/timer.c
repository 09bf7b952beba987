/* Two timers: one is cancelled while it still waits, the other fires. */
#include <stdio.h>

#include <simcheck/simcheck.h>

static void fire(void *name)
{
	printf("%s after %.1f s\n", (const char *)name, (double)sim_now() / SIM_NS_PER_S);
}

int main(void)
{
	struct sim_timer first, second;

	sim_timer_init(&first, "first", 3 * SIM_NS_PER_S, fire, "first");
	sim_timer_init(&second, "second", 3 * SIM_NS_PER_S, fire, "second");
	sim_timer_start(&first);
	sim_timer_start(&second);
	sim_sleep(2 * SIM_NS_PER_S);
	puts("cancelling the second");
	sim_timer_cancel(&second);
	sim_thread_join(&second.thread);
	printf("the second has ended after %.1f s\n", (double)sim_now() / SIM_NS_PER_S);
	sim_thread_join(&first.thread);
	return 0;
}
