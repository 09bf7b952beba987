/*
 * Results that the operations of simcheck's primitives share, and how a timeout is said.
 *
 * Timeouts are durations in nanoseconds, counted on a clock that never goes back (CLOCK_MONOTONIC on real threads):
 *   SIM_FOREVER   wait as long as it takes;
 *   0             do not wait: a lock or a join that would have to returns SIM_BUSY at once, and a queue SIM_FULL or
 *                 SIM_EMPTY, which it returns when the time ran out as well; a condition still gives up its lock and
 *                 takes it again, and returns SIM_TIMEOUT unless it was notified in between; a barrier breaks, and
 *                 returns SIM_TIMEOUT;
 *   above 0       wait at most about that long, then SIM_TIMEOUT.
 * Every other negative value, and all above SIM_TIMEOUT_MAX, are a misuse ("bad-timeout"). What cannot be reached is cut
 * to the largest time that the clock can show. Under the checker a timeout may end at any point (time semantics "any") or
 * when nothing else can go on ("virtual"); only whether it can end matters there, not its length.
 */
#ifndef SIMCHECK_STATUS_H
#define SIMCHECK_STATUS_H

#include <stdint.h>

/* What an operation came to. 0 is success; everything else says why not. */
enum sim_status {
	SIM_OK = 0,
	SIM_BUSY,    /* a non-blocking attempt that would have had to wait */
	SIM_TIMEOUT, /* the time given ran out first */
	SIM_MISUSE,  /* the call breaks the primitive's rules; see sim_on_misuse() */
	SIM_BROKEN,  /* the barrier is broken */
	SIM_FULL,    /* no room in the queue, now or in the time given */
	SIM_EMPTY,   /* no item in the queue, now or in the time given */
	SIM_FAILED,    /* the task returned an error */
	SIM_CANCELLED, /* the task was cancelled */
	SIM_NOMEM,   /* no resources for another object or thread */
};

/* A timeout that never ends. Timeouts are in nanoseconds; 0 means "do not wait". */
#define SIM_FOREVER INT64_C(-1)

/* The largest timeout, and the longest sleep, as in Python: 2^63 ns, cut to whole seconds; about 292 years. */
#define SIM_TIMEOUT_MAX INT64_C(9223372036000000000)

#endif
