/* The bodies of the event (bodies.h says how they are run). Each starts from zero-filled objects. */
#include <string.h>

#include "body.h"

static struct sim_event_flag event;
static struct sim_thread first, second;
static int value; /* handed over by the event */

void event_set_and_clear(void)
{
	assert(!sim_event_is_set(&event));
	assert(sim_event_clear(&event) == SIM_OK);
	assert(!sim_event_is_set(&event));
	for (int i = 0; i < 2; i++) {
		assert(sim_event_set(&event) == SIM_OK);
		assert(sim_event_is_set(&event));
	}
	assert(sim_event_clear(&event) == SIM_OK);
	assert(!sim_event_is_set(&event));
}

/* A wait takes nothing away. */
void event_wait_finds_it_set(void)
{
	static const int64_t timeouts[] = { 0, 1, SIM_NS_PER_S, SIM_TIMEOUT_MAX, SIM_FOREVER };

	assert(sim_event_set(&event) == SIM_OK);
	assert(sim_event_wait(&event) == SIM_OK);
	for (size_t i = 0; i < sizeof(timeouts) / sizeof(*timeouts); i++)
		assert(sim_event_wait_for(&event, timeouts[i]) == SIM_OK);
	assert(sim_event_is_set(&event));
}

static void write_and_set(void *unused)
{
	(void)unused;
	value = 7;
	assert(sim_event_set(&event) == SIM_OK);
}

void event_wait_until_set(void)
{
	start(&first, write_and_set, NULL);
	assert(sim_event_wait(&event) == SIM_OK);
	assert(value == 7);
	join(&first);
}

static void wait_and_read(void *unused)
{
	(void)unused;
	assert(sim_event_wait(&event) == SIM_OK);
	assert(value == 7);
}

/* Those who wait already, and those who come later. */
void event_set_wakes_all(void)
{
	start(&first, wait_and_read, NULL);
	start(&second, wait_and_read, NULL);
	write_and_set(NULL);
	join(&first);
	join(&second);
	wait_and_read(NULL);
}

/* Only one of the two is asked for: who finds the event set sees what came before. */
void event_is_set_hands_over(void)
{
	start(&first, write_and_set, NULL);
	if (sim_event_is_set(&event))
		assert(value == 7);
	join(&first);
	assert(sim_event_is_set(&event));
}

static void set(void *unused)
{
	(void)unused;
	assert(sim_event_set(&event) == SIM_OK);
}

/* A turn for each: nobody clears before the other has seen. */
void event_set_and_cleared_in_turn(void)
{
	start(&first, set, NULL);
	assert(sim_event_wait(&event) == SIM_OK);
	assert(sim_event_clear(&event) == SIM_OK);
	join(&first);
	assert(!sim_event_is_set(&event));
	start(&second, set, NULL);
	assert(sim_event_wait(&event) == SIM_OK);
	join(&second);
}

void event_wait_for_runs_out(void)
{
	assert(sim_event_wait_for(&event, SIM_NS_PER_MS) == SIM_TIMEOUT);
	assert(sim_event_wait_for(&event, 0) == SIM_BUSY);
	assert(!sim_event_is_set(&event));
}

/* Whether the set comes in time is open; what each answer means is not. */
void event_wait_for_set_meanwhile(void)
{
	enum sim_status status;

	start(&first, write_and_set, NULL);
	status = sim_event_wait_for(&event, SIM_NS_PER_MS);
	assert(status == SIM_OK || status == SIM_TIMEOUT);
	if (status == SIM_OK)
		assert(value == 7);
	join(&first);
	assert(sim_event_is_set(&event));
}

void event_wait_for_ever(void)
{
	start(&first, set, NULL);
	assert(sim_event_wait_for(&event, SIM_FOREVER) == SIM_OK);
	join(&first);
}

void event_initialised_with_a_name(void)
{
	struct sim_event_flag local;

	memset(&local, 0xff, sizeof(local));
	sim_event_init(&local, "ready");
	assert(strcmp(local.name, "ready") == 0);
	assert(!sim_event_is_set(&local));
	assert(sim_event_set(&local) == SIM_OK);
	assert(sim_event_is_set(&local));
}

/* An event initialised where an earlier one was set is another one, and unset. */
void event_initialised_again(void)
{
	assert(sim_event_set(&event) == SIM_OK);
	sim_event_init(&event, NULL);
	assert(!sim_event_is_set(&event));
}

void event_wait_for_negative(void)
{
	assert(sim_event_wait_for(&event, -2) == SIM_MISUSE);
}

void event_wait_null(void)
{
	assert(sim_event_wait(NULL) == SIM_MISUSE);
}

void event_set_null(void)
{
	assert(sim_event_set(NULL) == SIM_MISUSE);
}
