/* Lock: argument checks over the vtable. */
#include "facade.h"

static enum sim_status lock_is_null(const char *what)
{
	return facade_misuse("null-argument", what);
}

enum sim_status sim_lock_acquire(struct sim_lock *lock)
{
	if (lock == NULL)
		return lock_is_null("sim_lock_acquire() was called with NULL instead of a lock");
	return sim_backend_current()->lock_acquire(lock, SIM_FOREVER);
}

bool sim_lock_try_acquire(struct sim_lock *lock)
{
	if (lock == NULL) {
		lock_is_null("sim_lock_try_acquire() was called with NULL instead of a lock");
		return false;
	}
	return sim_backend_current()->lock_acquire(lock, 0) == SIM_OK;
}

enum sim_status sim_lock_acquire_for(struct sim_lock *lock, int64_t timeout_ns)
{
	if (lock == NULL)
		return lock_is_null("sim_lock_acquire_for() was called with NULL instead of a lock");
	if (!facade_timeout_valid(timeout_ns))
		return facade_misuse("bad-timeout", "sim_lock_acquire_for() was called with a timeout out of range");
	return sim_backend_current()->lock_acquire(lock, timeout_ns);
}

enum sim_status sim_lock_release(struct sim_lock *lock)
{
	if (lock == NULL)
		return lock_is_null("sim_lock_release() was called with NULL instead of a lock");
	return sim_backend_current()->lock_release(lock);
}

bool sim_lock_locked(struct sim_lock *lock)
{
	if (lock == NULL) {
		lock_is_null("sim_lock_locked() was called with NULL instead of a lock");
		return false;
	}
	return sim_backend_current()->lock_locked(lock);
}
