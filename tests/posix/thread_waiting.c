/* Waiting for a thread without blocking, and for a while. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void *pass(void *argument)
{
	assert(pthread_mutex_lock(&gate) == 0);
	assert(pthread_mutex_unlock(&gate) == 0);
	return argument;
}

int main(void)
{
	struct timespec past = {.tv_sec = 1};
	pthread_t thread;
	void *result = NULL;

	assert(pthread_mutex_lock(&gate) == 0);
	assert(pthread_create(&thread, NULL, pass, &gate) == 0);
	assert(pthread_tryjoin_np(thread, &result) == EBUSY && result == NULL);
	assert(pthread_tryjoin_np(pthread_self(), NULL) == EBUSY);
	assert(pthread_timedjoin_np(thread, &result, &past) == ETIMEDOUT);
	assert(pthread_clockjoin_np(thread, &result, CLOCK_MONOTONIC, &past) == ETIMEDOUT);
	assert(pthread_clockjoin_np(thread, &result, CLOCK_PROCESS_CPUTIME_ID, &past) == EINVAL);
	assert(pthread_mutex_unlock(&gate) == 0);
	assert(pthread_clockjoin_np(thread, &result, CLOCK_MONOTONIC, NULL) == 0 && result == &gate);
	puts("joined");
	return 0;
}
