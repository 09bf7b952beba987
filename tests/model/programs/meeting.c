/* Read-write locks, barriers and what is done once: what they order and what not, and how threads get stuck with them. */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_rwlock lock, other_lock;
static struct sim_lock guard;
static struct sim_barrier meeting = { .parties = 2 }, alone = { .parties = 1 };
static struct sim_once once;
static int data;

static void both(void (*one)(void *), void (*two)(void *))
{
	static struct sim_thread first, second;

	sim_thread_init(&first, NULL, one, NULL);
	sim_thread_init(&second, NULL, two, NULL);
	sim_thread_start(&first);
	sim_thread_start(&second);
	sim_thread_join(&first);
	sim_thread_join(&second);
}

/* ---- what is ordered -------------------------------------------------------------------------------------------- */

static void write_as_reader(void *unused)
{
	(void)unused;
	sim_rwlock_read_acquire(&lock);
	data++;
	sim_rwlock_release(&lock);
}

/* Readers do not order each other. Two reads and two writes of one counter: 4 classes. */
void readers_order_nothing(void)
{
	both(write_as_reader, write_as_reader);
}

static void write_as_writer(void *unused)
{
	(void)unused;
	sim_rwlock_write_acquire(&lock);
	data = 1;
	sim_rwlock_release(&lock);
}

static void read_as_reader(void *unused)
{
	(void)unused;
	sim_rwlock_read_acquire(&lock);
	assert(data == 0 || data == 1);
	sim_rwlock_release(&lock);
}

/* What a reader read, it has read before the writer writes, and the other way round: 2 classes. */
void reader_and_writer(void)
{
	both(read_as_reader, write_as_writer);
}

static void read_if_not_locked(void *unused)
{
	int locked = !sim_rwlock_try_read_acquire(&lock);

	(void)unused;
	assert(data == 0 || data == 1);
	if (!locked)
		sim_rwlock_release(&lock);
}

/*
 * A failed attempt makes nothing visible. The attempt before the writer, or after it: 2 classes. While it has the lock:
 * the data are read before or after they are written: 2. Together 4.
 */
void failed_attempt(void)
{
	both(write_as_writer, read_if_not_locked);
}

static void write_and_meet(void *unused)
{
	(void)unused;
	data = 1;
	sim_barrier_wait(&alone, NULL);
}

static void meet_and_write(void *unused)
{
	(void)unused;
	sim_barrier_wait(&alone, NULL);
	data = 2;
}

/*
 * Only those of one round are ordered. If the first thread meets first, its write is the first, too: 1 class. If the second
 * does, either write may be the first: 2. Together 3.
 */
void other_round(void)
{
	both(write_and_meet, meet_and_write);
}

/* ---- who waits for whom ----------------------------------------------------------------------------------------- */

static void read_and_write(void *unused)
{
	(void)unused;
	sim_rwlock_read_acquire(&lock);
	sim_rwlock_write_acquire(&other_lock);
	sim_rwlock_release(&other_lock);
	sim_rwlock_release(&lock);
}

static void read_and_write_crosswise(void *unused)
{
	(void)unused;
	sim_rwlock_read_acquire(&other_lock);
	sim_rwlock_write_acquire(&lock);
	sim_rwlock_release(&lock);
	sim_rwlock_release(&other_lock);
}

/*
 * Two locks, each read by one thread that wants to write the other: for each lock, the reader comes before the claim or
 * after it. Both after it is impossible; both before it is the deadlock. 3 classes.
 */
void readers_want_each_others(void)
{
	both(read_and_write, read_and_write_crosswise);
}

static void read_and_end(void *unused)
{
	(void)unused;
	sim_rwlock_read_acquire(&lock);
}

/* A reader that ends without a release: the writer came before it, or waits for ever. 2 classes. */
void reader_ends(void)
{
	both(read_and_end, write_as_writer);
}

static void take_guard(void *unused)
{
	(void)unused;
	sim_lock_acquire(&guard);
	sim_lock_release(&guard);
}

static void meet(void *unused)
{
	(void)unused;
	sim_barrier_wait(&meeting, NULL);
}

static void meet_with_guard(void *unused)
{
	sim_lock_acquire(&guard);
	meet(unused);
	sim_lock_release(&guard);
}

/* The action needs the lock that one of the two holds meanwhile: the last to arrive waits for the other, or for itself.
 * 2 classes. */
void action_needs_a_lock(void)
{
	sim_barrier_init(&meeting, "meeting", 2, take_guard, NULL);
	both(meet, meet_with_guard);
}

/* Whoever takes the lock first keeps the other from coming: 2 classes, one diagnosis. */
void one_keeps_the_other_out(void)
{
	both(meet_with_guard, meet_with_guard);
}

static void do_it_again(void *unused)
{
	sim_once_call(&once, do_it_again, unused);
}

/* What is done once, and needs itself: 1 class. */
void once_needs_itself(void)
{
	do_it_again(NULL);
}
