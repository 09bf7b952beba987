/* RLock: a lock of the backend, and a count that its owner keeps. */
#include "rlock.h"

static enum sim_status rlock_is_null(const char *what)
{
	return facade_misuse("null-argument", what);
}

bool rlock_is_mine(struct sim_rlock *rlock)
{
	return sim_backend_current()->lock_is_mine(&rlock->lock);
}

uint64_t rlock_depth(struct sim_rlock *rlock)
{
	sim_backend_current()->reads(&rlock->depth, sizeof(rlock->depth));
	return rlock->depth;
}

void rlock_set_depth(struct sim_rlock *rlock, uint64_t depth)
{
	sim_backend_current()->writes(&rlock->depth, sizeof(rlock->depth));
	rlock->depth = depth;
}

static enum sim_status rlock_take(struct sim_rlock *rlock, int64_t timeout_ns)
{
	enum sim_status status = SIM_OK;

	if (rlock_is_mine(rlock)) {
		rlock_set_depth(rlock, rlock_depth(rlock) + 1);
	} else {
		status = sim_backend_current()->lock_acquire(&rlock->lock, timeout_ns);
		if (status == SIM_OK)
			rlock_set_depth(rlock, 1);
	}
	return status;
}

enum sim_status sim_rlock_acquire(struct sim_rlock *rlock)
{
	if (rlock == NULL)
		return rlock_is_null("sim_rlock_acquire() was called with NULL instead of a lock");
	return rlock_take(rlock, SIM_FOREVER);
}

bool sim_rlock_try_acquire(struct sim_rlock *rlock)
{
	if (rlock == NULL) {
		rlock_is_null("sim_rlock_try_acquire() was called with NULL instead of a lock");
		return false;
	}
	return rlock_take(rlock, 0) == SIM_OK;
}

enum sim_status sim_rlock_acquire_for(struct sim_rlock *rlock, int64_t timeout_ns)
{
	if (rlock == NULL)
		return rlock_is_null("sim_rlock_acquire_for() was called with NULL instead of a lock");
	if (!facade_timeout_valid(timeout_ns))
		return facade_misuse("bad-timeout", "sim_rlock_acquire_for() was called with a timeout out of range");
	return rlock_take(rlock, timeout_ns);
}

enum sim_status sim_rlock_release(struct sim_rlock *rlock)
{
	uint64_t depth;

	if (rlock == NULL)
		return rlock_is_null("sim_rlock_release() was called with NULL instead of a lock");
	if (!rlock_is_mine(rlock))
		return facade_misuse("release-not-owner", "a re-entrant lock is released by a thread that does not hold it");
	depth = rlock_depth(rlock) - 1;
	rlock_set_depth(rlock, depth);
	return depth > 0 ? SIM_OK : sim_backend_current()->lock_release(&rlock->lock);
}

uint64_t sim_rlock_depth(struct sim_rlock *rlock)
{
	if (rlock == NULL) {
		rlock_is_null("sim_rlock_depth() was called with NULL instead of a lock");
		return 0;
	}
	return rlock_is_mine(rlock) ? rlock_depth(rlock) : 0;
}
