/* The bodies of scoped locking (bodies.h says how they are run). Each starts from zero-filled objects. */
#include "body.h"

static struct sim_lock lock, outer;
static struct sim_rlock rlock;
static struct sim_condition condition;
static struct sim_semaphore semaphore;
static struct sim_gil gil;
static struct sim_thread first;
static int counter; /* protected by the lock */

static int leave_by_return(int value)
{
	SIM_SCOPED(&lock);
	assert(sim_lock_locked(&lock));
	return value + 1;
}

void scope_left_by_return(void)
{
	assert(leave_by_return(1) == 2);
	assert(!sim_lock_locked(&lock));
}

void scope_left_at_its_end(void)
{
	{
		SIM_SCOPED(&lock);
		assert(sim_lock_locked(&lock));
	}
	assert(!sim_lock_locked(&lock));
}

void scope_left_by_break_and_continue(void)
{
	int n_turns = 0;

	for (int i = 0; i < 3; i++) {
		SIM_SCOPED(&lock);
		assert(sim_lock_locked(&lock));
		n_turns++;
		if (i == 0)
			continue;
		break;
	}
	assert(n_turns == 2);
	assert(!sim_lock_locked(&lock));
}

void scope_left_by_goto(void)
{
	bool again = true;

retry:
	{
		SIM_SCOPED(&lock);
		assert(sim_lock_locked(&lock));
		if (again) {
			again = false;
			goto retry;
		}
	}
	assert(!sim_lock_locked(&lock));
}

static void leave_both(void)
{
	SIM_SCOPED(&outer);
	SIM_SCOPED(&lock);
	assert(sim_lock_locked(&outer) && sim_lock_locked(&lock));
}

void scope_of_two(void)
{
	leave_both();
	assert(!sim_lock_locked(&outer));
	assert(!sim_lock_locked(&lock));
}

static void use_all_kinds(void)
{
	SIM_SCOPED(&rlock);
	SIM_SCOPED(&rlock);
	SIM_SCOPED(&condition);
	SIM_SCOPED(&semaphore);
	SIM_SCOPED(&gil);
	assert(sim_rlock_depth(&rlock) == 2);
	assert(sim_condition_notify(&condition, 1) == SIM_OK);
	assert(sim_gil_tick(&gil) == SIM_OK);
}

void scope_of_all_kinds(void)
{
	sim_semaphore_init(&semaphore, NULL, 1);
	use_all_kinds();
	assert(sim_semaphore_try_acquire(&semaphore));
	assert(sim_rlock_depth(&rlock) == 0);
	assert(!sim_lock_locked(&condition.own));
	assert(!sim_lock_locked(&gil.lock));
}

static void count(void *unused)
{
	SIM_SCOPED(&lock);
	(void)unused;
	counter++;
}

void scope_excludes_others(void)
{
	start(&first, count, NULL);
	count(NULL);
	join(&first);
	assert(counter == 2);
}

static void hold_nothing(struct sim_lock *nothing)
{
	SIM_SCOPED(nothing);
}

void scope_of_null(void)
{
	hold_nothing(NULL);
}
