/* Timed waits: by the clock that the condition has, or by one that the call names; what is no clock, or no time, is refused. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int is_ready;

static struct timespec after_ms(clockid_t clock, long ms)
{
	struct timespec time;

	clock_gettime(clock, &time);
	time.tv_sec += (time.tv_nsec + ms * 1000000) / 1000000000;
	time.tv_nsec = (time.tv_nsec + ms * 1000000) % 1000000000;
	return time;
}

static int is_over(clockid_t clock, const struct timespec *deadline)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return now.tv_sec > deadline->tv_sec || (now.tv_sec == deadline->tv_sec && now.tv_nsec >= deadline->tv_nsec);
}

static void make(pthread_cond_t *condition, clockid_t clock)
{
	pthread_condattr_t attributes;
	clockid_t set;
	int shared;

	assert(pthread_condattr_init(&attributes) == 0);
	assert(pthread_condattr_getclock(&attributes, &set) == 0 && set == CLOCK_REALTIME);
	assert(pthread_condattr_setclock(&attributes, CLOCK_PROCESS_CPUTIME_ID) == EINVAL);
	assert(pthread_condattr_setclock(&attributes, clock) == 0);
	assert(pthread_condattr_getclock(&attributes, &set) == 0 && set == clock);
	assert(pthread_condattr_setpshared(&attributes, 77) == EINVAL);
	assert(pthread_condattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0);
	assert(pthread_condattr_getpshared(&attributes, &shared) == 0 && shared == PTHREAD_PROCESS_SHARED);
	assert(pthread_cond_init(condition, &attributes) == 0);
	assert(pthread_condattr_destroy(&attributes) == 0);
}

/* Nobody signals. */
static void check_timeouts(clockid_t clock)
{
	const struct timespec negative = {.tv_nsec = -1}, too_large = {.tv_nsec = 1000000000};
	pthread_cond_t condition;
	struct timespec deadline;

	make(&condition, clock);
	pthread_mutex_lock(&mutex);
	deadline = after_ms(clock, 5);
	assert(pthread_cond_timedwait(&condition, &mutex, &deadline) == ETIMEDOUT);
	assert(is_over(clock, &deadline));
	deadline = after_ms(CLOCK_REALTIME, 5);
	assert(pthread_cond_clockwait(&condition, &mutex, CLOCK_REALTIME, &deadline) == ETIMEDOUT);
	deadline = after_ms(CLOCK_MONOTONIC, 5);
	assert(pthread_cond_clockwait(&condition, &mutex, CLOCK_MONOTONIC, &deadline) == ETIMEDOUT);
	assert(is_over(CLOCK_MONOTONIC, &deadline));
	assert(pthread_cond_clockwait(&condition, &mutex, CLOCK_PROCESS_CPUTIME_ID, &deadline) == EINVAL);
	assert(pthread_cond_timedwait(&condition, &mutex, &negative) == EINVAL);
	assert(pthread_cond_timedwait(&condition, &mutex, &too_large) == EINVAL);
	/* The mutex is held after each of these. */
	assert(pthread_mutex_trylock(&mutex) == EBUSY);
	pthread_mutex_unlock(&mutex);
	assert(pthread_cond_destroy(&condition) == 0);
}

static pthread_cond_t ready;

static void *make_ready(void *unused)
{
	pthread_mutex_lock(&mutex);
	is_ready = 1;
	pthread_cond_signal(&ready);
	pthread_mutex_unlock(&mutex);
	return unused;
}

int main(void)
{
	struct timespec deadline;
	pthread_t thread;
	int result = 0;

	check_timeouts(CLOCK_REALTIME);
	check_timeouts(CLOCK_MONOTONIC);
	make(&ready, CLOCK_MONOTONIC);
	pthread_create(&thread, NULL, make_ready, NULL);
	pthread_mutex_lock(&mutex);
	deadline = (struct timespec){.tv_sec = LONG_MAX}; /* beyond what can be counted in nanoseconds */
	while (!is_ready && result == 0)
		result = pthread_cond_timedwait(&ready, &mutex, &deadline);
	assert(is_ready ? result == 0 || result == ETIMEDOUT : result == ETIMEDOUT);
	pthread_mutex_unlock(&mutex);
	pthread_join(thread, NULL);
	printf("ready %d, result %d\n", is_ready, result);
	return 0;
}
