/*
 * A timer calls a function after a while; main waits for it.
 *
 * A timer is a thread that waits and then calls the function, so it can be joined like one. What the function has
 * done is visible after the join, without a lock, and not a moment earlier: that some time has passed orders nothing.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static bool rung; /* written by the timer, read after it has ended */

static void ring(void *unused)
{
	(void)unused;
	rung = true;
}

int main(void)
{
	struct sim_timer alarm;

	sim_timer_init(&alarm, "alarm", 2 * SIM_NS_PER_MS, ring, NULL);
	sim_timer_start(&alarm);
	sim_thread_join(&alarm.thread);
	assert(rung);
	return 0;
}
