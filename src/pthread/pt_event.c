/*
 * Event on real threads: a flag, guarded by a mutex that is never held for long.
 *
 * A set wakes those who wait at that moment even if the flag is cleared before they run, so each of them looks at how
 * often the flag has been set.
 */
#include <assert.h>

#include "pt.h"

/* In sim_event_flag.opaque; all zero: unset and never used. Lifetime: from the first use until the memory goes away. */
struct PT_IN_OPAQUE pt_event {
	struct pt_gate gate; /* broadcast at each set */
	uint64_t n_sets;
	uint64_t is_set;
};

static_assert(sizeof(struct pt_event) <= sizeof(((struct sim_event_flag *)0)->opaque),
	"an event fits in its opaque words");

static struct pt_event *pt_event_state(struct sim_event_flag *event)
{
	struct pt_event *state = (struct pt_event *)event->opaque;

	pt_gate_prepare(&state->gate);
	return state;
}

void pt_event_set(struct sim_event_flag *event)
{
	struct pt_event *state = pt_event_state(event);

	pthread_mutex_lock(&state->gate.guard);
	state->is_set = 1;
	state->n_sets++;
	pthread_cond_broadcast(&state->gate.changed);
	pthread_mutex_unlock(&state->gate.guard);
}

void pt_event_clear(struct sim_event_flag *event)
{
	struct pt_event *state = pt_event_state(event);

	pthread_mutex_lock(&state->gate.guard);
	state->is_set = 0;
	pthread_mutex_unlock(&state->gate.guard);
}

bool pt_event_is_set(struct sim_event_flag *event)
{
	struct pt_event *state = pt_event_state(event);
	bool is_set;

	pthread_mutex_lock(&state->gate.guard);
	is_set = state->is_set;
	pthread_mutex_unlock(&state->gate.guard);
	return is_set;
}

enum sim_status pt_event_wait(struct sim_event_flag *event, int64_t timeout_ns)
{
	struct pt_event *state = pt_event_state(event);
	struct pt_deadline deadline = pt_deadline_after(timeout_ns);
	bool in_time = timeout_ns != 0, found;
	uint64_t n_sets;

	pthread_mutex_lock(&state->gate.guard);
	n_sets = state->n_sets;
	while (!state->is_set && state->n_sets == n_sets && in_time)
		in_time = pt_gate_wait(&state->gate, &deadline);
	found = state->is_set || state->n_sets != n_sets;
	pthread_mutex_unlock(&state->gate.guard);
	if (found)
		return SIM_OK;
	return timeout_ns == 0 ? SIM_BUSY : SIM_TIMEOUT;
}
