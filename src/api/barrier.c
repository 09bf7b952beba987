/* Barrier: argument checks over the vtable. */
#include "facade.h"

static enum sim_status barrier_is_null(const char *what)
{
	return facade_misuse("null-argument", what);
}

static enum sim_status barrier_wait(struct sim_barrier *barrier, int64_t timeout_ns, int *index)
{
	if (barrier->parties < 1)
		return facade_misuse("bad-parties", "a thread waits at a barrier for fewer than one thread");
	return sim_backend_current()->barrier_wait(barrier, timeout_ns, index);
}

enum sim_status sim_barrier_wait(struct sim_barrier *barrier, int *index)
{
	if (barrier == NULL)
		return barrier_is_null("sim_barrier_wait() was called with NULL instead of a barrier");
	return barrier_wait(barrier, SIM_FOREVER, index);
}

enum sim_status sim_barrier_wait_for(struct sim_barrier *barrier, int64_t timeout_ns, int *index)
{
	if (barrier == NULL)
		return barrier_is_null("sim_barrier_wait_for() was called with NULL instead of a barrier");
	if (!facade_timeout_valid(timeout_ns))
		return facade_misuse("bad-timeout", "sim_barrier_wait_for() was called with a timeout out of range");
	return barrier_wait(barrier, timeout_ns, index);
}

enum sim_status sim_barrier_abort(struct sim_barrier *barrier)
{
	if (barrier == NULL)
		return barrier_is_null("sim_barrier_abort() was called with NULL instead of a barrier");
	return sim_backend_current()->barrier_abort(barrier);
}

enum sim_status sim_barrier_reset(struct sim_barrier *barrier)
{
	if (barrier == NULL)
		return barrier_is_null("sim_barrier_reset() was called with NULL instead of a barrier");
	return sim_backend_current()->barrier_reset(barrier);
}

int sim_barrier_n_waiting(struct sim_barrier *barrier)
{
	if (barrier == NULL) {
		barrier_is_null("sim_barrier_n_waiting() was called with NULL instead of a barrier");
		return 0;
	}
	return sim_backend_current()->barrier_n_waiting(barrier);
}

bool sim_barrier_broken(struct sim_barrier *barrier)
{
	if (barrier == NULL) {
		barrier_is_null("sim_barrier_broken() was called with NULL instead of a barrier");
		return false;
	}
	return sim_backend_current()->barrier_broken(barrier);
}
