/* The bodies of time (bodies.h says how they are run). Each starts from zero-filled objects. */
#include "body.h"

static struct sim_condition condition;
static struct sim_thread first;

void time_sleep_advances_the_clock(void)
{
	int64_t before_ns = sim_now(), after_ns;

	sim_sleep(0);
	assert(sim_now() >= before_ns);
	sim_sleep(2 * SIM_NS_PER_MS);
	after_ns = sim_now();
	assert(after_ns - before_ns >= 2 * SIM_NS_PER_MS);
	assert(sim_now() >= after_ns);
}

void time_timeout_advances_the_clock(void)
{
	int64_t before_ns = sim_now();

	assert(sim_condition_acquire(&condition) == SIM_OK);
	assert(sim_lock_acquire_for(&condition.own, SIM_NS_PER_MS) == SIM_TIMEOUT);
	assert(sim_now() - before_ns >= SIM_NS_PER_MS);
	assert(sim_condition_wait_for(&condition, SIM_NS_PER_MS) == SIM_TIMEOUT);
	assert(sim_now() - before_ns >= 2 * SIM_NS_PER_MS);
	assert(sim_condition_release(&condition) == SIM_OK);
}

static void sleep_and_look(void *now_ns)
{
	sim_sleep(SIM_NS_PER_MS);
	*(int64_t *)now_ns = sim_now();
}

void time_after_join_is_later(void)
{
	int64_t before_ns = sim_now(), there_ns = 0;

	start(&first, sleep_and_look, &there_ns);
	join(&first);
	assert(there_ns - before_ns >= SIM_NS_PER_MS);
	assert(sim_now() >= there_ns);
}

void time_sleep_negative(void)
{
	int64_t before_ns = sim_now();

	sim_sleep(SIM_FOREVER);
	assert(sim_now() >= before_ns);
}
