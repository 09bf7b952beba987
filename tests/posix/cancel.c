/* Cancellation: where a thread ends that was cancelled, what runs then, and how it forbids that for a while. */
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
static sem_t none, ready;
static pthread_t main_thread;
static int n_cleaned, n_passed;

static void unlock(void *mutex)
{
	n_cleaned++;
	assert(pthread_mutex_unlock(mutex) == 0);
}

/* The mutex is locked again before the handler is called. */
static void *waits(void *argument)
{
	assert(pthread_mutex_lock(&lock) == 0);
	pthread_cleanup_push(unlock, &lock);
	for (;;)
		assert(pthread_cond_wait(&never, &lock) == 0);
	pthread_cleanup_pop(0);
	return argument;
}

static void *takes(void *argument)
{
	sem_wait(&none);
	return argument;
}

static void *joins(void *argument)
{
	pthread_join(main_thread, NULL);
	return argument;
}

static void *sleeps(void *argument)
{
	for (;;)
		sleep(1000);
	return argument;
}

/* A request that comes while it is forbidden waits until it is allowed again, and then for a cancellation point. */
static void *forbids(void *argument)
{
	int old;

	assert(pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old) == 0 && old == PTHREAD_CANCEL_ENABLE);
	assert(pthread_setcancelstate(4711, NULL) == EINVAL);
	assert(pthread_setcanceltype(PTHREAD_CANCEL_DEFERRED, &old) == 0 && old == PTHREAD_CANCEL_DEFERRED);
	assert(sem_post(&ready) == 0);
	assert(sem_wait(&none) == 0);
	pthread_testcancel();
	n_passed++;
	assert(pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old) == 0 && old == PTHREAD_CANCEL_DISABLE);
	n_passed++;
	pthread_testcancel();
	n_passed = 100;
	return argument;
}

static void cancel(void *(*body)(void *))
{
	pthread_t thread;
	void *result;

	assert(pthread_create(&thread, NULL, body, NULL) == 0);
	assert(pthread_cancel(thread) == 0);
	assert(pthread_join(thread, &result) == 0 && result == PTHREAD_CANCELED);
}

static void cancel_one_that_forbids(void)
{
	pthread_t thread;
	void *result;

	assert(pthread_create(&thread, NULL, forbids, NULL) == 0);
	assert(sem_wait(&ready) == 0);
	assert(pthread_cancel(thread) == 0);
	assert(sem_post(&none) == 0);
	assert(pthread_join(thread, &result) == 0 && result == PTHREAD_CANCELED);
	printf("passed %d\n", n_passed);
}

int main(void)
{
	main_thread = pthread_self();
	assert(sem_init(&none, 0, 0) == 0 && sem_init(&ready, 0, 0) == 0);
	cancel(waits);
	cancel(takes);
	cancel(joins);
	cancel(sleeps);
	cancel_one_that_forbids();
	assert(pthread_mutex_trylock(&lock) == 0 && n_cleaned <= 1);
	return 0;
}
