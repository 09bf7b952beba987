/*
 * What waits make of the mutex: one that checks refuses strangers; a recursive one is given up when held once; another may
 * be used at another time; and of a robust one a wait tells what became of its owner.
 */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t checking = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;
static pthread_mutex_t recursive = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static pthread_mutex_t robust;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int n_changes;

static void *change_under(void *mutex)
{
	pthread_mutex_lock(mutex);
	n_changes++;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(mutex);
	return NULL;
}

static void *change_and_leave(void *mutex)
{
	pthread_mutex_lock(mutex);
	n_changes++;
	pthread_cond_signal(&changed);
	return NULL;
}

static void wait_under(pthread_mutex_t *mutex)
{
	int before = n_changes;
	pthread_t thread;

	assert(pthread_cond_wait(&changed, mutex) == EPERM);
	pthread_mutex_lock(mutex);
	pthread_create(&thread, NULL, change_under, mutex);
	while (n_changes == before)
		assert(pthread_cond_wait(&changed, mutex) == 0);
	assert(pthread_mutex_unlock(mutex) == 0);
	assert(pthread_mutex_unlock(mutex) == EPERM);
	pthread_join(thread, NULL);
}

static void make_robust(void)
{
	pthread_mutexattr_t attributes;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&robust, &attributes);
}

/* The one who changes it ends with the mutex. */
static void wait_for_dead(void)
{
	const struct timespec past = {.tv_sec = 1};
	int before = n_changes, result = 0;
	pthread_t thread;

	pthread_mutex_lock(&robust);
	pthread_create(&thread, NULL, change_and_leave, &robust);
	while (n_changes == before && result == 0)
		result = pthread_cond_wait(&changed, &robust);
	assert(n_changes == before + 1 && result == EOWNERDEAD);
	assert(pthread_mutex_consistent(&robust) == 0);
	pthread_join(thread, NULL);
	assert(pthread_cond_timedwait(&changed, &robust, &past) == ETIMEDOUT);
	assert(pthread_mutex_unlock(&robust) == 0);

	/* A wait gives up the mutex like an unlock: not repaired, it is lost. */
	pthread_create(&thread, NULL, change_and_leave, &robust);
	pthread_join(thread, NULL);
	assert(pthread_mutex_lock(&robust) == EOWNERDEAD);
	assert(pthread_cond_timedwait(&changed, &robust, &past) == ENOTRECOVERABLE);
	assert(pthread_mutex_unlock(&robust) == EPERM);
}

int main(void)
{
	wait_under(&checking);
	wait_under(&recursive);
	make_robust();
	wait_under(&robust);
	wait_for_dead();
	printf("%d changes\n", n_changes);
	return 0;
}
