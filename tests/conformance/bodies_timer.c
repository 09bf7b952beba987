/* The bodies of the timer (bodies.h says how they are run). Each starts from zero-filled objects. */
#include "body.h"

static struct sim_timer timer;
static int counter; /* ordered by starts and joins */

static void count(void *by)
{
	counter += *(int *)by;
}

static int ten = 10;

void timer_fires(void)
{
	sim_timer_init(&timer, "timer", SIM_NS_PER_MS, count, &ten);
	assert(sim_timer_start(&timer) == SIM_OK);
	join(&timer.thread);
	assert(counter == 10);
	assert(!sim_thread_is_alive(&timer.thread));
}

void timer_fires_at_once(void)
{
	sim_timer_init(&timer, NULL, 0, count, &ten);
	assert(sim_timer_start(&timer) == SIM_OK);
	join(&timer.thread);
	assert(counter == 10);
}

void timer_cancelled_before_its_start(void)
{
	sim_timer_init(&timer, NULL, 0, count, &ten);
	assert(sim_timer_cancel(&timer) == SIM_OK);
	assert(sim_timer_start(&timer) == SIM_OK);
	join(&timer.thread);
	assert(counter == 0);
}

void timer_cancelled_in_time_or_not(void)
{
	sim_timer_init(&timer, NULL, SIM_NS_PER_MS, count, &ten);
	assert(sim_timer_start(&timer) == SIM_OK);
	assert(sim_timer_cancel(&timer) == SIM_OK);
	assert(sim_timer_cancel(&timer) == SIM_OK);
	join(&timer.thread);
	assert(counter == 0 || counter == 10);
}

void timer_cancelled_too_late(void)
{
	sim_timer_init(&timer, NULL, SIM_NS_PER_MS, count, &ten);
	assert(sim_timer_start(&timer) == SIM_OK);
	join(&timer.thread);
	assert(sim_timer_cancel(&timer) == SIM_OK);
	assert(counter == 10);
}

static void keep_now(void *now_ns)
{
	*(int64_t *)now_ns = sim_now();
}

void timer_does_not_fire_early(void)
{
	int64_t before_ns = sim_now(), fired_ns = 0;

	sim_timer_init(&timer, NULL, 2 * SIM_NS_PER_MS, keep_now, &fired_ns);
	assert(sim_timer_start(&timer) == SIM_OK);
	join(&timer.thread);
	assert(fired_ns - before_ns >= 2 * SIM_NS_PER_MS);
}

void timer_started_twice(void)
{
	sim_timer_init(&timer, NULL, 0, count, &ten);
	assert(sim_timer_start(&timer) == SIM_OK);
	assert(sim_timer_start(&timer) == SIM_MISUSE);
}

void timer_interval_negative(void)
{
	sim_timer_init(&timer, NULL, SIM_FOREVER, count, &ten);
	assert(sim_timer_start(&timer) == SIM_MISUSE);
}

void timer_without_function(void)
{
	sim_timer_init(&timer, NULL, 0, NULL, NULL);
	assert(sim_timer_start(&timer) == SIM_MISUSE);
}
