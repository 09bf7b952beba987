/*
 * Programs that do not survive, or end otherwise than by returning: findings of the program, never of simcheck itself.
 * Only the thread that main starts does anything, so that each has 1 class, unless its comment says more.
 *
 * SIMCHECK-OPTIONS: --step-timeout=0.5
 */
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static volatile int zero;
static int n_passed;

static void run(void *(*body)(void *))
{
	pthread_t thread;

	pthread_create(&thread, NULL, body, NULL);
	pthread_join(thread, NULL);
}

static void *write_through_null(void *pointer)
{
	*(volatile int *)pointer = 1;
	return NULL;
}

void null_pointer(void)
{
	run(write_through_null);
}

static void *write_anywhere(void *unused)
{
	(void)unused;
	*(volatile int *)0x123456789000 = 1;
	return NULL;
}

void wild_pointer(void)
{
	run(write_anywhere);
}

/* Not 1 / zero, which compilers do without dividing. */
static void *divide(void *unused)
{
	(void)unused;
	return (void *)(long)(7 / zero);
}

void division_by_zero(void)
{
	run(divide);
}

static int descend(int depth)
{
	volatile char frame[256];

	frame[0] = (char)depth;
	return depth < 1000 * 1000 ? descend(depth + 1) + frame[0] : 0;
}

static void *recurse(void *unused)
{
	(void)unused;
	return (void *)(long)descend(0);
}

void deep_recursion(void)
{
	run(recurse);
}

static void *give_up(void *unused)
{
	(void)unused;
	abort();
}

void aborts(void)
{
	run(give_up);
}

static void *compute(void *unused)
{
	for (volatile unsigned long i = 1; i; i += 2)
		;
	return unused;
}

void computes_without_end(void)
{
	run(compute);
}

static void *leave(void *unused)
{
	(void)unused;
	exit(3);
}

/* What the exit cuts off is no finding, and neither is its status. */
void exits_in_a_thread(void)
{
	run(leave);
	assert(!"main goes on after exit()");
}

static void *pass(void *unused)
{
	pthread_mutex_lock(&lock);
	n_passed++;
	pthread_mutex_unlock(&lock);
	return unused;
}

static void *divide_by_number_passed(void *unused)
{
	int n;

	pthread_mutex_lock(&lock);
	n = n_passed;
	pthread_mutex_unlock(&lock);
	zero = 7 / n;
	return unused;
}

/* 2 classes, by who has the lock first; in one of them the division is by zero, and the search goes on after it. */
void crashes_in_one_order(void)
{
	pthread_t passing, dividing;

	pthread_create(&dividing, NULL, divide_by_number_passed, NULL);
	pthread_create(&passing, NULL, pass, NULL);
	pthread_join(passing, NULL);
	pthread_join(dividing, NULL);
}
