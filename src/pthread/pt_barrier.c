/*
 * Barrier on real threads: a list of those who have arrived.
 *
 * How a round ended is noted with each thread of it: the next round may begin before all have looked.
 */
#include <assert.h>

#include "pt.h"

/* One that waits. Lifetime: one wait, on the stack of its thread; in the list until its round is over. */
struct pt_party {
	struct pt_party *next;
	bool is_over, is_broken;
};

/* In sim_barrier.opaque; all zero: nobody waits, not broken. Lifetime: as long as the barrier. */
struct PT_IN_OPAQUE pt_barrier {
	struct pt_gate gate;      /* `changed` is broadcast whenever a round is over */
	struct pt_party *waiting; /* those of the present round */
	int n_waiting;
	bool is_broken;
	bool is_full; /* the last of the round runs the action */
};

static_assert(sizeof(struct pt_barrier) <= sizeof(((struct sim_barrier *)0)->opaque), "fits in its opaque words");

static struct pt_barrier *pt_barrier_enter(struct sim_barrier *barrier)
{
	struct pt_barrier *state = (struct pt_barrier *)barrier->opaque;

	pt_gate_prepare(&state->gate);
	pthread_mutex_lock(&state->gate.guard);
	return state;
}

static void pt_barrier_leave(struct pt_barrier *state)
{
	pthread_mutex_unlock(&state->gate.guard);
}

/* Ends the present round. */
static void pt_barrier_finish(struct pt_barrier *state, bool is_broken)
{
	for (struct pt_party *party = state->waiting; party != NULL; party = party->next) {
		party->is_over = true;
		party->is_broken = is_broken;
	}
	state->waiting = NULL;
	state->n_waiting = 0;
	state->is_full = false;
	pthread_cond_broadcast(&state->gate.changed);
}

/* The last of the round: the action runs without the guard. */
static void pt_barrier_complete(struct sim_barrier *barrier, struct pt_barrier *state, const struct pt_party *self)
{
	if (barrier->action != NULL) {
		state->is_full = true;
		pt_barrier_leave(state);
		barrier->action(barrier->argument);
		pt_barrier_enter(barrier);
	}
	if (!self->is_over)
		pt_barrier_finish(state, false);
}

/* All but the last. Returns whether the time ran out. */
static bool pt_barrier_await(struct pt_barrier *state, const struct pt_party *self, const struct pt_deadline *deadline)
{
	const struct pt_deadline never = { .forever = true };
	bool in_time = true;

	while (!self->is_over && (in_time || state->is_full))
		in_time = pt_gate_wait(&state->gate, state->is_full ? &never : deadline);
	if (self->is_over)
		return false;
	state->is_broken = true;
	pt_barrier_finish(state, true);
	return true;
}

/* A wait; *index is how many of the round came before. */
static enum sim_status pt_barrier_meet(struct sim_barrier *barrier, int64_t timeout_ns, int *index)
{
	struct pt_deadline deadline = pt_deadline_after(timeout_ns);
	struct pt_barrier *state = pt_barrier_enter(barrier);
	struct pt_party self = { .is_over = false };
	bool timed_out = false;

	while (state->is_full)
		pthread_cond_wait(&state->gate.changed, &state->gate.guard);
	if (state->is_broken) {
		pt_barrier_leave(state);
		return SIM_BROKEN;
	}
	*index = state->n_waiting++;
	self.next = state->waiting;
	state->waiting = &self;
	if (state->n_waiting >= barrier->parties)
		pt_barrier_complete(barrier, state, &self);
	else
		timed_out = pt_barrier_await(state, &self, &deadline);
	pt_barrier_leave(state);
	if (self.is_broken)
		return timed_out ? SIM_TIMEOUT : SIM_BROKEN;
	return SIM_OK;
}

enum sim_status pt_barrier_wait(struct sim_barrier *barrier, int64_t timeout_ns, int *index)
{
	int n_before;
	enum sim_status status = pt_barrier_meet(barrier, timeout_ns, &n_before);

	if (index != NULL)
		*index = status == SIM_OK ? n_before : -1;
	return status;
}

enum sim_status pt_barrier_abort(struct sim_barrier *barrier)
{
	struct pt_barrier *state = pt_barrier_enter(barrier);

	state->is_broken = true;
	pt_barrier_finish(state, true);
	pt_barrier_leave(state);
	return SIM_OK;
}

enum sim_status pt_barrier_reset(struct sim_barrier *barrier)
{
	struct pt_barrier *state = pt_barrier_enter(barrier);

	state->is_broken = false;
	pt_barrier_finish(state, true);
	pt_barrier_leave(state);
	return SIM_OK;
}

int pt_barrier_n_waiting(struct sim_barrier *barrier)
{
	struct pt_barrier *state = pt_barrier_enter(barrier);
	int n = state->n_waiting;

	pt_barrier_leave(state);
	return n;
}

bool pt_barrier_broken(struct sim_barrier *barrier)
{
	struct pt_barrier *state = pt_barrier_enter(barrier);
	bool is_broken = state->is_broken;

	pt_barrier_leave(state);
	return is_broken;
}
