/* Condition: argument checks over the vtable. */
#include "facade.h"

static enum sim_status condition_is_null(const char *what)
{
	return facade_misuse("null-argument", what);
}

enum sim_status sim_condition_acquire(struct sim_condition *condition)
{
	if (condition == NULL)
		return condition_is_null("sim_condition_acquire() was called with NULL instead of a condition");
	return sim_backend_current()->lock_acquire(backend_condition_lock(condition), SIM_FOREVER);
}

enum sim_status sim_condition_release(struct sim_condition *condition)
{
	if (condition == NULL)
		return condition_is_null("sim_condition_release() was called with NULL instead of a condition");
	return sim_backend_current()->lock_release(backend_condition_lock(condition));
}

enum sim_status sim_condition_wait(struct sim_condition *condition)
{
	if (condition == NULL)
		return condition_is_null("sim_condition_wait() was called with NULL instead of a condition");
	return sim_backend_current()->condition_wait(condition, SIM_FOREVER);
}

enum sim_status sim_condition_wait_for(struct sim_condition *condition, int64_t timeout_ns)
{
	if (condition == NULL)
		return condition_is_null("sim_condition_wait_for() was called with NULL instead of a condition");
	if (!facade_timeout_valid(timeout_ns))
		return facade_misuse("bad-timeout", "sim_condition_wait_for() was called with a negative timeout");
	return sim_backend_current()->condition_wait(condition, timeout_ns);
}

enum sim_status sim_condition_notify(struct sim_condition *condition, int n)
{
	if (condition == NULL)
		return condition_is_null("sim_condition_notify() was called with NULL instead of a condition");
	return sim_backend_current()->condition_notify(condition, n > 0 ? n : 0);
}

enum sim_status sim_condition_notify_all(struct sim_condition *condition)
{
	if (condition == NULL)
		return condition_is_null("sim_condition_notify_all() was called with NULL instead of a condition");
	return sim_backend_current()->condition_notify_all(condition);
}
