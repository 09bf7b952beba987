/* Timers: a thread that waits for a cancellation, and calls its function when none comes in time. */
#include "facade.h"

static enum sim_status timer_is_null(const char *what)
{
	return facade_misuse("null-argument", what);
}

void sim_timer_run(struct sim_thread *thread)
{
	struct sim_timer *timer = SIM_CONTAINER_OF(thread, struct sim_timer, thread);

	if (sim_event_wait_for(&timer->cancelled, timer->interval_ns) != SIM_OK)
		timer->function(timer->argument);
}

enum sim_status sim_timer_start(struct sim_timer *timer)
{
	if (timer == NULL)
		return timer_is_null("sim_timer_start() was called with NULL instead of a timer");
	if (timer->function == NULL)
		return timer_is_null("sim_timer_start() was called with a timer that has no function to call");
	if (!facade_timeout_valid(timer->interval_ns) || timer->interval_ns == SIM_FOREVER)
		return facade_misuse("bad-timeout", "sim_timer_start() was called with a timer whose interval is out of range");
	return sim_thread_start(&timer->thread);
}

enum sim_status sim_timer_cancel(struct sim_timer *timer)
{
	if (timer == NULL)
		return timer_is_null("sim_timer_cancel() was called with NULL instead of a timer");
	return sim_event_set(&timer->cancelled);
}
