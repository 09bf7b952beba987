/*
 * A timer that is cancelled while it waits: its function may still be called.
 *
 * The interval is long, and main cancels at once, so on real threads the function is never called. But nothing
 * promises that main is that quick: it may be held up for longer than the interval. simcheck tries both orders; a
 * program has to be right in both. What is certain: it is not called after a cancellation that came first, and never
 * twice.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>
#include <stdio.h>

#include <simcheck/simcheck.h>

static int n_calls; /* written by the timers, read after they have ended */

static void call(void *unused)
{
	(void)unused;
	n_calls++;
}

int main(void)
{
	struct sim_timer running, unstarted;

	sim_timer_init(&running, "running", SIM_NS_PER_S, call, NULL);
	sim_timer_start(&running);
	sim_timer_cancel(&running);
	sim_thread_join(&running.thread);
	assert(n_calls <= 1);
	printf(n_calls == 0 ? "cancelled in time\n" : "too late\n");

	n_calls = 0;
	sim_timer_init(&unstarted, "unstarted", SIM_NS_PER_S, call, NULL);
	sim_timer_cancel(&unstarted);
	sim_timer_start(&unstarted);
	sim_thread_join(&unstarted.thread);
	assert(n_calls == 0);
	return 0;
}
