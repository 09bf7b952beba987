/* Locking with a deadline: which clocks there are, when a deadline that is none matters, and waiting until the other is done. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int n_locked;

static struct timespec deadline(clockid_t clock, long seconds)
{
	struct timespec time;

	clock_gettime(clock, &time);
	time.tv_sec += seconds;
	return time;
}

/* While main holds the mutex. */
static void *in_vain(void *unused)
{
	const struct timespec negative = {.tv_nsec = -1}, too_large = {.tv_nsec = 1000000000};
	struct timespec soon = deadline(CLOCK_MONOTONIC, 0), later;

	soon.tv_nsec += soon.tv_nsec < 990000000 ? 10000000 : 0;
	assert(pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &soon) == ETIMEDOUT);
	clock_gettime(CLOCK_MONOTONIC, &later);
	assert(later.tv_sec > soon.tv_sec || (later.tv_sec == soon.tv_sec && later.tv_nsec >= soon.tv_nsec));
	assert(pthread_mutex_timedlock(&mutex, &negative) == EINVAL);
	assert(pthread_mutex_timedlock(&mutex, &too_large) == EINVAL);
	assert(pthread_mutex_clocklock(&mutex, CLOCK_PROCESS_CPUTIME_ID, &soon) == EINVAL);
	return unused;
}

/* Both have time enough on a real machine, but may be told that theirs is over. */
static void *patiently(void *clock)
{
	struct timespec end = deadline(clock ? CLOCK_MONOTONIC : CLOCK_REALTIME, 1000);
	int result = clock ? pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &end) : pthread_mutex_timedlock(&mutex, &end);

	assert(result == 0 || result == ETIMEDOUT);
	if (result == 0) {
		n_locked++;
		pthread_mutex_unlock(&mutex);
	}
	return NULL;
}

int main(void)
{
	const struct timespec negative = {.tv_nsec = -1};
	pthread_t threads[2];
	int clock;

	/* Nobody has to wait. */
	assert(pthread_mutex_timedlock(&mutex, &negative) == 0);
	assert(pthread_mutex_clocklock(&mutex, 99, &negative) == EINVAL);
	pthread_create(&threads[0], NULL, in_vain, NULL);
	pthread_join(threads[0], NULL);
	pthread_mutex_unlock(&mutex);

	pthread_create(&threads[0], NULL, patiently, NULL);
	pthread_create(&threads[1], NULL, patiently, &clock);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	assert(n_locked >= 1);
	printf("%d locked\n", n_locked);
	return 0;
}
