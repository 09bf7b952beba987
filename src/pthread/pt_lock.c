/*
 * Lock on real threads: an owner word, guarded by a mutex that is never held for long.
 *
 * A pthread mutex alone cannot be a sim_lock: another thread may release it, taking it twice blocks, and a timeout
 * counts on CLOCK_MONOTONIC.
 */
#include <assert.h>

#include "pt.h"

static_assert(sizeof(struct pt_lock) <= sizeof(((struct sim_lock *)0)->opaque), "a lock fits in its opaque words");


struct pt_lock *pt_lock_state(struct sim_lock *lock)
{
	struct pt_lock *state = (struct pt_lock *)lock->opaque;

	pt_gate_prepare(&state->gate);
	return state;
}

bool pt_lock_take(struct pt_lock *state, const struct pt_deadline *deadline)
{
	bool in_time = true;

	/* A waiter whose time runs out looks once more: it may be the one whom the last release has signalled. */
	while (state->owner != 0 && in_time)
		in_time = pt_gate_wait(&state->gate, deadline);
	if (state->owner != 0)
		return false;
	state->owner = pt_self();
	return true;
}

void pt_lock_free(struct pt_lock *state)
{
	state->owner = 0;
	pthread_cond_signal(&state->gate.changed);
}

enum sim_status pt_lock_acquire(struct sim_lock *lock, int64_t timeout_ns)
{
	struct pt_lock *state = pt_lock_state(lock);
	struct pt_deadline deadline;
	bool taken;

	pthread_mutex_lock(&state->gate.guard);
	if (timeout_ns == 0 && state->owner != 0) {
		pthread_mutex_unlock(&state->gate.guard);
		return SIM_BUSY;
	}
	deadline = pt_deadline_after(timeout_ns);
	taken = pt_lock_take(state, &deadline);
	pthread_mutex_unlock(&state->gate.guard);
	return taken ? SIM_OK : SIM_TIMEOUT;
}

enum sim_status pt_lock_release(struct sim_lock *lock)
{
	struct pt_lock *state = pt_lock_state(lock);
	bool held;

	pthread_mutex_lock(&state->gate.guard);
	held = state->owner != 0;
	if (held)
		pt_lock_free(state);
	pthread_mutex_unlock(&state->gate.guard);
	if (held)
		return SIM_OK;
	pt_misuse("release-unlocked", "a lock was released that nobody holds");
	return SIM_MISUSE;
}

bool pt_lock_locked(struct sim_lock *lock)
{
	struct pt_lock *state = pt_lock_state(lock);
	bool held;

	pthread_mutex_lock(&state->gate.guard);
	held = state->owner != 0;
	pthread_mutex_unlock(&state->gate.guard);
	return held;
}

bool pt_lock_is_mine(struct sim_lock *lock)
{
	struct pt_lock *state = pt_lock_state(lock);
	bool mine;

	pthread_mutex_lock(&state->gate.guard);
	mine = state->owner == pt_self();
	pthread_mutex_unlock(&state->gate.guard);
	return mine;
}
