/*
 * Robust mutexes: the one who takes a mutex after its owner has ended is told, may repair what it protects, and if it does
 * not, nobody gets the mutex again. By each of the ways to lock, for each type.
 */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t mutex, inner;
static const struct timespec past = {.tv_sec = 1};

static void make(pthread_mutex_t *made, int type)
{
	pthread_mutexattr_t attributes;

	pthread_mutexattr_init(&attributes);
	assert(pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST) == 0);
	assert(pthread_mutexattr_settype(&attributes, type) == 0);
	assert(pthread_mutex_init(made, &attributes) == 0);
}

static void *return_with_it(void *unused)
{
	assert(pthread_mutex_lock(&mutex) == 0);
	assert(pthread_mutex_lock(&inner) == 0);
	return unused;
}

static void *exit_with_it(void *unused)
{
	assert(pthread_mutex_trylock(&inner) == 0);
	assert(pthread_mutex_lock(&mutex) == 0);
	assert(pthread_mutex_unlock(&inner) == 0);
	pthread_exit(unused);
}

static void run(void *(*body)(void *))
{
	pthread_t thread;

	pthread_create(&thread, NULL, body, NULL);
	pthread_join(thread, NULL);
}

static void check_recovery(void)
{
	assert(pthread_mutex_consistent(&mutex) == EINVAL);
	run(return_with_it);
	assert(pthread_mutex_consistent(&mutex) == EINVAL);
	assert(pthread_mutex_unlock(&mutex) == EPERM);
	assert(pthread_mutex_trylock(&mutex) == EOWNERDEAD);
	assert(pthread_mutex_consistent(&mutex) == 0);
	assert(pthread_mutex_consistent(&mutex) == EINVAL);
	assert(pthread_mutex_unlock(&mutex) == 0);
	assert(pthread_mutex_lock(&mutex) == 0);
	assert(pthread_mutex_unlock(&mutex) == 0);
	assert(pthread_mutex_timedlock(&inner, &past) == EOWNERDEAD);
	assert(pthread_mutex_consistent(&inner) == 0);
	assert(pthread_mutex_unlock(&inner) == 0);
	run(exit_with_it);
	assert(pthread_mutex_trylock(&inner) == 0);
	assert(pthread_mutex_unlock(&inner) == 0);
}

static void check_loss(void)
{
	assert(pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &past) == EOWNERDEAD);
	assert(pthread_mutex_unlock(&mutex) == 0);
	assert(pthread_mutex_lock(&mutex) == ENOTRECOVERABLE);
	assert(pthread_mutex_timedlock(&mutex, &past) == ENOTRECOVERABLE);
	assert(pthread_mutex_unlock(&mutex) == EPERM);
	assert(pthread_mutex_destroy(&mutex) == 0);
}

/* The mutex is used again and again by threads that end with it: each finds what the one before left. */
static int n_ended;

static void *take_over(void *unused)
{
	int result = pthread_mutex_lock(&mutex);

	assert(result == (n_ended ? EOWNERDEAD : 0));
	if (result == EOWNERDEAD)
		assert(pthread_mutex_consistent(&mutex) == 0);
	n_ended++;
	return unused;
}

static void check_succession(void)
{
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, take_over, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	assert(pthread_mutex_lock(&mutex) == EOWNERDEAD);
	assert(pthread_mutex_unlock(&mutex) == 0);
	printf("%d ended with it\n", n_ended);
}

/* However often the owner that ended held it, the next one holds it once. */
static void *hold_twice(void *unused)
{
	assert(pthread_mutex_lock(&mutex) == 0 && pthread_mutex_lock(&mutex) == 0);
	return unused;
}

static void check_depth(void)
{
	make(&mutex, PTHREAD_MUTEX_RECURSIVE);
	run(hold_twice);
	assert(pthread_mutex_lock(&mutex) == EOWNERDEAD);
	assert(pthread_mutex_consistent(&mutex) == 0);
	assert(pthread_mutex_unlock(&mutex) == 0);
	assert(pthread_mutex_unlock(&mutex) == EPERM);
}

/* A destructor of the thread comes before its end. */
static pthread_key_t key;

static void unlock(void *held)
{
	assert(pthread_mutex_unlock(held) == 0);
}

static void *leave_to_destructor(void *unused)
{
	assert(pthread_mutex_lock(&mutex) == 0);
	pthread_setspecific(key, &mutex);
	return unused;
}

static void check_destructor(void)
{
	make(&mutex, PTHREAD_MUTEX_NORMAL);
	pthread_key_create(&key, unlock);
	run(leave_to_destructor);
	assert(pthread_mutex_lock(&mutex) == 0);
	assert(pthread_mutex_unlock(&mutex) == 0);
}

int main(void)
{
	static const int types[] = {PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_ERRORCHECK, PTHREAD_MUTEX_RECURSIVE};

	for (int i = 0; i < 3; i++) {
		make(&mutex, types[i]);
		make(&inner, types[i]);
		check_recovery();
		check_loss();
		printf("type %d\n", types[i]);
	}
	make(&mutex, PTHREAD_MUTEX_ERRORCHECK);
	assert(pthread_mutex_lock(&mutex) == 0);
	assert(pthread_mutex_lock(&mutex) == EDEADLK && pthread_mutex_trylock(&mutex) == EDEADLK);
	assert(pthread_mutex_unlock(&mutex) == 0);
	make(&mutex, PTHREAD_MUTEX_RECURSIVE);
	assert(pthread_mutex_lock(&mutex) == 0 && pthread_mutex_lock(&mutex) == 0);
	assert(pthread_mutex_unlock(&mutex) == 0 && pthread_mutex_unlock(&mutex) == 0);
	check_succession();
	check_depth();
	check_destructor();
	return 0;
}
