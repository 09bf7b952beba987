/*
 * Semaphore on real threads: a count, guarded by a mutex that is never held for long.
 *
 * A sem_t cannot be one: it has a largest value, is released one by one, and its timeouts follow the system's clock.
 */
#include <assert.h>

#include "pt.h"

/* In sim_semaphore.opaque; all zero: never used. Lifetime: from the first use until the memory goes away. */
struct PT_IN_OPAQUE pt_semaphore {
	struct pt_gate gate; /* signalled once for each permit released */
	int64_t released;    /* less what was acquired: the value is that much above the initial one */
};

static_assert(sizeof(struct pt_semaphore) <= sizeof(((struct sim_semaphore *)0)->opaque),
	"a semaphore fits in its opaque words");

static struct pt_semaphore *pt_semaphore_state(struct sim_semaphore *semaphore)
{
	struct pt_semaphore *state = (struct pt_semaphore *)semaphore->opaque;

	pt_gate_prepare(&state->gate);
	return state;
}

enum sim_status pt_semaphore_acquire(struct sim_semaphore *semaphore, int64_t timeout_ns)
{
	struct pt_semaphore *state = pt_semaphore_state(semaphore);
	struct pt_deadline deadline = pt_deadline_after(timeout_ns);
	bool in_time = timeout_ns != 0, taken;

	pthread_mutex_lock(&state->gate.guard);
	/* A waiter whose time runs out looks once more: it may be the one whom the last release has signalled. */
	while (semaphore->initial + state->released <= 0 && in_time)
		in_time = pt_gate_wait(&state->gate, &deadline);
	taken = semaphore->initial + state->released > 0;
	state->released -= taken;
	pthread_mutex_unlock(&state->gate.guard);
	if (taken)
		return SIM_OK;
	return timeout_ns == 0 ? SIM_BUSY : SIM_TIMEOUT;
}

enum sim_status pt_semaphore_release(struct sim_semaphore *semaphore, int n)
{
	struct pt_semaphore *state = pt_semaphore_state(semaphore);
	bool fits;

	pthread_mutex_lock(&state->gate.guard);
	fits = !semaphore->bounded || state->released + n <= 0;
	if (fits) {
		state->released += n;
		if (n == 1)
			pthread_cond_signal(&state->gate.changed);
		else
			pthread_cond_broadcast(&state->gate.changed);
	}
	pthread_mutex_unlock(&state->gate.guard);
	if (fits)
		return SIM_OK;
	pt_misuse("release-above-initial", "a bounded semaphore was released above its initial value");
	return SIM_MISUSE;
}
