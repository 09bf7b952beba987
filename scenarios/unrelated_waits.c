/*
 * Two threads wait for ever, for two reasons that have nothing to do with each other.
 *
 * The cook needs a pan, and the last one was never given back. The guest waits until the menu is out, and nobody puts
 * it out. Either would be a mistake of its own; together they make a deadlock that has no single cause, which
 * simcheck calls mixed. The way to read such a report: each line names a thread and what it waits for, so take one
 * after the other, and begin with the one whose help others need.
 *
 * SIMCHECK-EXPECT: deadlock mixed
 */
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_semaphore pans;
static struct sim_event_flag menu_is_out;

static void cook(void *unused)
{
	(void)unused;
	for (int dish = 0; dish < 2; dish++)
		sim_semaphore_acquire(&pans); /* and when does it give one back? */
}

static void eat(void *unused)
{
	(void)unused;
	sim_event_wait(&menu_is_out);
}

int main(void)
{
	struct sim_thread kitchen, guest;

	sim_semaphore_init(&pans, NULL, 1);
	sim_thread_init(&kitchen, "cook", cook, NULL);
	sim_thread_init(&guest, "guest", eat, NULL);
	sim_thread_start(&kitchen);
	sim_thread_start(&guest);
	sim_thread_join(&kitchen);
	sim_thread_join(&guest);
	return 0;
}
