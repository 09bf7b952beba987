/* A global interpreter lock: a lock, and a look at the clock between instructions. */
#include "facade.h"

static enum sim_status gil_is_null(const char *what)
{
	return facade_misuse("null-argument", what);
}

static enum sim_status gil_is_not_mine(void)
{
	return facade_misuse("release-not-owner", "a thread uses the interpreter lock without holding it");
}

static enum sim_status gil_take(struct sim_gil *gil)
{
	const struct sim_backend *backend = sim_backend_current();
	enum sim_status status = backend->lock_acquire(&gil->lock, SIM_FOREVER);

	if (status == SIM_OK) {
		backend->writes(&gil->since_ns, sizeof(gil->since_ns));
		gil->since_ns = backend->now();
	}
	return status;
}

enum sim_status sim_gil_acquire(struct sim_gil *gil)
{
	if (gil == NULL)
		return gil_is_null("sim_gil_acquire() was called with NULL instead of an interpreter lock");
	return gil_take(gil);
}

enum sim_status sim_gil_release(struct sim_gil *gil)
{
	if (gil == NULL)
		return gil_is_null("sim_gil_release() was called with NULL instead of an interpreter lock");
	if (!sim_backend_current()->lock_is_mine(&gil->lock))
		return gil_is_not_mine();
	return sim_backend_current()->lock_release(&gil->lock);
}

enum sim_status sim_gil_tick(struct sim_gil *gil)
{
	const struct sim_backend *backend = sim_backend_current();
	enum sim_status status;
	int64_t interval_ns;

	if (gil == NULL)
		return gil_is_null("sim_gil_tick() was called with NULL instead of an interpreter lock");
	if (!backend->lock_is_mine(&gil->lock))
		return gil_is_not_mine();
	backend->reads(&gil->interval_ns, sizeof(gil->interval_ns));
	interval_ns = gil->interval_ns != 0 ? gil->interval_ns : SIM_GIL_INTERVAL;
	if (!facade_timeout_valid(interval_ns))
		return facade_misuse("bad-timeout", "an interpreter lock has a switch interval out of range");
	if (!backend->elapsed(gil->since_ns, interval_ns))
		return SIM_OK;
	status = backend->lock_release(&gil->lock);
	backend->thread_yield();
	return status == SIM_OK ? gil_take(gil) : status;
}

enum sim_status sim_gil_set_interval(struct sim_gil *gil, int64_t interval_ns)
{
	const struct sim_backend *backend = sim_backend_current();

	if (gil == NULL)
		return gil_is_null("sim_gil_set_interval() was called with NULL instead of an interpreter lock");
	if (!backend->lock_is_mine(&gil->lock))
		return gil_is_not_mine();
	if (!facade_timeout_valid(interval_ns))
		return facade_misuse("bad-timeout", "sim_gil_set_interval() was called with an interval out of range");
	backend->writes(&gil->interval_ns, sizeof(gil->interval_ns));
	gil->interval_ns = interval_ns;
	return SIM_OK;
}
