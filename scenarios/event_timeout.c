/*
 * Waiting for an event in portions: a wait with a timeout, again and again while the event is unset.
 *
 * The worker waits for the event, but never longer than a tenth of a second at a time, so that it could look after
 * something else in between. The result of the wait says which of the two happened: the event was set, or time ran out.
 * It is the result that counts - a worker that took every return of the wait for good news would go on too early.
 *
 * Under the checker a timeout may come at any point, however long it is, so the worker may run out of time any number
 * of times; yet it ends, because the event is set some day.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_event_flag ready;
static bool prepared; /* read when `ready` is set */

static void work(void *unused)
{
	(void)unused;
	while (sim_event_wait_for(&ready, SIM_NS_PER_S / 10) == SIM_TIMEOUT)
		;
	assert(prepared);
}

int main(void)
{
	struct sim_thread worker;

	sim_thread_init(&worker, "worker", work, NULL);
	sim_thread_start(&worker);
	sim_sleep(SIM_NS_PER_S / 4);
	prepared = true;
	sim_event_set(&ready);
	sim_thread_join(&worker);
	return 0;
}
