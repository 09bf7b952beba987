/* Unnamed semaphores: values, results and limits of time; posts let waiters go on, and hand over what was written. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>

static sem_t ready, taken;
static int data;

static struct timespec in_milliseconds(clockid_t clock, long milliseconds)
{
	struct timespec time;

	clock_gettime(clock, &time);
	time.tv_nsec += milliseconds * 1000000;
	time.tv_sec += time.tv_nsec / 1000000000;
	time.tv_nsec %= 1000000000;
	return time;
}

static void *give(void *unused)
{
	data = 42;
	assert(sem_post(&ready) == 0);
	assert(sem_wait(&taken) == 0);
	data++;
	assert(sem_post(&ready) == 0);
	return unused;
}

static int value_of(sem_t *sem)
{
	int value = -1;

	assert(sem_getvalue(sem, &value) == 0);
	return value;
}

static void alone(void)
{
	sem_t sem;

	assert(sem_init(&sem, 0, SEM_VALUE_MAX + 1u) == -1 && errno == EINVAL);
	assert(sem_init(&sem, 0, 2) == 0 && value_of(&sem) == 2);
	assert(sem_wait(&sem) == 0 && sem_trywait(&sem) == 0 && value_of(&sem) == 0);
	assert(sem_trywait(&sem) == -1 && errno == EAGAIN);
	assert(sem_post(&sem) == 0 && sem_post(&sem) == 0 && sem_post(&sem) == 0);
	printf("posted to %d\n", value_of(&sem));
	assert(sem_destroy(&sem) == 0);

	assert(sem_init(&sem, 1, SEM_VALUE_MAX - 1) == 0);
	assert(sem_post(&sem) == 0 && value_of(&sem) == SEM_VALUE_MAX);
	assert(sem_post(&sem) == -1 && errno == EOVERFLOW);
	assert(sem_wait(&sem) == 0 && sem_post(&sem) == 0 && value_of(&sem) == SEM_VALUE_MAX);
	assert(sem_destroy(&sem) == 0);
}

static void limited(void)
{
	sem_t sem;
	struct timespec past = {0}, invalid = {.tv_nsec = 1000000000}, negative = {.tv_nsec = -1};
	struct timespec soon = in_milliseconds(CLOCK_REALTIME, 20), sooner = in_milliseconds(CLOCK_MONOTONIC, 10);

	assert(sem_init(&sem, 0, 1) == 0);
	assert(sem_timedwait(&sem, &invalid) == -1 && errno == EINVAL);
	assert(sem_clockwait(&sem, CLOCK_PROCESS_CPUTIME_ID, &soon) == -1 && errno == EINVAL);
	assert(sem_timedwait(&sem, &past) == 0);
	assert(sem_timedwait(&sem, &past) == -1 && errno == ETIMEDOUT);
	assert(sem_timedwait(&sem, &negative) == -1 && errno == EINVAL);
	assert(sem_clockwait(&sem, CLOCK_MONOTONIC, &sooner) == -1 && errno == ETIMEDOUT);
	assert(sem_timedwait(&sem, &soon) == -1 && errno == ETIMEDOUT);
	struct timespec now = in_milliseconds(CLOCK_REALTIME, 0);
	assert(now.tv_sec > soon.tv_sec || (now.tv_sec == soon.tv_sec && now.tv_nsec >= soon.tv_nsec));
	assert(sem_destroy(&sem) == 0);
	puts("all in time");
}

int main(void)
{
	pthread_t thread;

	alone();
	limited();
	assert(sem_init(&ready, 0, 0) == 0 && sem_init(&taken, 0, 0) == 0);
	assert(pthread_create(&thread, NULL, give, NULL) == 0);
	assert(sem_wait(&ready) == 0);
	printf("got %d\n", data);
	assert(sem_post(&taken) == 0);
	assert(sem_wait(&ready) == 0);
	printf("got %d\n", data);
	assert(pthread_join(thread, NULL) == 0);
	assert(sem_destroy(&ready) == 0 && sem_destroy(&taken) == 0);
	return 0;
}
