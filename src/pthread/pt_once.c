/*
 * Once on real threads. Not over pthread_once(), whose function gets no argument.
 */
#include <assert.h>

#include "pt.h"

enum pt_once_progress { PT_ONCE_NEW, PT_ONCE_RUNNING, PT_ONCE_DONE };

/* In sim_once.opaque; all zero: not begun. Lifetime: as long as the sim_once. */
struct PT_IN_OPAQUE pt_once {
	struct pt_gate gate; /* `changed` is broadcast at the end of the function */
	uint64_t progress;   /* enum pt_once_progress */
};

static_assert(sizeof(struct pt_once) <= sizeof(((struct sim_once *)0)->opaque), "fits in its opaque words");

/* Waits while the function runs. Returns whether the caller is to run it. */
static bool pt_once_begin(struct pt_once *state)
{
	bool is_first;

	pthread_mutex_lock(&state->gate.guard);
	while (state->progress == PT_ONCE_RUNNING)
		pthread_cond_wait(&state->gate.changed, &state->gate.guard);
	is_first = state->progress == PT_ONCE_NEW;
	if (is_first)
		state->progress = PT_ONCE_RUNNING;
	pthread_mutex_unlock(&state->gate.guard);
	return is_first;
}

enum sim_status pt_once_call(struct sim_once *once, void (*function)(void *), void *argument)
{
	struct pt_once *state = (struct pt_once *)once->opaque;

	pt_gate_prepare(&state->gate);
	if (!pt_once_begin(state))
		return SIM_OK;
	function(argument);
	pthread_mutex_lock(&state->gate.guard);
	state->progress = PT_ONCE_DONE;
	pthread_cond_broadcast(&state->gate.changed);
	pthread_mutex_unlock(&state->gate.guard);
	return SIM_OK;
}
