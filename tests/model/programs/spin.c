/*
 * Threads that poll. An attempt that changes nothing and comes back to the same state is no event: the thread waits. What
 * is counted, or bounded, is a change.
 */
#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

static void run(int n, void *(*const *bodies)(void *))
{
	pthread_t threads[4];

	for (int i = 0; i < n; i++)
		pthread_create(&threads[i], NULL, bodies[i], NULL);
	for (int i = 0; i < n; i++)
		pthread_join(threads[i], NULL);
}

/* ---- flags ------------------------------------------------------------------------------------------------------ */

static atomic_int flag, other_flag;
static int data;

static void *set(void *unused)
{
	(void)unused;
	data = 1;
	atomic_store_explicit(&flag, 1, memory_order_release);
	return NULL;
}

static void *poll(void *unused)
{
	(void)unused;
	while (!atomic_load_explicit(&flag, memory_order_acquire))
		;
	assert(data == 1);
	return NULL;
}

/* One class: the one read that counts comes after the store. */
void poll_until_set(void)
{
	run(2, (void *(*const[])(void *)){poll, set});
}

static int is_set(void)
{
	return atomic_load(&flag);
}

static void *poll_by_call(void *unused)
{
	(void)unused;
	while (!is_set())
		;
	return NULL;
}

void poll_through_a_function(void)
{
	run(2, (void *(*const[])(void *)){poll_by_call, set});
}

static void *poll_politely(void *unused)
{
	(void)unused;
	while (!atomic_load(&flag))
		sched_yield();
	return NULL;
}

void poll_and_give_way(void)
{
	run(2, (void *(*const[])(void *)){poll_politely, set});
}

/* One class: nothing ever happens. */
void poll_what_nobody_sets(void)
{
	run(2, (void *(*const[])(void *)){poll, poll_by_call});
}

static void *first_the_other(void *unused)
{
	(void)unused;
	while (!atomic_load(&other_flag))
		;
	atomic_store(&flag, 1);
	return NULL;
}

static void *first_this(void *unused)
{
	(void)unused;
	while (!atomic_load(&flag))
		;
	atomic_store(&other_flag, 1);
	return NULL;
}

void poll_each_other(void)
{
	run(2, (void *(*const[])(void *)){first_the_other, first_this});
}

static void *poll_with_patience(void *unused)
{
	(void)unused;
	int tries = 0;
	while (tries < 3 && !atomic_load(&flag))
		tries++;
	return NULL;
}

/* 4 classes: the store comes before the first, the second, the third attempt, or after all of them. */
void poll_at_most_three_times(void)
{
	run(2, (void *(*const[])(void *)){poll_with_patience, set});
}

static int leave;

static void *poll_or_leave(void *unused)
{
	(void)unused;
	while (!atomic_load(&flag))
		if (leave)
			break;
	return NULL;
}

static void *say_leave(void *unused)
{
	(void)unused;
	leave = 1;
	return NULL;
}

/* Nobody sets the flag, but the loop has another way out; it races with who opens it. */
void poll_two_things(void)
{
	run(2, (void *(*const[])(void *)){poll_or_leave, say_leave});
}

static void *poll_until_late(void *unused)
{
	struct timespec now;

	(void)unused;
	do
		clock_gettime(CLOCK_MONOTONIC, &now);
	while (!atomic_load(&flag) && now.tv_sec < 5000);
	return NULL;
}

/* Ends by itself: time passes. */
void poll_with_a_deadline(void)
{
	run(1, (void *(*const[])(void *)){poll_until_late});
}

static long seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

static void *wait_ten_seconds(void *unused)
{
	(void)unused;
	for (long end = seconds() + 10; seconds() < end;)
		;
	return NULL;
}

/* One class: there is nothing but the clock to look at. */
void wait_by_the_clock(void)
{
	run(2, (void *(*const[])(void *)){wait_ten_seconds, set});
}

static void *poll_for_ten_seconds(void *unused)
{
	(void)unused;
	for (long end = seconds() + 10; !atomic_load(&flag) && seconds() < end;)
		;
	return NULL;
}

/* Time passes after each attempt that looks at the clock in vain: a millisecond, a second, a quarter of an hour. So there are
 * 4 attempts, and 5 classes: the store comes before the first of them, ..., before the fourth, after it. */
void poll_or_time_out(void)
{
	run(2, (void *(*const[])(void *)){poll_for_ten_seconds, set});
}

/* ---- plain variables ------------------------------------------------------------------------------------------------ */

static int plain_flag, other_plain;

static void *set_plain(void *unused)
{
	(void)unused;
	plain_flag = 1;
	return NULL;
}

static void *poll_plain_variable(void *unused)
{
	(void)unused;
	while (!plain_flag)
		;
	return NULL;
}

static void *poll_plain_variables(void *unused)
{
	(void)unused;
	while (!plain_flag && !other_plain)
		;
	return NULL;
}

/* One class, once the race is known: the read of 1. */
void poll_plain(void)
{
	run(2, (void *(*const[])(void *)){poll_plain_variable, set_plain});
}

void poll_two_plain(void)
{
	run(2, (void *(*const[])(void *)){poll_plain_variables, set_plain});
}

/* No computation without end: somebody else could end it, but there is nobody. */
void poll_plain_in_vain(void)
{
	run(1, (void *(*const[])(void *)){poll_plain_variable});
}

static void *read_often(void *unused)
{
	int sum = 0;

	(void)unused;
	for (int i = 0; i < 20000; i++)
		sum += other_plain;
	return sum ? &sum : NULL;
}

/* Not every loop is a poll: 1 class, without scheduling points in the loop. */
void read_many_times(void)
{
	run(2, (void *(*const[])(void *)){read_often, set_plain});
}

/* What a poll acquires counts for what it reads besides: this is no race. One class: the read of 2. */
static void *poll_and_look(void *unused)
{
	(void)unused;
	for (;;)
		switch (atomic_load_explicit(&flag, memory_order_acquire)) {
		case 0:
			break;
		case 1:
			assert(data == 1);
			break;
		default:
			return NULL;
		}
}

static void *set_twice(void *unused)
{
	set(unused);
	atomic_store_explicit(&flag, 2, memory_order_release);
	return NULL;
}

void poll_and_read_what_was_released(void)
{
	run(2, (void *(*const[])(void *)){poll_and_look, set_twice});
}

/* ---- attempts of several operations --------------------------------------------------------------------------------- */

static void *set_other(void *unused)
{
	(void)unused;
	atomic_store(&other_flag, 1);
	return NULL;
}

static void *poll_either(void *unused)
{
	(void)unused;
	while (!(atomic_load(&flag) || atomic_load(&other_flag)))
		;
	return NULL;
}

/* 2 classes: the flag is found set, or it is read before that and the other one is found set. */
void poll_one_of_two(void)
{
	run(3, (void *(*const[])(void *)){poll_either, set, set_other});
}

/* One class. There is a second execution, which shows nothing: the flag is read before it is set, and the other one is
 * never set. */
void poll_one_of_two_set_once(void)
{
	run(2, (void *(*const[])(void *)){poll_either, set});
}

/* One class: nothing ever happens. */
void poll_one_of_two_in_vain(void)
{
	run(1, (void *(*const[])(void *)){poll_either});
}

static void *poll_all(void *unused)
{
	(void)unused;
	while (!(atomic_load(&flag) && atomic_load(&other_flag)))
		;
	return NULL;
}

/* One class: the flag is read when it is set, the other one when that is set too. */
void poll_both(void)
{
	run(3, (void *(*const[])(void *)){poll_all, set, set_other});
}

static void *poll_order(void *unused)
{
	(void)unused;
	while (atomic_load(&flag) >= atomic_load(&other_flag))
		;
	return NULL;
}

/* One class: only the read of the other flag meets a store. */
void poll_until_less(void)
{
	run(2, (void *(*const[])(void *)){poll_order, set_other});
}

static void *set_both(void *unused)
{
	set(unused);
	return set_other(unused);
}

static void *poll_values(void *unused)
{
	int first, second;

	(void)unused;
	do {
		first = atomic_load(&flag);
		second = atomic_load(&other_flag);
	} while (!first && !second);
	assert(first);
	return NULL;
}

/* The flag is set first. But it may be read before that, and the other one after it was set. */
void poll_a_torn_pair(void)
{
	run(2, (void *(*const[])(void *)){poll_values, set_both});
}

static void *poll_and_sleep(void *unused)
{
	(void)unused;
	while (!atomic_load(&flag))
		usleep(10);
	return NULL;
}

/* One class, as without the sleep. */
void poll_with_sleeps(void)
{
	run(2, (void *(*const[])(void *)){poll_and_sleep, set});
}

/* One class: nothing ever happens. */
void poll_with_sleeps_in_vain(void)
{
	run(2, (void *(*const[])(void *)){poll_and_sleep, poll_either});
}

static void *poll_pair_with_patience(void *unused)
{
	int tries = 0;

	(void)unused;
	while (tries < 2 && !(atomic_load(&flag) && atomic_load(&other_flag)))
		tries++;
	return NULL;
}

/* Reads of the flag f, of the other o, before or after their stores. Neither f finds it set: 1. The first does not, the
 * second does: the o after it does not or does: 2. Both do: the first o finds it set (and there is no second f), or not,
 * and then the second o does or does not: 3. Together 6 classes. */
void poll_both_at_most_twice(void)
{
	run(3, (void *(*const[])(void *)){poll_pair_with_patience, set, set_other});
}

/* ---- locks: as many classes as there are orders of the threads, n! ------------------------------------------------- */

static int counter;
static atomic_flag test_and_set = ATOMIC_FLAG_INIT;
static atomic_int word, next_ticket, serving;

static void *with_test_and_set(void *unused)
{
	(void)unused;
	while (atomic_flag_test_and_set(&test_and_set))
		;
	counter++;
	atomic_flag_clear(&test_and_set);
	return NULL;
}

void lock_by_test_and_set(void)
{
	run(2, (void *(*const[])(void *)){with_test_and_set, with_test_and_set});
	assert(counter == 2);
}

static void *with_exchange(void *unused)
{
	(void)unused;
	while (atomic_exchange(&word, 1))
		;
	counter++;
	atomic_store(&word, 0);
	return NULL;
}

void lock_by_exchange(void)
{
	run(2, (void *(*const[])(void *)){with_exchange, with_exchange});
	assert(counter == 2);
}

static void *with_compare_exchange(void *unused)
{
	(void)unused;
	int free = 0;
	while (!atomic_compare_exchange_strong(&word, &free, 1))
		free = 0;
	counter++;
	atomic_store(&word, 0);
	return NULL;
}

void lock_by_compare_exchange(void)
{
	run(3, (void *(*const[])(void *)){with_compare_exchange, with_compare_exchange, with_compare_exchange});
	assert(counter == 3);
}

static void *with_a_ticket(void *unused)
{
	(void)unused;
	int mine = atomic_fetch_add(&next_ticket, 1);
	while (atomic_load(&serving) != mine)
		;
	counter++;
	atomic_store(&serving, mine + 1);
	return NULL;
}

void lock_by_tickets(void)
{
	run(3, (void *(*const[])(void *)){with_a_ticket, with_a_ticket, with_a_ticket});
	assert(counter == 3);
}

static void *take_and_keep(void *unused)
{
	(void)unused;
	while (atomic_exchange(&word, 1))
		;
	return NULL;
}

/* 2 classes: who is first. The other polls for ever. */
void lock_never_released(void)
{
	run(2, (void *(*const[])(void *)){take_and_keep, take_and_keep});
}
