/*
 * Semaphore: a number of permits, which are acquired and released one by one.
 *
 * Semantics: Python's threading.Semaphore and threading.BoundedSemaphore. A semaphore begins with an initial value and
 * belongs to nobody: a thread may release what it never acquired. Acquiring waits until the value is above 0 and takes
 * 1 off it; releasing adds to it. When several threads wait, a release of n lets n of them proceed; which is not
 * specified, and the checker tries each. A bounded semaphore refuses to be released above its initial value, which
 * tells that somebody gave back more than was taken. Unlike POSIX, an unbounded one has no largest value, and its value
 * cannot be asked for: it would be out of date when the answer comes.
 *
 * What was written before a release is visible after every acquisition that comes later; a failed attempt makes nothing
 * visible.
 *
 * Lifetime: from initialisation until the memory goes away; there is nothing to release. The memory must stay valid,
 * and at its address, while any thread uses the semaphore, and `initial` and `bounded` must not be changed. All
 * functions but the two that initialise may be called by any thread at any time.
 */
#ifndef SIMCHECK_SEMAPHORE_H
#define SIMCHECK_SEMAPHORE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <simcheck/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A zero-filled one is ready for use, has the value 0 and is not bounded; so is `{.initial = 3}`, with the value 3. */
struct sim_semaphore {
	const char *name; /* NULL: named after the variable */
	int initial;      /* its value before any operation; not below 0 */
	bool bounded;     /* whether a release above the initial value is a misuse */
	uint64_t opaque[16];
};

/*
 * Whether the semaphore is one: SIM_OK, or SIM_MISUSE (negative-value, null-argument). Everything below asks this first;
 * to be called for a semaphore whose fields were set by hand. Any thread, any time.
 */
enum sim_status sim_semaphore_check(const struct sim_semaphore *semaphore);

/*
 * Makes `semaphore` a semaphore called `name` (not copied: it must live as long as the semaphore; NULL: named after the
 * variable) with the value `initial`. A plain write to memory, compiled into the caller so that the checker sees it as
 * one: nobody may use the semaphore at the same time, and an earlier semaphore at the same place is forgotten, waiting
 * threads and all. Returns what sim_semaphore_check() says.
 */
static inline enum sim_status sim_semaphore_init(struct sim_semaphore *semaphore, const char *name, int initial)
{
	memset(semaphore, 0, sizeof(*semaphore));
	semaphore->name = name;
	semaphore->initial = initial;
	return initial < 0 ? sim_semaphore_check(semaphore) : SIM_OK;
}

/* The same for a bounded semaphore. */
static inline enum sim_status sim_semaphore_init_bounded(struct sim_semaphore *semaphore, const char *name, int initial)
{
	enum sim_status status = sim_semaphore_init(semaphore, name, initial);

	semaphore->bounded = true;
	return status;
}

/* Waits until the value is above 0 and takes 1 off it. Returns SIM_OK, or SIM_MISUSE (null-argument, negative-value). */
enum sim_status sim_semaphore_acquire(struct sim_semaphore *semaphore);

/*
 * Takes 1 off the value if it is above 0; never waits. Returns whether it did (false also after a misuse: null-argument,
 * negative-value).
 */
bool sim_semaphore_try_acquire(struct sim_semaphore *semaphore);

/*
 * As sim_semaphore_acquire(), for at most `timeout_ns` nanoseconds or SIM_FOREVER. Returns SIM_OK; SIM_TIMEOUT when the
 * time ran out and nothing was taken, SIM_BUSY instead if the timeout was 0; SIM_MISUSE (null-argument, negative-value,
 * bad-timeout). From a value above 0 something is always taken, whatever the timeout.
 */
enum sim_status sim_semaphore_acquire_for(struct sim_semaphore *semaphore, int64_t timeout_ns);

/*
 * Adds `n` to the value, as one step. Never waits. Returns SIM_OK, or SIM_MISUSE with nothing changed (release-above-
 * initial, of a bounded semaphore; bad-count, if n is below 1; null-argument, negative-value).
 */
enum sim_status sim_semaphore_release(struct sim_semaphore *semaphore, int n);

#ifdef __cplusplus
}
#endif

#endif
