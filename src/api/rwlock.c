/* Read-write lock: argument checks over the vtable. */
#include "facade.h"

static enum sim_status rwlock_is_null(const char *what)
{
	return facade_misuse("null-argument", what);
}

enum sim_status sim_rwlock_read_acquire(struct sim_rwlock *lock)
{
	if (lock == NULL)
		return rwlock_is_null("sim_rwlock_read_acquire() was called with NULL instead of a lock");
	return sim_backend_current()->rwlock_read_acquire(lock, SIM_FOREVER);
}

bool sim_rwlock_try_read_acquire(struct sim_rwlock *lock)
{
	if (lock == NULL) {
		rwlock_is_null("sim_rwlock_try_read_acquire() was called with NULL instead of a lock");
		return false;
	}
	return sim_backend_current()->rwlock_read_acquire(lock, 0) == SIM_OK;
}

enum sim_status sim_rwlock_read_acquire_for(struct sim_rwlock *lock, int64_t timeout_ns)
{
	if (lock == NULL)
		return rwlock_is_null("sim_rwlock_read_acquire_for() was called with NULL instead of a lock");
	if (!facade_timeout_valid(timeout_ns))
		return facade_misuse("bad-timeout", "sim_rwlock_read_acquire_for() was called with a timeout out of range");
	return sim_backend_current()->rwlock_read_acquire(lock, timeout_ns);
}

enum sim_status sim_rwlock_write_acquire(struct sim_rwlock *lock)
{
	if (lock == NULL)
		return rwlock_is_null("sim_rwlock_write_acquire() was called with NULL instead of a lock");
	return sim_backend_current()->rwlock_write_acquire(lock, SIM_FOREVER);
}

bool sim_rwlock_try_write_acquire(struct sim_rwlock *lock)
{
	if (lock == NULL) {
		rwlock_is_null("sim_rwlock_try_write_acquire() was called with NULL instead of a lock");
		return false;
	}
	return sim_backend_current()->rwlock_write_acquire(lock, 0) == SIM_OK;
}

enum sim_status sim_rwlock_write_acquire_for(struct sim_rwlock *lock, int64_t timeout_ns)
{
	if (lock == NULL)
		return rwlock_is_null("sim_rwlock_write_acquire_for() was called with NULL instead of a lock");
	if (!facade_timeout_valid(timeout_ns))
		return facade_misuse("bad-timeout", "sim_rwlock_write_acquire_for() was called with a timeout out of range");
	return sim_backend_current()->rwlock_write_acquire(lock, timeout_ns);
}

enum sim_status sim_rwlock_release(struct sim_rwlock *lock)
{
	if (lock == NULL)
		return rwlock_is_null("sim_rwlock_release() was called with NULL instead of a lock");
	return sim_backend_current()->rwlock_release(lock);
}
