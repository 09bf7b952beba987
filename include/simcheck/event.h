/*
 * Event: a flag that threads wait for.
 *
 * Semantics: Python's threading.Event. The flag begins unset. Setting it lets all threads proceed that wait for it then,
 * also if it is cleared again before they run; whoever comes while it is set does not wait. Unlike a notification of a
 * condition, a set flag stays set until somebody clears it: that is why a set that nobody waits for yet is not lost, and
 * why one that is cleared too early is.
 *
 * What was written before the flag was set is visible after every wait that finds it set, and after every
 * sim_event_is_set() that returns true; a wait that runs out of time makes nothing visible.
 *
 * The type is called an event flag: an event, in this project, is one operation of one execution.
 *
 * Lifetime: from zero-filling or sim_event_init() until the memory goes away; there is nothing to release. The memory
 * must stay valid, and at its address, while any thread uses the event. All functions but sim_event_init() may be
 * called by any thread at any time.
 */
#ifndef SIMCHECK_EVENT_H
#define SIMCHECK_EVENT_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <simcheck/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A zero-filled one is unset and ready for use; it is named after the variable that it is, or by `name`. */
struct sim_event_flag {
	const char *name; /* NULL: named after the variable */
	uint64_t opaque[16];
};

/*
 * Makes `event` an unset event called `name` (not copied: it must live as long as the event; NULL: named after the
 * variable). A plain write to memory, compiled into the caller so that the checker sees it as one: nobody may use the
 * event at the same time, and an earlier event at the same place is forgotten, waiting threads and all.
 */
static inline void sim_event_init(struct sim_event_flag *event, const char *name)
{
	memset(event, 0, sizeof(*event));
	event->name = name;
}

/* Sets the flag and wakes all threads that wait for it. Returns SIM_OK, or SIM_MISUSE (null-argument). Never waits. */
enum sim_status sim_event_set(struct sim_event_flag *event);

/* Clears the flag. Returns SIM_OK, or SIM_MISUSE (null-argument). Never waits. */
enum sim_status sim_event_clear(struct sim_event_flag *event);

/*
 * Whether the flag was set at the moment of the call; it may be out of date when the call returns. False after a misuse
 * (null-argument).
 */
bool sim_event_is_set(struct sim_event_flag *event);

/* Waits until the flag is set. Returns SIM_OK, or SIM_MISUSE (null-argument). */
enum sim_status sim_event_wait(struct sim_event_flag *event);

/*
 * As sim_event_wait(), for at most `timeout_ns` nanoseconds or SIM_FOREVER. Returns SIM_OK when the flag was set;
 * SIM_TIMEOUT when the time ran out first, SIM_BUSY instead if the timeout was 0; SIM_MISUSE (null-argument,
 * bad-timeout). Whoever finds the flag set returns SIM_OK, whatever the timeout.
 */
enum sim_status sim_event_wait_for(struct sim_event_flag *event, int64_t timeout_ns);

#ifdef __cplusplus
}
#endif

#endif
