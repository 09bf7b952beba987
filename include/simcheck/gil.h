/*
 * GIL: a global interpreter lock, held around code that an interpreter executes.
 *
 * Semantics: CPython's. One thread executes at a time; between two instructions it gives the lock to others once it has
 * had it for the switch interval. This is why `n = n + 1` is not atomic there, although only one thread runs: the load
 * and the store are two instructions.
 *
 *	sim_gil_acquire(&gil);
 *	loaded = n;
 *	sim_gil_tick(&gil);     an instruction ends here
 *	n = loaded + 1;
 *	sim_gil_release(&gil);
 *
 * Under the checker an interval may be over at any tick, and a tick is a release and an acquire: what others do in
 * between, if anything, is explored. There is no data race, since all accesses are made under the lock.
 *
 * Lifetime: from zero-filling or sim_gil_init() until the memory goes away; there is nothing to release. The memory must
 * stay valid, and at its address, while any thread uses it. All functions but sim_gil_init() may be called by any
 * thread at any time.
 */
#ifndef SIMCHECK_GIL_H
#define SIMCHECK_GIL_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <simcheck/lock.h>
#include <simcheck/status.h>
#include <simcheck/time.h>

#ifdef __cplusplus
extern "C" {
#endif

/* CPython's own switch interval: 5 ms. */
#define SIM_GIL_INTERVAL (5 * SIM_NS_PER_MS)

/* A zero-filled one is free, with the interval SIM_GIL_INTERVAL. The parts are the library's; the name is lock.name. */
struct sim_gil {
	struct sim_lock lock;
	int64_t interval_ns; /* 0: SIM_GIL_INTERVAL */
	int64_t since_ns;    /* when its owner took it */
};

/*
 * Makes `gil` a free one called `name` (not copied; NULL: named after the variable), with a switch interval of
 * `interval_ns` nanoseconds; 0: SIM_GIL_INTERVAL, SIM_FOREVER: ticks never switch. A plain write to memory, as
 * sim_lock_init().
 */
static inline void sim_gil_init(struct sim_gil *gil, const char *name, int64_t interval_ns)
{
	memset(gil, 0, sizeof(*gil));
	gil->lock.name = name;
	gil->interval_ns = interval_ns;
}

/* Waits until nobody executes, and takes the lock. It is not re-entrant. Returns SIM_OK, or SIM_MISUSE (null-argument). */
enum sim_status sim_gil_acquire(struct sim_gil *gil);

/*
 * Gives the lock back, as CPython does around calls that wait. Returns SIM_OK, or SIM_MISUSE (release-not-owner,
 * null-argument).
 */
enum sim_status sim_gil_release(struct sim_gil *gil);

/*
 * An instruction has ended: lets others execute, if the switch interval is over. Returns SIM_OK, with the lock held, or
 * SIM_MISUSE (release-not-owner, null-argument; bad-timeout: the interval is none).
 */
enum sim_status sim_gil_tick(struct sim_gil *gil);

/* Sets the switch interval, as sim_gil_init(), between two instructions. Returns as sim_gil_tick(). */
enum sim_status sim_gil_set_interval(struct sim_gil *gil, int64_t interval_ns);

#ifdef __cplusplus
}
#endif

#endif
