/* The bodies of the lock (bodies.h says how they are run). Each starts from zero-filled objects. */
#include <string.h>

#include "body.h"

static struct sim_lock lock;
static struct sim_thread first, second;
static int counter; /* protected by the lock */

void lock_acquire_and_release(void)
{
	assert(!sim_lock_locked(&lock));
	assert(sim_lock_acquire(&lock) == SIM_OK);
	assert(sim_lock_locked(&lock));
	assert(sim_lock_release(&lock) == SIM_OK);
	assert(!sim_lock_locked(&lock));
	assert(sim_lock_acquire(&lock) == SIM_OK);
	assert(sim_lock_release(&lock) == SIM_OK);
}

/* That no two are inside shows as a lost increment, and as a data race to those who can see one. */
static void count_under_lock(void *unused)
{
	int before;

	(void)unused;
	assert(sim_lock_acquire(&lock) == SIM_OK);
	before = counter;
	sim_thread_yield();
	counter = before + 1;
	assert(sim_lock_release(&lock) == SIM_OK);
}

void lock_excludes_others(void)
{
	start(&first, count_under_lock, NULL);
	start(&second, count_under_lock, NULL);
	join(&first);
	join(&second);
	assert(counter == 2);
	assert(!sim_lock_locked(&lock));
}

void lock_try_acquire(void)
{
	assert(sim_lock_try_acquire(&lock));
	assert(sim_lock_locked(&lock));
	assert(!sim_lock_try_acquire(&lock));
	assert(sim_lock_locked(&lock));
	assert(sim_lock_release(&lock) == SIM_OK);
	assert(sim_lock_try_acquire(&lock));
	assert(sim_lock_release(&lock) == SIM_OK);
}

static void fail_to_acquire(void *unused)
{
	(void)unused;
	assert(!sim_lock_try_acquire(&lock));
	assert(sim_lock_acquire_for(&lock, 0) == SIM_BUSY);
	assert(sim_lock_locked(&lock));
}

void lock_try_acquire_held_by_other(void)
{
	assert(sim_lock_acquire(&lock) == SIM_OK);
	start(&first, fail_to_acquire, NULL);
	join(&first);
	assert(sim_lock_release(&lock) == SIM_OK);
}

void lock_acquire_for_takes_a_free_lock(void)
{
	static const int64_t timeouts[] = { 0, 1, SIM_NS_PER_S, SIM_TIMEOUT_MAX, SIM_FOREVER };

	for (size_t i = 0; i < sizeof(timeouts) / sizeof(*timeouts); i++) {
		assert(sim_lock_acquire_for(&lock, timeouts[i]) == SIM_OK);
		assert(sim_lock_locked(&lock));
		assert(sim_lock_release(&lock) == SIM_OK);
	}
}

void lock_acquire_for_runs_out(void)
{
	assert(sim_lock_acquire(&lock) == SIM_OK);
	assert(sim_lock_acquire_for(&lock, SIM_NS_PER_MS) == SIM_TIMEOUT);
	assert(sim_lock_acquire_for(&lock, 0) == SIM_BUSY);
	assert(sim_lock_locked(&lock));
	assert(sim_lock_release(&lock) == SIM_OK);
	assert(!sim_lock_locked(&lock));
}

static void release_lock(void *unused)
{
	(void)unused;
	assert(sim_lock_release(&lock) == SIM_OK);
}

/* Whether the release comes in time is open; what each answer means is not. */
void lock_acquire_for_released_meanwhile(void)
{
	enum sim_status status;

	assert(sim_lock_acquire(&lock) == SIM_OK);
	start(&first, release_lock, NULL);
	status = sim_lock_acquire_for(&lock, SIM_NS_PER_MS);
	assert(status == SIM_OK || status == SIM_TIMEOUT);
	join(&first);
	assert(sim_lock_locked(&lock) == (status == SIM_OK));
}

void lock_acquire_for_ever(void)
{
	assert(sim_lock_acquire(&lock) == SIM_OK);
	start(&first, release_lock, NULL);
	assert(sim_lock_acquire_for(&lock, SIM_FOREVER) == SIM_OK);
	assert(sim_lock_locked(&lock));
	join(&first);
}

static void write_and_release(void *unused)
{
	(void)unused;
	counter = 7;
	assert(sim_lock_release(&lock) == SIM_OK);
}

/* The release by another thread also passes on what that thread wrote. */
void lock_released_by_another_thread(void)
{
	assert(sim_lock_acquire(&lock) == SIM_OK);
	start(&first, write_and_release, NULL);
	assert(sim_lock_acquire(&lock) == SIM_OK);
	assert(counter == 7);
	assert(sim_lock_release(&lock) == SIM_OK);
	join(&first);
}

void lock_initialised_with_a_name(void)
{
	struct sim_lock local;

	memset(&local, 0xff, sizeof(local));
	sim_lock_init(&local, "door");
	assert(strcmp(local.name, "door") == 0);
	assert(!sim_lock_locked(&local));
	assert(sim_lock_acquire(&local) == SIM_OK);
	assert(sim_lock_release(&local) == SIM_OK);
}

/* A lock initialised where an earlier one was held is another lock, and free. */
void lock_initialised_again(void)
{
	assert(sim_lock_acquire(&lock) == SIM_OK);
	sim_lock_init(&lock, NULL);
	assert(!sim_lock_locked(&lock));
	assert(sim_lock_try_acquire(&lock));
	assert(sim_lock_release(&lock) == SIM_OK);
}

void lock_release_unlocked(void)
{
	assert(sim_lock_release(&lock) == SIM_MISUSE);
	assert(!sim_lock_locked(&lock));
}

void lock_release_twice(void)
{
	assert(sim_lock_acquire(&lock) == SIM_OK);
	assert(sim_lock_release(&lock) == SIM_OK);
	assert(sim_lock_release(&lock) == SIM_MISUSE);
	assert(!sim_lock_locked(&lock));
}

void lock_acquire_for_negative(void)
{
	assert(sim_lock_acquire_for(&lock, -2) == SIM_MISUSE);
	assert(!sim_lock_locked(&lock));
}

void lock_acquire_null(void)
{
	assert(sim_lock_acquire(NULL) == SIM_MISUSE);
}
