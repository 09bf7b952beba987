/*
 * Programs whose endings differ by little (scheduler/world/endings.h): by a value, by what a thread returned, by an access
 * that only some executions make. Plain C, as endings are left out of programs that call few functions of the library.
 *
 * NOISE more threads, the last to come, have nothing to do with it: a search tries their orders first, and has come to know
 * the ending of its first execution well when it meets others.
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#ifndef NOISE
#define NOISE 0
#endif

static atomic_int x, y, noise;
static int plain, other;
static pthread_t threads[2 + NOISE];

static void *make_noise(void *argument)
{
	(void)argument;
	atomic_fetch_add(&noise, 1);
	return NULL;
}

static void start(void *(*first)(void *), void *(*second)(void *), void *argument)
{
	pthread_create(&threads[0], NULL, first, argument);
	pthread_create(&threads[1], NULL, second, argument);
	for (int i = 0; i < NOISE; i++)
		pthread_create(&threads[2 + i], NULL, make_noise, NULL);
}

static void join_from(int first)
{
	for (int i = first; i < 2 + NOISE; i++)
		pthread_join(threads[i], NULL);
}

static void *add_one(void *argument)
{
	(void)argument;
	atomic_fetch_add(&x, 1);
	return NULL;
}

static void *double_it(void *argument)
{
	(void)argument;
	int value = atomic_load(&x);
	atomic_store(&x, 2 * value);
	return NULL;
}

static void run(void *(*first)(void *), void *(*second)(void *))
{
	start(first, second, NULL);
	join_from(0);
}

/* x is 6 in each of 6! classes. */
void same_value(void)
{
	x = 0;
	pthread_t adders[6];
	for (int i = 0; i < 6; i++)
		pthread_create(&adders[i], NULL, add_one, NULL);
	for (int i = 0; i < 6; i++)
		pthread_join(adders[i], NULL);
	assert(x == 6);
}

/* 2 + 1, 2 * 3, or, with the addition lost, 4. */
void value(void)
{
	x = 2;
	run(add_one, double_it);
	assert(x == 5 || x == 6);
}

static void *returns_value(void *argument)
{
	(void)argument;
	return (void *)(intptr_t)atomic_load(&x);
}

void returned(void)
{
	void *result;
	x = 0;
	start(returns_value, add_one, NULL);
	pthread_join(threads[0], &result);
	join_from(1);
	assert(!result);
}

/* What it writes is there already. */
static void *writes_if_first(void *argument)
{
	(void)argument;
	if (atomic_fetch_add_explicit(&x, 1, memory_order_relaxed) == 0)
		plain = 0;
	return NULL;
}

/* Main reads what the second thread may write, having joined the first only. */
void read_before_join(void)
{
	x = 0;
	start(add_one, writes_if_first, NULL);
	pthread_join(threads[0], NULL);
	int seen = plain;
	join_from(1);
	assert(seen == 0);
}

/* The same with a thread that nobody joins. */
void read_beside_detached(void)
{
	x = 0;
	start(add_one, writes_if_first, NULL);
	pthread_detach(threads[1]);
	pthread_join(threads[0], NULL);
	join_from(2);
	assert(plain == 0);
}

static void *writes_there(void *argument)
{
	if (atomic_fetch_add(&x, 1) == 0)
		*(int *)argument = 1;
	return NULL;
}

/* Into a variable on main's stack. */
void on_stack(void)
{
	int mine = 0;
	x = 0;
	start(writes_there, add_one, &mine);
	join_from(0);
	assert(mine);
}

/* The ending writes, and reads what it wrote: in parts, too. */
void reads_its_own(void)
{
	x = 0;
	run(add_one, add_one);
	other = 7;
	((char *)&other)[1] = 1;
	assert(other == 263 && x == 2);
	other = 0;
}

static int *_Atomic published;

static void *publishes(void *argument)
{
	(void)argument;
	int mine = 1;
	mine = 2;
	atomic_store_explicit(&published, &mine, memory_order_relaxed);
	while (atomic_load(&y) == 0)
		;
	return NULL;
}

static void *looks(void *argument)
{
	(void)argument;
	int *there = atomic_load_explicit(&published, memory_order_relaxed);
	if (there && *there == 0)
		plain = 2;
	atomic_store(&y, 1);
	return NULL;
}

/* A thread's stack, on which it alone had worked before its address was published without order. */
void private_until_published(void)
{
	published = NULL;
	y = 0;
	run(publishes, looks);
}

static void *stores_relaxed(void *argument)
{
	(void)argument;
	atomic_store_explicit(&y, 1, memory_order_relaxed);
	atomic_store_explicit(&x, 1, memory_order_relaxed);
	return NULL;
}

static void *reads_plainly(void *argument)
{
	(void)argument;
	if (atomic_load_explicit(&x, memory_order_relaxed))
		other = *(volatile int *)&y;
	return NULL;
}

/* A location that is atomic in all executions but those in which it is read as if it was not. */
void atomic_until_read(void)
{
	x = y = 0;
	run(stores_relaxed, reads_plainly);
}
