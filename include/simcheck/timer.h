/*
 * Timer: a thread that calls a function after a while, unless it is cancelled before.
 *
 * Semantics: Python's threading.Timer. A timer is a thread, with a name, a daemon flag and a join as any other:
 * sim_thread_join(&timer.thread) waits until the function has returned or the timer was cancelled. Under the checker's
 * time semantics "any" an interval may be over at any point, so that whatever happens meanwhile, a cancellation
 * included, is explored in both orders.
 *
 * Lifetime: from sim_timer_init() until its memory goes away, as of a sim_thread. All functions but sim_timer_init() may
 * be called by any thread at any time.
 */
#ifndef SIMCHECK_TIMER_H
#define SIMCHECK_TIMER_H

#include <stdint.h>
#include <string.h>

#include <simcheck/event.h>
#include <simcheck/status.h>
#include <simcheck/thread.h>

#ifdef __cplusplus
extern "C" {
#endif

/* But for `thread` its parts are the library's. */
struct sim_timer {
	struct sim_thread thread;
	struct sim_event_flag cancelled;
	int64_t interval_ns;
	void (*function)(void *argument);
	void *argument;
};

/* What a timer's thread runs; not for programs to call. */
void sim_timer_run(struct sim_thread *thread);

/*
 * Makes `timer` an unstarted timer that is to call function(argument) `interval_ns` nanoseconds after its start; 0: at
 * once. Its thread is called `name` (not copied; NULL: see sim_thread_name()). A plain write to memory, as
 * sim_thread_init().
 */
static inline void sim_timer_init(struct sim_timer *timer, const char *name, int64_t interval_ns,
	void (*function)(void *argument), void *argument)
{
	memset(timer, 0, sizeof(*timer));
	sim_thread_init_object(&timer->thread, name, sim_timer_run);
	timer->interval_ns = interval_ns;
	timer->function = function;
	timer->argument = argument;
}

/*
 * Starts the timer, once. Returns SIM_OK; SIM_NOMEM; SIM_MISUSE (start-twice; bad-timeout: the interval is negative or
 * above SIM_TIMEOUT_MAX; null-argument: no timer or no function).
 */
enum sim_status sim_timer_start(struct sim_timer *timer);

/*
 * Keeps the timer from calling its function, if it still waits or has not been started. Otherwise, and when called again,
 * changes nothing; it never waits for the function. Returns SIM_OK, or SIM_MISUSE (null-argument).
 */
enum sim_status sim_timer_cancel(struct sim_timer *timer);

#ifdef __cplusplus
}
#endif

#endif
