/* Semaphore: argument checks over the vtable. */
#include "facade.h"

enum sim_status sim_semaphore_check(const struct sim_semaphore *semaphore)
{
	if (semaphore == NULL)
		return facade_misuse("null-argument", "a function of semaphores was called with NULL instead of one");
	if (semaphore->initial < 0)
		return facade_misuse("negative-value", "a semaphore has an initial value below 0");
	return SIM_OK;
}

enum sim_status sim_semaphore_acquire(struct sim_semaphore *semaphore)
{
	enum sim_status status = sim_semaphore_check(semaphore);

	return status == SIM_OK ? sim_backend_current()->semaphore_acquire(semaphore, SIM_FOREVER) : status;
}

bool sim_semaphore_try_acquire(struct sim_semaphore *semaphore)
{
	if (sim_semaphore_check(semaphore) != SIM_OK)
		return false;
	return sim_backend_current()->semaphore_acquire(semaphore, 0) == SIM_OK;
}

enum sim_status sim_semaphore_acquire_for(struct sim_semaphore *semaphore, int64_t timeout_ns)
{
	enum sim_status status = sim_semaphore_check(semaphore);

	if (status == SIM_OK && !facade_timeout_valid(timeout_ns))
		return facade_misuse("bad-timeout", "sim_semaphore_acquire_for() was called with a timeout out of range");
	return status == SIM_OK ? sim_backend_current()->semaphore_acquire(semaphore, timeout_ns) : status;
}

enum sim_status sim_semaphore_release(struct sim_semaphore *semaphore, int n)
{
	enum sim_status status = sim_semaphore_check(semaphore);

	if (status == SIM_OK && n < 1)
		return facade_misuse("bad-count", "sim_semaphore_release() was called with a number below 1");
	return status == SIM_OK ? sim_backend_current()->semaphore_release(semaphore, n) : status;
}
