/* The builtins of verification benchmarks. Programs declare them themselves. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

extern void __VERIFIER_assume(int holds);
extern void __VERIFIER_atomic_begin(void);
extern void __VERIFIER_atomic_end(void);
extern _Bool __VERIFIER_nondet_bool(void);
extern void __VERIFIER_assert(int holds);
extern void reach_error(void);

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static atomic_int word, ticket;
static int counter, owner, flag;

/* One in a thread of its own, one in main. */
static void both(void *(*first)(void *), void *(*second)(void *))
{
	pthread_t thread;

	pthread_create(&thread, NULL, first, NULL);
	second(NULL);
	pthread_join(thread, NULL);
}

static void *add_in_one(void *unused)
{
	(void)unused;
	__VERIFIER_atomic_begin();
	counter++;
	__VERIFIER_atomic_end();
	return NULL;
}

/* 2 classes: the orders of two blocks. */
void one_block_each(void)
{
	both(add_in_one, add_in_one);
	__VERIFIER_assert(counter == 2);
}

static void *add_in_two(void *unused)
{
	int seen;

	(void)unused;
	__VERIFIER_atomic_begin();
	seen = counter;
	__VERIFIER_atomic_end();
	__VERIFIER_atomic_begin();
	counter = seen + 1;
	__VERIFIER_atomic_end();
	return NULL;
}

/* 6 classes: the orders of two blocks of each of two threads, 4! / (2! 2!). In 4 of them a change is lost. */
void two_blocks_each(void)
{
	both(add_in_two, add_in_two);
	if (counter != 2)
		reach_error();
}

static void *write_twice(void *unused)
{
	(void)unused;
	__VERIFIER_atomic_begin();
	word = 1;
	word = 2;
	__VERIFIER_atomic_end();
	return NULL;
}

static void *look(void *unused)
{
	(void)unused;
	__VERIFIER_assert(word != 1);
	return NULL;
}

/* 2 classes: the load comes before the block or after it. */
void nobody_sees_the_middle(void)
{
	both(write_twice, look);
}

static void *write_halfway(void *unused)
{
	(void)unused;
	word = 1;
	word = 2;
	return NULL;
}

/* 3 classes: before, between and after. */
void somebody_sees_the_middle(void)
{
	both(write_halfway, look);
}

static void *add_beside(void *unused)
{
	(void)unused;
	counter++;
	return NULL;
}

/* A block orders its accesses with those of blocks only. As events, the two accesses beside it each come before or after
 * it: 3 classes. */
void block_and_plain_access(void)
{
	both(add_in_one, add_beside);
}

static void __VERIFIER_atomic_take(void)
{
	__VERIFIER_assume(owner == 0);
	owner = 1;
}

static void __VERIFIER_atomic_give_back(void)
{
	owner = 0;
}

static void *add_as_owner(void *unused)
{
	(void)unused;
	__VERIFIER_atomic_take();
	counter++;
	__VERIFIER_atomic_give_back();
	return NULL;
}

/* 4 classes: the one takes it after the other has given it back, or tries before and is stopped. */
void functions_by_name(void)
{
	both(add_as_owner, add_as_owner);
	__VERIFIER_assert(counter == 2);
}

static void *lock_for_good(void *unused)
{
	(void)unused;
	pthread_mutex_lock(&mutex);
	return NULL;
}

/* Main is stopped with the mutex: that the other thread waits for ever is no deadlock. 1 class. */
void no_deadlock_after_a_wrong_assumption(void)
{
	pthread_t thread;

	pthread_mutex_lock(&mutex);
	pthread_create(&thread, NULL, lock_for_good, NULL);
	__VERIFIER_assume(0);
}

static void *fail(void *unused)
{
	(void)unused;
	reach_error();
	return NULL;
}

/* What goes wrong in another thread goes wrong all the same. 1 class. */
void error_beside_a_wrong_assumption(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, fail, NULL);
	__VERIFIER_assume(0);
}

/* Every truth value is tried: 4 classes, of which 3 are left by the assumption. */
void truth_values(void)
{
	_Bool a = __VERIFIER_nondet_bool(), b = __VERIFIER_nondet_bool();

	__VERIFIER_assume(a || b);
	__VERIFIER_assert(a + b > 0);
}

static void *add_with_the_mutex(void *unused)
{
	(void)unused;
	__VERIFIER_atomic_begin();
	pthread_mutex_lock(&mutex);
	counter++;
	pthread_mutex_unlock(&mutex);
	__VERIFIER_atomic_end();
	return NULL;
}

/* A mutex inside of blocks is free whenever one of them begins. 2 classes. */
void mutex_in_blocks(void)
{
	both(add_with_the_mutex, add_with_the_mutex);
	__VERIFIER_assert(counter == 2);
}

static void *choose_in_a_block(void *unused)
{
	(void)unused;
	__VERIFIER_atomic_begin();
	word = 1;
	flag = __VERIFIER_nondet_bool();
	word = 0;
	__VERIFIER_atomic_end();
	return NULL;
}

static void *look_at_nothing(void *unused)
{
	(void)unused;
	__VERIFIER_assert(word == 0);
	return NULL;
}

/* 4 classes: two choices, and a load before the block or after it. */
void choice_in_a_block(void)
{
	both(choose_in_a_block, look_at_nothing);
}

static void *add_nested(void *unused)
{
	(void)unused;
	__VERIFIER_atomic_begin();
	ticket++;
	add_in_one(NULL);
	ticket++;
	__VERIFIER_atomic_end();
	return NULL;
}

static void *look_at_tickets(void *unused)
{
	(void)unused;
	__VERIFIER_assert(ticket % 2 == 0);
	return NULL;
}

/* A block in another ends with the outer one: 2 classes. */
void nested_blocks(void)
{
	both(add_nested, look_at_tickets);
}

static void *stop_inside(void *unused)
{
	(void)unused;
	__VERIFIER_atomic_begin();
	counter++;
	__VERIFIER_assume(counter < 2);
	__VERIFIER_atomic_end();
	return NULL;
}

/* The block of a thread that is stopped in it is over: the second one stops, whichever it is. 2 classes. */
void stopped_in_a_block(void)
{
	both(stop_inside, stop_inside);
}

static int is_flag_up(void)
{
	int value;

	__VERIFIER_atomic_begin();
	value = flag;
	__VERIFIER_atomic_end();
	return value;
}

static void *raise_flag(void *unused)
{
	counter = 7;
	__VERIFIER_atomic_begin();
	flag = 1;
	__VERIFIER_atomic_end();
	return unused;
}

/* What was written before the block is known to who has seen what the block wrote. 1 class: looks in vain are none. */
void waits_for_a_block(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, raise_flag, NULL);
	while (!is_flag_up())
		;
	__VERIFIER_assert(counter == 7);
	pthread_join(thread, NULL);
}

void waits_for_a_block_in_vain(void)
{
	while (!is_flag_up())
		;
}

/* A look that is not in a block is no better for it: it races. */
void waits_beside_a_block(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, raise_flag, NULL);
	while (!flag)
		;
	pthread_join(thread, NULL);
}

static void *stop(void *unused)
{
	__VERIFIER_assume(0);
	return unused;
}

/* With --leaks: what a program would leave behind if its threads went on is not known. 1 class. */
void allocates_and_stops(void)
{
	pthread_t thread;

	if (!malloc(8))
		return;
	pthread_create(&thread, NULL, stop, NULL);
}

void end_without_begin(void)
{
	__VERIFIER_atomic_end();
}
