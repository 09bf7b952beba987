/*
 * Barrier: a fixed number of threads wait for each other, and then go on together.
 *
 * Semantics: Python's threading.Barrier. The barrier is used again as often as one likes: the thread that completes a
 * round begins the next one by letting the others go. An abort breaks the barrier: whoever waits, and whoever comes
 * after, is told so, until a reset. So does a wait whose time runs out.
 *
 * It differs from Python in three ways. A round that is complete stays so: an abort or a reset no longer breaks it for
 * threads that have not returned from it yet. The thread whose time ran out is told SIM_TIMEOUT, only the others
 * SIM_BROKEN. And an action that fails has to say so itself, by calling sim_barrier_abort().
 *
 * What a thread wrote before its wait is visible to all threads of the round after theirs, and to its action; what the
 * action wrote is visible to them as well. What was written before an abort or a reset is visible to those who are told
 * SIM_BROKEN because of it.
 *
 * Lifetime: from sim_barrier_init(), or an initialiser like { .parties = 3 }, until the memory goes away; there is
 * nothing to release. The memory must stay valid, and at its address, while any thread uses the barrier. All functions
 * but sim_barrier_init() may be called by any thread at any time.
 */
#ifndef SIMCHECK_BARRIER_H
#define SIMCHECK_BARRIER_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <simcheck/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Ready for use as soon as it has its number of parties. */
struct sim_barrier {
	const char *name;       /* NULL: named after the variable */
	int parties;            /* how many threads make a round: at least 1; not to be changed while in use */
	void (*action)(void *); /* called with `argument` once per round; NULL: none */
	void *argument;
	uint64_t opaque[20];
};

/*
 * Makes `barrier` one for `parties` threads, called `name` (not copied: it must live as long as the barrier; NULL: named
 * after the variable). Once all of a round have arrived the last of them calls action(argument), if there is one; the
 * others wait until it has returned. A plain write to memory, compiled into the caller so that the checker sees it as
 * one: nobody may use the barrier at the same time, and threads waiting at an earlier one are forgotten.
 */
static inline void sim_barrier_init(struct sim_barrier *barrier, const char *name, int parties,
	void (*action)(void *), void *argument)
{
	memset(barrier, 0, sizeof(*barrier));
	barrier->name = name;
	barrier->parties = parties;
	barrier->action = action;
	barrier->argument = argument;
}

/*
 * Waits until `parties` threads, the caller included, have called it, and the action has returned. Returns
 *   SIM_OK      the round is complete;
 *   SIM_BROKEN  the barrier is broken, or was while the caller waited;
 *   SIM_MISUSE  null-argument, or bad-parties: the barrier is one for fewer than 1.
 * `*index` becomes how many threads of the round came before, 0 .. parties - 1, if the round is complete, and -1 if not;
 * NULL: who cares. While an action runs, a thread of the next round waits for its end first.
 */
enum sim_status sim_barrier_wait(struct sim_barrier *barrier, int *index);

/*
 * As sim_barrier_wait(), for at most `timeout_ns` nanoseconds (or SIM_FOREVER) from the call until the last thread of the
 * round arrives. When the time runs out first, the barrier is broken, and this returns SIM_TIMEOUT, with a timeout of 0
 * as well. SIM_MISUSE also for bad-timeout.
 */
enum sim_status sim_barrier_wait_for(struct sim_barrier *barrier, int64_t timeout_ns, int *index);

/*
 * Breaks the barrier: all who wait, and all who come before the next reset, are told SIM_BROKEN. A round that waits for
 * its action is not complete. Returns SIM_OK, or SIM_MISUSE (null-argument). Never waits.
 */
enum sim_status sim_barrier_abort(struct sim_barrier *barrier);

/*
 * Makes the barrier as it was in the beginning: empty, and not broken. Those who wait are told SIM_BROKEN. Returns
 * SIM_OK, or SIM_MISUSE (null-argument). Never waits.
 */
enum sim_status sim_barrier_reset(struct sim_barrier *barrier);

/*
 * How many threads were waiting at the moment of the call, the one that runs the action included; it may be out of date
 * when the call returns. 0 after a misuse (null-argument).
 */
int sim_barrier_n_waiting(struct sim_barrier *barrier);

/* Whether the barrier was broken at the moment of the call. False after a misuse (null-argument). */
bool sim_barrier_broken(struct sim_barrier *barrier);

#ifdef __cplusplus
}
#endif

#endif
