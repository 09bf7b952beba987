/* Condition: wait for a notification, over a Lock. */
#ifndef SIMCHECK_CONDITION_H
#define SIMCHECK_CONDITION_H

#include <stdint.h>

#include <simcheck/lock.h>
#include <simcheck/status.h>

struct sim_condition {
	const char *name;      /* NULL: named after the variable */
	struct sim_lock *lock; /* NULL: its own */
	struct sim_lock own;
	uint64_t opaque[16];
};

void sim_condition_init(struct sim_condition *condition, const char *name, struct sim_lock *lock);
enum sim_status sim_condition_acquire(struct sim_condition *condition);
enum sim_status sim_condition_release(struct sim_condition *condition);
enum sim_status sim_condition_wait(struct sim_condition *condition);
enum sim_status sim_condition_wait_for(struct sim_condition *condition, int64_t timeout_ns);
enum sim_status sim_condition_notify(struct sim_condition *condition, int n);
enum sim_status sim_condition_notify_all(struct sim_condition *condition);

#endif
