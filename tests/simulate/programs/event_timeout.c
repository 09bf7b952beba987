/* One thread waits for an event as long as it takes, another one for two seconds at a time. It is set after three. */
#include <stdio.h>

#include <simcheck/simcheck.h>

static struct sim_event_flag event;

static void block(void *unused)
{
	(void)unused;
	puts("block: waits");
	sim_event_wait(&event);
	puts("block: the event is set");
}

static void look(void *unused)
{
	(void)unused;
	while (!sim_event_is_set(&event)) {
		puts("look: waits");
		if (sim_event_wait_for(&event, 2 * SIM_NS_PER_S) == SIM_OK)
			puts("look: the event is set");
		else
			puts("look: does other things");
	}
}

int main(void)
{
	struct sim_thread blocked, looking;

	sim_event_init(&event, "event");
	sim_thread_init(&blocked, "block", block, NULL);
	sim_thread_init(&looking, "look", look, NULL);
	sim_thread_start(&blocked);
	sim_thread_start(&looking);
	puts("main: waits before it sets the event");
	sim_sleep(3 * SIM_NS_PER_S);
	sim_event_set(&event);
	puts("main: has set the event");
	sim_thread_join(&blocked);
	sim_thread_join(&looking);
	return 0;
}
