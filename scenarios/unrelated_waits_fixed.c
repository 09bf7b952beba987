/*
 * The cook gives its pan back, and somebody puts the menu out.
 *
 * The repaired twin of unrelated_waits.c: two mistakes, two repairs.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_semaphore pans;
static struct sim_event_flag menu_is_out;

static void cook(void *unused)
{
	(void)unused;
	for (int dish = 0; dish < 2; dish++) {
		sim_semaphore_acquire(&pans);
		sim_semaphore_release(&pans, 1);
	}
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
	sim_event_set(&menu_is_out);
	sim_thread_join(&kitchen);
	sim_thread_join(&guest);
	return 0;
}
