/*
 * A robust mutex that its owner left and the next one did not repair: who waits for it learns that it is lost, and so
 * does whoever tries. (After such an attempt the C library of Debian 12 believes that the mutex is held: it comes last.)
 */
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t mutex;

static void *leave(void *unused)
{
	pthread_mutex_lock(&mutex);
	return unused;
}

static void *wait_for_it(void *unused)
{
	assert(pthread_mutex_lock(&mutex) == ENOTRECOVERABLE);
	return unused;
}

int main(void)
{
	pthread_mutexattr_t attributes;
	pthread_t thread;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&mutex, &attributes);
	pthread_create(&thread, NULL, leave, NULL);
	pthread_join(thread, NULL);
	assert(pthread_mutex_lock(&mutex) == EOWNERDEAD);
	pthread_create(&thread, NULL, wait_for_it, NULL);
	assert(pthread_mutex_unlock(&mutex) == 0);
	wait_for_it(NULL);
	pthread_join(thread, NULL);
	assert(pthread_mutex_trylock(&mutex) == ENOTRECOVERABLE);
	printf("lost\n");
	return 0;
}
