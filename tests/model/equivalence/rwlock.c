/*
 * Programs with a read-write lock: the one of the API or, with -DREFERENCE, one made of a condition. A writer that waits
 * keeps new readers out.
 */
#include <stddef.h>

#include <simcheck/simcheck.h>

#include "outcome.h"

#ifdef REFERENCE

struct rwlock {
	struct sim_condition changed;
	int n_readers, has_writer; /* protected by the condition's lock; the writer may still wait for readers */
};

static int is_in_time(struct rwlock *lock, int64_t timeout_ns)
{
	return timeout_ns != 0 && sim_condition_wait_for(&lock->changed, timeout_ns) == SIM_OK;
}

static int read_lock(struct rwlock *lock, int64_t timeout_ns)
{
	int in_time = 1;

	sim_condition_acquire(&lock->changed);
	while (lock->has_writer && in_time)
		in_time = is_in_time(lock, timeout_ns);
	in_time = !lock->has_writer;
	lock->n_readers += in_time;
	sim_condition_release(&lock->changed);
	return in_time;
}

/* With the condition's lock held. */
static int claim(struct rwlock *lock, int64_t timeout_ns)
{
	int in_time = 1;

	while (lock->has_writer && in_time)
		in_time = is_in_time(lock, timeout_ns);
	if (lock->has_writer || (timeout_ns == 0 && lock->n_readers > 0))
		return 0;
	lock->has_writer = 1;
	while (lock->n_readers > 0 && in_time)
		in_time = is_in_time(lock, timeout_ns);
	if (lock->n_readers == 0)
		return 1;
	lock->has_writer = 0;
	sim_condition_notify_all(&lock->changed);
	return 0;
}

static int write_lock(struct rwlock *lock, int64_t timeout_ns)
{
	int is_taken;

	sim_condition_acquire(&lock->changed);
	is_taken = claim(lock, timeout_ns);
	sim_condition_release(&lock->changed);
	return is_taken;
}

static void unlock(struct rwlock *lock, int writes)
{
	sim_condition_acquire(&lock->changed);
	if (writes)
		lock->has_writer = 0;
	else
		lock->n_readers--;
	sim_condition_notify_all(&lock->changed);
	sim_condition_release(&lock->changed);
}

#else

#define rwlock sim_rwlock

static int read_lock(struct rwlock *lock, int64_t timeout_ns)
{
	return sim_rwlock_read_acquire_for(lock, timeout_ns) == SIM_OK;
}

static int write_lock(struct rwlock *lock, int64_t timeout_ns)
{
	return sim_rwlock_write_acquire_for(lock, timeout_ns) == SIM_OK;
}

static void unlock(struct rwlock *lock, int writes)
{
	(void)writes;
	sim_rwlock_release(lock);
}

#endif

static struct rwlock lock;
static struct sim_thread threads[3];
static int found[3];
static int value; /* protected by the lock */

static void start(int i, void (*function)(void *))
{
	sim_thread_init(&threads[i], NULL, function, &found[i]);
	sim_thread_start(&threads[i]);
}

static void join(int n)
{
	for (int i = 0; i < n; i++)
		sim_thread_join(&threads[i]);
}

static void read_value(void *is_found)
{
	read_lock(&lock, SIM_FOREVER);
	*(int *)is_found = value;
	unlock(&lock, 0);
}

static void read_in_time(void *is_found)
{
	*(int *)is_found = read_lock(&lock, 1);
	if (*(int *)is_found)
		unlock(&lock, 0);
}

static void write_for(void *is_done, int64_t timeout_ns)
{
	*(int *)is_done = write_lock(&lock, timeout_ns);
	if (!*(int *)is_done)
		return;
	value = 1;
	unlock(&lock, 1);
}

static void write_value(void *is_done)
{
	write_for(is_done, SIM_FOREVER);
}

static void write_in_time(void *is_done)
{
	write_for(is_done, 1);
}

static void try_to_write(void *is_done)
{
	write_for(is_done, 0);
}

static void double_value(void *unused)
{
	(void)unused;
	write_lock(&lock, SIM_FOREVER);
	value = 2 * value + 1;
	unlock(&lock, 1);
}

static void read_and_write(void *is_done)
{
	read_lock(&lock, SIM_FOREVER);
	write_for(is_done, SIM_FOREVER);
	unlock(&lock, 0);
}

/* Each reader before or after the writer; readers commute: 2 * 2 = 4 classes. */
void readers_and_writer(void)
{
	start(0, read_value);
	start(1, read_value);
	start(2, write_value);
	join(3);
	come_to(found[0] + 2 * found[1]);
}

/* Two writers: 2 classes. */
void two_writers(void)
{
	start(0, double_value);
	start(1, double_value);
	join(2);
	come_to(value);
}

/* The attempt comes before the reader, while it reads, or after it: 3 classes. */
void attempt(void)
{
	start(0, read_value);
	start(1, try_to_write);
	join(2);
	come_to(found[1]);
}

/* The writer claims the lock before the reader comes: it writes. Or after that: it waits long enough or not. 3 classes. */
void write_times_out(void)
{
	start(0, read_value);
	start(1, write_in_time);
	join(2);
	come_to(found[1]);
}

/*
 * The reader comes before the claim: 1 class. Or the writer comes first; the reader runs out of time between the claim and
 * the release, or waits for that: 2. Together 3.
 */
void read_times_out(void)
{
	start(0, read_in_time);
	start(1, write_value);
	join(2);
	come_to(found[0]);
}

/* A thread that waits for itself, and another for it: the reader comes before the claim, or not at all: 2 classes. */
void from_reading_to_writing(void)
{
	start(0, read_and_write);
	start(1, read_value);
	join(2);
	come_to(0);
}

int main(void)
{
	return 0;
}
