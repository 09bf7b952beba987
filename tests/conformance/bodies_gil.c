/* The bodies of the interpreter lock (bodies.h says how they are run). Each starts from zero-filled objects. */
#include "body.h"

static struct sim_gil gil;
static struct sim_thread first, second;
static int counter; /* protected by the lock */

static void count_in_one_instruction(void *unused)
{
	(void)unused;
	assert(sim_gil_acquire(&gil) == SIM_OK);
	counter++;
	assert(sim_gil_tick(&gil) == SIM_OK);
	counter++;
	assert(sim_gil_release(&gil) == SIM_OK);
}

void gil_excludes_others(void)
{
	start(&first, count_in_one_instruction, NULL);
	start(&second, count_in_one_instruction, NULL);
	join(&first);
	join(&second);
	assert(counter == 4);
}

static void count_in_two_instructions(void *unused)
{
	int loaded;

	(void)unused;
	assert(sim_gil_acquire(&gil) == SIM_OK);
	loaded = counter;
	assert(sim_gil_tick(&gil) == SIM_OK);
	counter = loaded + 1;
	assert(sim_gil_release(&gil) == SIM_OK);
}

/* An interval that is never over makes two instructions as good as one. */
void gil_never_switches(void)
{
	sim_gil_init(&gil, "interpreter", SIM_FOREVER);
	start(&first, count_in_two_instructions, NULL);
	start(&second, count_in_two_instructions, NULL);
	join(&first);
	join(&second);
	assert(counter == 2);
}

void gil_interval_set(void)
{
	assert(sim_gil_acquire(&gil) == SIM_OK);
	assert(sim_gil_set_interval(&gil, 1) == SIM_OK);
	assert(sim_gil_tick(&gil) == SIM_OK);
	assert(sim_gil_set_interval(&gil, SIM_FOREVER) == SIM_OK);
	assert(sim_gil_tick(&gil) == SIM_OK);
	assert(sim_gil_release(&gil) == SIM_OK);
	assert(!sim_lock_locked(&gil.lock));
}

void gil_tick_without_it(void)
{
	assert(sim_gil_tick(&gil) == SIM_MISUSE);
}

void gil_release_without_it(void)
{
	assert(sim_gil_release(&gil) == SIM_MISUSE);
}

void gil_interval_negative(void)
{
	assert(sim_gil_acquire(&gil) == SIM_OK);
	assert(sim_gil_set_interval(&gil, -2) == SIM_MISUSE);
}

void gil_acquire_null(void)
{
	assert(sim_gil_acquire(NULL) == SIM_MISUSE);
}
