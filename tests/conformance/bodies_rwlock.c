/* The bodies of the read-write lock (bodies.h says how they are run). Each starts from zero-filled objects. */
#include <string.h>

#include "body.h"

static struct sim_rwlock lock;
static struct sim_thread first, second, third;
static int value; /* protected by the lock */

void rwlock_read_and_release(void)
{
	assert(sim_rwlock_read_acquire(&lock) == SIM_OK);
	assert(sim_rwlock_release(&lock) == SIM_OK);
	assert(sim_rwlock_try_write_acquire(&lock));
	assert(sim_rwlock_release(&lock) == SIM_OK);
}

void rwlock_write_and_release(void)
{
	assert(sim_rwlock_write_acquire(&lock) == SIM_OK);
	assert(sim_rwlock_release(&lock) == SIM_OK);
	assert(sim_rwlock_try_read_acquire(&lock));
	assert(sim_rwlock_release(&lock) == SIM_OK);
}

static void try_both(void *may_read)
{
	bool reads = sim_rwlock_try_read_acquire(&lock);

	assert(reads == (may_read != NULL));
	assert(!sim_rwlock_try_write_acquire(&lock));
	if (reads)
		assert(sim_rwlock_release(&lock) == SIM_OK);
}

void rwlock_try_while_other_reads(void)
{
	assert(sim_rwlock_read_acquire(&lock) == SIM_OK);
	start(&first, try_both, &lock);
	join(&first);
	assert(sim_rwlock_release(&lock) == SIM_OK);
}

void rwlock_try_while_other_writes(void)
{
	assert(sim_rwlock_write_acquire(&lock) == SIM_OK);
	start(&first, try_both, NULL);
	join(&first);
	assert(sim_rwlock_release(&lock) == SIM_OK);
}

/* Whatever it holds, a thread does not get the lock once more. */
void rwlock_try_what_one_holds(void)
{
	assert(sim_rwlock_read_acquire(&lock) == SIM_OK);
	assert(!sim_rwlock_try_read_acquire(&lock));
	assert(!sim_rwlock_try_write_acquire(&lock));
	assert(sim_rwlock_release(&lock) == SIM_OK);
	assert(sim_rwlock_write_acquire(&lock) == SIM_OK);
	assert(!sim_rwlock_try_read_acquire(&lock));
	assert(!sim_rwlock_try_write_acquire(&lock));
	assert(sim_rwlock_release(&lock) == SIM_OK);
}

static void hold_reading(void *unused)
{
	(void)unused;
	assert(sim_rwlock_read_acquire(&lock) == SIM_OK);
	assert(sim_rwlock_release(&lock) == SIM_OK);
}

/* The other comes and goes while this one reads. */
void rwlock_readers_do_not_exclude_each_other(void)
{
	assert(sim_rwlock_read_acquire(&lock) == SIM_OK);
	start(&first, hold_reading, NULL);
	join(&first);
	assert(sim_rwlock_release(&lock) == SIM_OK);
}

static void increase(void *unused)
{
	int before;

	(void)unused;
	assert(sim_rwlock_write_acquire(&lock) == SIM_OK);
	before = value;
	sim_thread_yield();
	value = before + 1;
	assert(sim_rwlock_release(&lock) == SIM_OK);
}

void rwlock_writers_exclude_each_other(void)
{
	start(&first, increase, NULL);
	start(&second, increase, NULL);
	join(&first);
	join(&second);
	assert(value == 2);
}

static void read_twice(void *unused)
{
	int before;

	(void)unused;
	assert(sim_rwlock_read_acquire(&lock) == SIM_OK);
	before = value;
	sim_thread_yield();
	assert(value == before);
	assert(sim_rwlock_release(&lock) == SIM_OK);
}

void rwlock_writers_exclude_readers(void)
{
	start(&first, increase, NULL);
	start(&second, read_twice, NULL);
	start(&third, read_twice, NULL);
	join(&first);
	join(&second);
	join(&third);
	assert(value == 1);
}

void rwlock_acquire_for_takes_a_free_lock(void)
{
	static const int64_t timeouts[] = { 0, 1, SIM_NS_PER_S, SIM_TIMEOUT_MAX, SIM_FOREVER };

	for (size_t i = 0; i < sizeof(timeouts) / sizeof(*timeouts); i++) {
		assert(sim_rwlock_read_acquire_for(&lock, timeouts[i]) == SIM_OK);
		assert(sim_rwlock_release(&lock) == SIM_OK);
		assert(sim_rwlock_write_acquire_for(&lock, timeouts[i]) == SIM_OK);
		assert(sim_rwlock_release(&lock) == SIM_OK);
	}
}

void rwlock_acquire_for_runs_out(void)
{
	assert(sim_rwlock_read_acquire(&lock) == SIM_OK);
	assert(sim_rwlock_write_acquire_for(&lock, SIM_NS_PER_MS) == SIM_TIMEOUT);
	assert(sim_rwlock_write_acquire_for(&lock, 0) == SIM_BUSY);
	assert(sim_rwlock_release(&lock) == SIM_OK);
	assert(sim_rwlock_write_acquire(&lock) == SIM_OK);
	assert(sim_rwlock_read_acquire_for(&lock, SIM_NS_PER_MS) == SIM_TIMEOUT);
	assert(sim_rwlock_read_acquire_for(&lock, 0) == SIM_BUSY);
	assert(sim_rwlock_release(&lock) == SIM_OK);
}

/* Whether the reader is out of the way in time is open; what each answer means is not. */
void rwlock_acquire_for_released_meanwhile(void)
{
	enum sim_status status;

	start(&first, hold_reading, NULL);
	status = sim_rwlock_write_acquire_for(&lock, SIM_NS_PER_MS);
	assert(status == SIM_OK || status == SIM_TIMEOUT);
	if (status == SIM_OK)
		assert(sim_rwlock_release(&lock) == SIM_OK);
	join(&first);
	assert(sim_rwlock_try_write_acquire(&lock));
	assert(sim_rwlock_release(&lock) == SIM_OK);
}

void rwlock_initialised_with_a_name(void)
{
	struct sim_rwlock local;

	memset(&local, 0xff, sizeof(local));
	sim_rwlock_init(&local, "catalogue");
	assert(strcmp(local.name, "catalogue") == 0);
	assert(sim_rwlock_write_acquire(&local) == SIM_OK);
	assert(sim_rwlock_release(&local) == SIM_OK);
}

/* A lock initialised where an earlier one was held is another lock, and free. */
void rwlock_initialised_again(void)
{
	assert(sim_rwlock_write_acquire(&lock) == SIM_OK);
	sim_rwlock_init(&lock, NULL);
	assert(sim_rwlock_try_read_acquire(&lock));
	assert(sim_rwlock_release(&lock) == SIM_OK);
}

void rwlock_release_unlocked(void)
{
	assert(sim_rwlock_release(&lock) == SIM_MISUSE);
	assert(sim_rwlock_try_write_acquire(&lock));
}

static void release_lock(void *unused)
{
	(void)unused;
	assert(sim_rwlock_release(&lock) == SIM_MISUSE);
}

void rwlock_release_of_another_reader(void)
{
	assert(sim_rwlock_read_acquire(&lock) == SIM_OK);
	start(&first, release_lock, NULL);
	join(&first);
	assert(sim_rwlock_release(&lock) == SIM_OK);
}

void rwlock_release_of_another_writer(void)
{
	assert(sim_rwlock_write_acquire(&lock) == SIM_OK);
	start(&first, release_lock, NULL);
	join(&first);
	assert(sim_rwlock_release(&lock) == SIM_OK);
}

void rwlock_release_twice(void)
{
	assert(sim_rwlock_read_acquire(&lock) == SIM_OK);
	assert(sim_rwlock_release(&lock) == SIM_OK);
	assert(sim_rwlock_release(&lock) == SIM_MISUSE);
}

void rwlock_read_acquire_for_negative(void)
{
	assert(sim_rwlock_read_acquire_for(&lock, -2) == SIM_MISUSE);
}

void rwlock_write_acquire_for_negative(void)
{
	assert(sim_rwlock_write_acquire_for(&lock, -2) == SIM_MISUSE);
}

void rwlock_read_acquire_null(void)
{
	assert(sim_rwlock_read_acquire(NULL) == SIM_MISUSE);
}

void rwlock_try_write_acquire_null(void)
{
	assert(!sim_rwlock_try_write_acquire(NULL));
}
