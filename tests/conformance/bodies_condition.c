/* The bodies of the condition (bodies.h says how they are run). Each starts from zero-filled objects. */
#include <limits.h>

#include "body.h"

static struct sim_lock lock;
static struct sim_condition condition, arrival;
static struct sim_thread first, second;
static int counter; /* protected by the lock of the condition */

static void set_and_notify(void *unused)
{
	(void)unused;
	assert(sim_condition_acquire(&condition) == SIM_OK);
	counter = 1;
	assert(sim_condition_notify(&condition, 1) == SIM_OK);
	assert(sim_condition_release(&condition) == SIM_OK);
}

void condition_wait_and_notify(void)
{
	start(&first, set_and_notify, NULL);
	assert(sim_condition_acquire(&condition) == SIM_OK);
	while (counter == 0)
		assert(sim_condition_wait(&condition) == SIM_OK);
	assert(counter == 1);
	assert(sim_condition_release(&condition) == SIM_OK);
	join(&first);
}

/* The notifier can only have had the lock if the wait gave it up; afterwards the waiter has it, and nobody else. */
void condition_wait_holds_the_lock_again(void)
{
	assert(sim_condition_acquire(&condition) == SIM_OK);
	start(&first, set_and_notify, NULL);
	assert(sim_condition_wait(&condition) == SIM_OK);
	assert(counter == 1);
	assert(sim_lock_locked(&condition.own));
	assert(!sim_lock_try_acquire(&condition.own));
	assert(sim_condition_release(&condition) == SIM_OK);
	assert(!sim_lock_locked(&condition.own));
	join(&first);
}

/*
 * Waits until notified, without a predicate; `counter` is the number of threads that have arrived, or are back.
 * Conditions `condition` and `arrival` share `lock`.
 */
static void arrive_and_wait(void *woken)
{
	assert(sim_lock_acquire(&lock) == SIM_OK);
	counter++;
	assert(sim_condition_notify(&arrival, 1) == SIM_OK);
	assert(sim_condition_wait(&condition) == SIM_OK);
	++*(int *)woken;
	assert(sim_condition_notify(&arrival, 1) == SIM_OK);
	assert(sim_lock_release(&lock) == SIM_OK);
}

/* Starts `n` threads that wait on `condition`. Returns when they do, with `lock` held. */
static void start_waiters(int n, int *woken)
{
	sim_condition_init(&condition, "condition", &lock);
	sim_condition_init(&arrival, "arrival", &lock);
	start(&first, arrive_and_wait, woken);
	if (n == 2)
		start(&second, arrive_and_wait, woken);
	assert(sim_lock_acquire(&lock) == SIM_OK);
	while (counter < n)
		assert(sim_condition_wait(&arrival) == SIM_OK);
}

static void wait_until_woken(int n, const int *woken)
{
	while (*woken < n)
		assert(sim_condition_wait(&arrival) == SIM_OK);
	assert(*woken == n);
}

void condition_over_a_shared_lock(void)
{
	int woken = 0;

	start_waiters(1, &woken);
	assert(sim_condition_notify(&arrival, 1) == SIM_OK);
	assert(woken == 0);
	assert(sim_condition_notify(&condition, 1) == SIM_OK);
	wait_until_woken(1, &woken);
	assert(sim_condition_release(&arrival) == SIM_OK);
	assert(!sim_lock_locked(&lock));
	join(&first);
}

void condition_notify_wakes_exactly_n(void)
{
	int woken = 0;

	start_waiters(2, &woken);
	assert(sim_condition_notify(&condition, 1) == SIM_OK);
	wait_until_woken(1, &woken);
	assert(sim_condition_notify(&condition, 1) == SIM_OK);
	wait_until_woken(2, &woken);
	assert(sim_lock_release(&lock) == SIM_OK);
	join(&first);
	join(&second);
}

void condition_notify_more_than_wait(void)
{
	int woken = 0;

	start_waiters(1, &woken);
	assert(sim_condition_notify(&condition, 5) == SIM_OK);
	wait_until_woken(1, &woken);
	assert(sim_condition_wait_for(&condition, SIM_NS_PER_MS) == SIM_TIMEOUT);
	assert(sim_lock_release(&lock) == SIM_OK);
	join(&first);
}

void condition_notify_all_wakes_all(void)
{
	int woken = 0;

	start_waiters(2, &woken);
	assert(sim_condition_notify_all(&condition) == SIM_OK);
	while (woken < 2)
		assert(sim_condition_wait(&arrival) == SIM_OK);
	assert(sim_lock_release(&lock) == SIM_OK);
	join(&first);
	join(&second);
}

void condition_notify_is_not_remembered(void)
{
	assert(sim_condition_acquire(&condition) == SIM_OK);
	assert(sim_condition_notify(&condition, 1) == SIM_OK);
	assert(sim_condition_notify_all(&condition) == SIM_OK);
	assert(sim_condition_wait_for(&condition, SIM_NS_PER_MS) == SIM_TIMEOUT);
	assert(sim_condition_release(&condition) == SIM_OK);
}

/* Fewer than one to wake is nobody, also when somebody waits. */
void condition_notify_of_nobody(void)
{
	int woken = 0;

	start_waiters(1, &woken);
	assert(sim_condition_notify(&condition, 0) == SIM_OK);
	assert(sim_condition_notify(&condition, INT_MIN) == SIM_OK);
	assert(sim_condition_wait_for(&arrival, SIM_NS_PER_MS) == SIM_TIMEOUT);
	assert(woken == 0);
	assert(sim_condition_notify(&condition, 1) == SIM_OK);
	assert(sim_lock_release(&lock) == SIM_OK);
	join(&first);
	assert(woken == 1);
}

void condition_wait_for_runs_out(void)
{
	assert(sim_condition_acquire(&condition) == SIM_OK);
	assert(sim_condition_wait_for(&condition, SIM_NS_PER_MS) == SIM_TIMEOUT);
	assert(sim_lock_locked(&condition.own));
	assert(sim_condition_wait_for(&condition, 0) == SIM_TIMEOUT);
	assert(sim_lock_locked(&condition.own));
	assert(sim_condition_release(&condition) == SIM_OK);
}

/* Whether the notification comes in time is open; that a notified wait says so, and holds the lock, is not. */
void condition_wait_for_notified(void)
{
	enum sim_status status;

	assert(sim_condition_acquire(&condition) == SIM_OK);
	start(&first, set_and_notify, NULL);
	status = sim_condition_wait_for(&condition, SIM_NS_PER_MS);
	assert(status == SIM_OK || status == SIM_TIMEOUT);
	assert(status == SIM_TIMEOUT || counter == 1);
	assert(sim_lock_locked(&condition.own));
	assert(sim_condition_release(&condition) == SIM_OK);
	join(&first);
}

void condition_wait_for_ever(void)
{
	assert(sim_condition_acquire(&condition) == SIM_OK);
	start(&first, set_and_notify, NULL);
	assert(sim_condition_wait_for(&condition, SIM_FOREVER) == SIM_OK);
	assert(counter == 1);
	assert(sim_condition_release(&condition) == SIM_OK);
	join(&first);
}

static bool is_set(void *number)
{
	return *(int *)number != 0;
}

void condition_wait_until_it_is_true(void)
{
	assert(sim_condition_acquire(&condition) == SIM_OK);
	start(&first, set_and_notify, NULL);
	assert(sim_condition_wait_until(&condition, is_set, &counter) == SIM_OK);
	assert(counter == 1);
	assert(sim_lock_locked(&condition.own));
	assert(sim_condition_release(&condition) == SIM_OK);
	join(&first);
}

/* A notification is not enough. */
static void notify_then_set(void *unused)
{
	(void)unused;
	assert(sim_condition_acquire(&condition) == SIM_OK);
	assert(sim_condition_notify_all(&condition) == SIM_OK);
	assert(sim_condition_release(&condition) == SIM_OK);
	set_and_notify(NULL);
}

void condition_wait_until_notified_twice(void)
{
	start(&first, notify_then_set, NULL);
	assert(sim_condition_acquire(&condition) == SIM_OK);
	assert(sim_condition_wait_until(&condition, is_set, &counter) == SIM_OK);
	assert(counter == 1);
	assert(sim_condition_release(&condition) == SIM_OK);
	join(&first);
}

void condition_wait_until_it_was_true(void)
{
	counter = 1;
	assert(sim_condition_acquire(&condition) == SIM_OK);
	assert(sim_condition_wait_until(&condition, is_set, &counter) == SIM_OK);
	assert(sim_condition_wait_until_for(&condition, is_set, &counter, 0) == SIM_OK);
	assert(sim_condition_release(&condition) == SIM_OK);
}

void condition_wait_until_for_runs_out(void)
{
	int64_t before_ns = sim_now();

	assert(sim_condition_acquire(&condition) == SIM_OK);
	assert(sim_condition_wait_until_for(&condition, is_set, &counter, 0) == SIM_TIMEOUT);
	assert(sim_condition_wait_until_for(&condition, is_set, &counter, SIM_NS_PER_MS) == SIM_TIMEOUT);
	assert(sim_now() - before_ns >= SIM_NS_PER_MS);
	assert(sim_lock_locked(&condition.own));
	assert(sim_condition_release(&condition) == SIM_OK);
}

void condition_wait_until_for_becomes_true(void)
{
	enum sim_status status;

	assert(sim_condition_acquire(&condition) == SIM_OK);
	start(&first, set_and_notify, NULL);
	status = sim_condition_wait_until_for(&condition, is_set, &counter, SIM_NS_PER_MS);
	assert(status == (counter == 1 ? SIM_OK : SIM_TIMEOUT));
	assert(sim_condition_wait_until_for(&condition, is_set, &counter, SIM_FOREVER) == SIM_OK);
	assert(sim_condition_release(&condition) == SIM_OK);
	join(&first);
}

static struct sim_rlock rlock;

/* Holds the lock twice, and can only have it while the waiter, which holds it three times, has given up all of them. */
static void set_and_notify_twice_locked(void *unused)
{
	(void)unused;
	assert(sim_condition_acquire(&condition) == SIM_OK);
	assert(sim_rlock_acquire(&rlock) == SIM_OK);
	assert(sim_rlock_depth(&rlock) == 2);
	counter = 1;
	assert(sim_condition_notify(&condition, 1) == SIM_OK);
	assert(sim_rlock_release(&rlock) == SIM_OK);
	assert(sim_condition_release(&condition) == SIM_OK);
}

void condition_wait_releases_all_levels(void)
{
	sim_condition_init_rlock(&condition, "condition", &rlock);
	start(&first, set_and_notify_twice_locked, NULL);
	assert(sim_rlock_acquire(&rlock) == SIM_OK);
	assert(sim_rlock_acquire(&rlock) == SIM_OK);
	assert(sim_condition_acquire(&condition) == SIM_OK);
	assert(sim_condition_wait_until(&condition, is_set, &counter) == SIM_OK);
	assert(sim_rlock_depth(&rlock) == 3);
	assert(sim_condition_wait_for(&condition, 0) == SIM_TIMEOUT);
	assert(sim_rlock_depth(&rlock) == 3);
	assert(sim_condition_release(&condition) == SIM_OK);
	assert(sim_rlock_release(&rlock) == SIM_OK);
	assert(sim_rlock_release(&rlock) == SIM_OK);
	assert(sim_rlock_depth(&rlock) == 0);
	join(&first);
}

void condition_wait_without_rlock(void)
{
	sim_condition_init_rlock(&condition, "condition", &rlock);
	assert(sim_condition_wait(&condition) == SIM_MISUSE);
}

void condition_release_without_rlock(void)
{
	sim_condition_init_rlock(&condition, "condition", &rlock);
	assert(sim_condition_release(&condition) == SIM_MISUSE);
}

void condition_wait_until_without_lock(void)
{
	counter = 1;
	assert(sim_condition_wait_until(&condition, is_set, &counter) == SIM_MISUSE);
}

void condition_wait_until_nothing(void)
{
	assert(sim_condition_acquire(&condition) == SIM_OK);
	assert(sim_condition_wait_until(&condition, NULL, NULL) == SIM_MISUSE);
}

void condition_wait_without_lock(void)
{
	assert(sim_condition_wait(&condition) == SIM_MISUSE);
	assert(!sim_lock_locked(&condition.own));
}

static void wait_unlocked(void *unused)
{
	(void)unused;
	assert(sim_condition_wait(&condition) == SIM_MISUSE);
}

void condition_wait_while_other_holds(void)
{
	assert(sim_condition_acquire(&condition) == SIM_OK);
	start(&first, wait_unlocked, NULL);
	join(&first);
	assert(sim_lock_locked(&condition.own));
	assert(sim_condition_release(&condition) == SIM_OK);
}

void condition_notify_without_lock(void)
{
	assert(sim_condition_notify(&condition, 1) == SIM_MISUSE);
}

void condition_notify_all_without_lock(void)
{
	assert(sim_condition_notify_all(&condition) == SIM_MISUSE);
}

void condition_wait_for_negative(void)
{
	assert(sim_condition_acquire(&condition) == SIM_OK);
	assert(sim_condition_wait_for(&condition, INT64_MIN) == SIM_MISUSE);
	assert(sim_lock_locked(&condition.own));
}

void condition_wait_null(void)
{
	assert(sim_condition_wait(NULL) == SIM_MISUSE);
}
