/* Condition: argument checks over the vtable. */
#include "rlock.h"

static enum sim_status condition_is_null(const char *what)
{
	return facade_misuse("null-argument", what);
}

enum sim_status sim_condition_acquire(struct sim_condition *condition)
{
	if (condition == NULL)
		return condition_is_null("sim_condition_acquire() was called with NULL instead of a condition");
	if (condition->rlock != NULL)
		return sim_rlock_acquire(condition->rlock);
	return sim_backend_current()->lock_acquire(backend_condition_lock(condition), SIM_FOREVER);
}

enum sim_status sim_condition_release(struct sim_condition *condition)
{
	if (condition == NULL)
		return condition_is_null("sim_condition_release() was called with NULL instead of a condition");
	if (condition->rlock != NULL)
		return sim_rlock_release(condition->rlock);
	return sim_backend_current()->lock_release(backend_condition_lock(condition));
}

/* While it waits the lock is others' who count for themselves; then it is the caller's again, as often as before. */
static enum sim_status condition_wait(struct sim_condition *condition, int64_t timeout_ns)
{
	bool restores = condition->rlock != NULL && rlock_is_mine(condition->rlock);
	uint64_t depth = restores ? rlock_depth(condition->rlock) : 0;
	enum sim_status status = sim_backend_current()->condition_wait(condition, timeout_ns);

	if (restores)
		rlock_set_depth(condition->rlock, depth);
	return status;
}

enum sim_status sim_condition_wait(struct sim_condition *condition)
{
	if (condition == NULL)
		return condition_is_null("sim_condition_wait() was called with NULL instead of a condition");
	return condition_wait(condition, SIM_FOREVER);
}

enum sim_status sim_condition_wait_for(struct sim_condition *condition, int64_t timeout_ns)
{
	if (condition == NULL)
		return condition_is_null("sim_condition_wait_for() was called with NULL instead of a condition");
	if (!facade_timeout_valid(timeout_ns))
		return facade_misuse("bad-timeout", "sim_condition_wait_for() was called with a timeout out of range");
	return condition_wait(condition, timeout_ns);
}

/* What is left of a time that began at `since_ns`. */
static int64_t condition_time_left(int64_t timeout_ns, int64_t since_ns)
{
	int64_t passed_ns = sim_backend_current()->now() - since_ns;

	return passed_ns < timeout_ns ? timeout_ns - passed_ns : 0;
}

static enum sim_status condition_wait_until(struct sim_condition *condition, bool (*predicate)(void *), void *argument,
	int64_t timeout_ns)
{
	int64_t since_ns = timeout_ns != SIM_FOREVER ? sim_backend_current()->now() : 0, left_ns = timeout_ns;
	enum sim_status status = SIM_OK;

	if (!sim_backend_current()->lock_is_mine(backend_condition_lock(condition)))
		return facade_misuse("wait-without-lock", "a thread waits on a condition without holding its lock");
	while (!predicate(argument)) {
		if (left_ns == 0)
			return SIM_TIMEOUT;
		status = condition_wait(condition, left_ns);
		if (status == SIM_MISUSE)
			return status;
		if (timeout_ns != SIM_FOREVER)
			left_ns = condition_time_left(timeout_ns, since_ns);
	}
	return SIM_OK;
}

enum sim_status sim_condition_wait_until(struct sim_condition *condition, bool (*predicate)(void *), void *argument)
{
	if (condition == NULL || predicate == NULL)
		return condition_is_null("sim_condition_wait_until() was called without a condition or a predicate");
	return condition_wait_until(condition, predicate, argument, SIM_FOREVER);
}

enum sim_status sim_condition_wait_until_for(struct sim_condition *condition, bool (*predicate)(void *), void *argument,
	int64_t timeout_ns)
{
	if (condition == NULL || predicate == NULL)
		return condition_is_null("sim_condition_wait_until_for() was called without a condition or a predicate");
	if (!facade_timeout_valid(timeout_ns))
		return facade_misuse("bad-timeout", "sim_condition_wait_until_for() was called with a timeout out of range");
	return condition_wait_until(condition, predicate, argument, timeout_ns);
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
