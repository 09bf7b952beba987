/* The bodies of the re-entrant lock (bodies.h says how they are run). Each starts from zero-filled objects. */
#include "body.h"

static struct sim_rlock rlock;
static struct sim_thread first, second;
static int counter; /* protected by the lock */

void rlock_taken_again_by_its_owner(void)
{
	assert(sim_rlock_depth(&rlock) == 0);
	assert(sim_rlock_acquire(&rlock) == SIM_OK);
	assert(sim_rlock_try_acquire(&rlock));
	assert(sim_rlock_acquire_for(&rlock, 0) == SIM_OK);
	assert(sim_rlock_acquire_for(&rlock, SIM_FOREVER) == SIM_OK);
	assert(sim_rlock_depth(&rlock) == 4);
	for (uint64_t left = 4; left > 0; left--) {
		assert(sim_rlock_depth(&rlock) == left);
		assert(sim_rlock_release(&rlock) == SIM_OK);
	}
	assert(sim_rlock_depth(&rlock) == 0);
	assert(sim_rlock_acquire(&rlock) == SIM_OK);
	assert(sim_rlock_depth(&rlock) == 1);
	assert(sim_rlock_release(&rlock) == SIM_OK);
}

static void count_twice(void *unused)
{
	(void)unused;
	assert(sim_rlock_acquire(&rlock) == SIM_OK);
	counter++;
	assert(sim_rlock_acquire(&rlock) == SIM_OK);
	counter++;
	assert(sim_rlock_release(&rlock) == SIM_OK);
	counter++;
	assert(sim_rlock_release(&rlock) == SIM_OK);
}

/* An inner release frees nothing: the increment after it would race. */
void rlock_excludes_others_until_the_last_release(void)
{
	start(&first, count_twice, NULL);
	start(&second, count_twice, NULL);
	join(&first);
	join(&second);
	assert(counter == 6);
}

static void fail_to_acquire(void *unused)
{
	(void)unused;
	assert(sim_rlock_depth(&rlock) == 0);
	assert(!sim_rlock_try_acquire(&rlock));
	assert(sim_rlock_acquire_for(&rlock, 0) == SIM_BUSY);
	assert(sim_rlock_acquire_for(&rlock, SIM_NS_PER_MS) == SIM_TIMEOUT);
}

void rlock_held_by_other(void)
{
	assert(sim_rlock_acquire(&rlock) == SIM_OK);
	assert(sim_rlock_acquire(&rlock) == SIM_OK);
	assert(sim_rlock_release(&rlock) == SIM_OK);
	start(&first, fail_to_acquire, NULL);
	join(&first);
	assert(sim_rlock_release(&rlock) == SIM_OK);
}

void rlock_initialised_with_a_name(void)
{
	struct sim_rlock local;

	sim_rlock_init(&local, "local");
	assert(sim_rlock_acquire(&local) == SIM_OK);
	assert(sim_rlock_acquire(&local) == SIM_OK);
	assert(sim_rlock_depth(&local) == 2);
	assert(sim_rlock_release(&local) == SIM_OK);
	assert(sim_rlock_release(&local) == SIM_OK);
}

void rlock_release_unlocked(void)
{
	assert(sim_rlock_release(&rlock) == SIM_MISUSE);
}

static void release(void *unused)
{
	(void)unused;
	assert(sim_rlock_release(&rlock) == SIM_MISUSE);
}

void rlock_released_by_another_thread(void)
{
	assert(sim_rlock_acquire(&rlock) == SIM_OK);
	start(&first, release, NULL);
	join(&first);
	assert(sim_rlock_depth(&rlock) == 1);
	assert(sim_rlock_release(&rlock) == SIM_OK);
}

void rlock_released_once_too_often(void)
{
	assert(sim_rlock_acquire(&rlock) == SIM_OK);
	assert(sim_rlock_acquire(&rlock) == SIM_OK);
	assert(sim_rlock_release(&rlock) == SIM_OK);
	assert(sim_rlock_release(&rlock) == SIM_OK);
	assert(sim_rlock_release(&rlock) == SIM_MISUSE);
}

void rlock_acquire_for_negative(void)
{
	assert(sim_rlock_acquire_for(&rlock, -2) == SIM_MISUSE);
}

void rlock_acquire_null(void)
{
	assert(sim_rlock_acquire(NULL) == SIM_MISUSE);
}
