/* Loops that wait for an event by asking again and again. */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_event_flag event;
static struct sim_thread thread;

static void ask_again(void *unused)
{
	(void)unused;
	while (!sim_event_is_set(&event))
		;
}

static void wait_again(void *unused)
{
	(void)unused;
	while (sim_event_wait_for(&event, 1) != SIM_OK)
		;
}

static void wait_twice(void *unused)
{
	(void)unused;
	for (int n = 0; n < 2; n++)
		if (sim_event_wait_for(&event, 1) == SIM_OK)
			break;
}

static void run_beside(void (*function)(void *), int n_sets)
{
	sim_thread_init(&thread, NULL, function, NULL);
	sim_thread_start(&thread);
	for (int i = 0; i < n_sets; i++)
		sim_event_set(&event);
	sim_thread_join(&thread);
}

/* Vain attempts are no events; the one that ends the loop comes after the set: 1 class. */
void asked_until_set(void)
{
	run_beside(ask_again, 1);
}

void waited_for_until_set(void)
{
	run_beside(wait_again, 1);
}

/* With a second set the successful attempt comes before or after it: 2 classes. */
void waited_for_until_set_twice(void)
{
	run_beside(wait_again, 2);
}

/* Attempts that are counted are different ones: the set comes before the first, before the second, or after it. 3 classes. */
void waited_for_at_most_twice(void)
{
	run_beside(wait_twice, 1);
}

/* 1 class, in which the thread never goes on. */
void asked_in_vain(void)
{
	run_beside(ask_again, 0);
}

void waited_for_in_vain(void)
{
	run_beside(wait_again, 0);
}

static int value;

static void write_and_set(void *unused)
{
	(void)unused;
	value = 7;
	sim_event_set(&event);
}

/* Only who finds the event set may rely on what came before; here the value is read in any case. 1 class with the wait after
 * the set, 2 with the wait before it, where the read comes before the write or after. */
void read_after_a_timeout(void)
{
	sim_thread_init(&thread, NULL, write_and_set, NULL);
	sim_thread_start(&thread);
	sim_event_wait_for(&event, 1);
	assert(value == 0 || value == 7);
	sim_thread_join(&thread);
}
