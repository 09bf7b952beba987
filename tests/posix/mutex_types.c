/* Mutexes of each type: what their owner gets when it locks or unlocks them once more, and what another thread gets. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static const struct type {
	const char *name;
	int type;
	int try_again;   /* what a trylock by the owner returns */
	int until_again; /* and a timedlock whose deadline is over */
	int free_unlock; /* and an unlock of a free one; -1: undefined */
} types[] = {
	{"normal", PTHREAD_MUTEX_NORMAL, EBUSY, ETIMEDOUT, -1},
	{"errorcheck", PTHREAD_MUTEX_ERRORCHECK, EBUSY, EDEADLK, EPERM},
	{"recursive", PTHREAD_MUTEX_RECURSIVE, 0, 0, EPERM},
	{"adaptive", PTHREAD_MUTEX_ADAPTIVE_NP, EBUSY, ETIMEDOUT, -1},
};

static const struct timespec past = {.tv_sec = 1};

struct other {
	pthread_mutex_t *mutex;
	const struct type *type;
};

/* While main holds the mutex. */
static void *try_other(void *argument)
{
	const struct other *other = argument;

	assert(pthread_mutex_trylock(other->mutex) == EBUSY);
	assert(pthread_mutex_timedlock(other->mutex, &past) == ETIMEDOUT);
	assert(pthread_mutex_clocklock(other->mutex, CLOCK_MONOTONIC, &past) == ETIMEDOUT);
	if (other->type->free_unlock != -1)
		assert(pthread_mutex_unlock(other->mutex) == EPERM);
	return NULL;
}

static void check_type(const struct type *type)
{
	pthread_mutexattr_t attributes;
	pthread_mutex_t mutex;
	pthread_t thread;
	struct other other = {&mutex, type};

	assert(pthread_mutexattr_init(&attributes) == 0);
	assert(pthread_mutexattr_settype(&attributes, type->type) == 0);
	assert(pthread_mutex_init(&mutex, &attributes) == 0);
	assert(pthread_mutexattr_destroy(&attributes) == 0);
	assert(pthread_mutex_lock(&mutex) == 0);
	assert(pthread_mutex_trylock(&mutex) == type->try_again);
	assert(pthread_mutex_timedlock(&mutex, &past) == type->until_again);
	if (type->type == PTHREAD_MUTEX_ERRORCHECK)
		assert(pthread_mutex_lock(&mutex) == EDEADLK);
	if (type->type == PTHREAD_MUTEX_RECURSIVE) {
		assert(pthread_mutex_lock(&mutex) == 0);
		for (int i = 0; i < 3; i++)
			assert(pthread_mutex_unlock(&mutex) == 0);
	}
	pthread_create(&thread, NULL, try_other, &other);
	pthread_join(thread, NULL);
	assert(pthread_mutex_unlock(&mutex) == 0);
	if (type->free_unlock != -1)
		assert(pthread_mutex_unlock(&mutex) == type->free_unlock);
	assert(pthread_mutex_destroy(&mutex) == 0);
	printf("%s\n", type->name);
}

int main(void)
{
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		check_type(&types[i]);
	return 0;
}
