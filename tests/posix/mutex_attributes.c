/* Attributes of mutexes: their defaults, what can be set, what is refused, and that mutexes have them. */
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

static void check_defaults(const pthread_mutexattr_t *attributes)
{
	int value;

	assert(pthread_mutexattr_gettype(attributes, &value) == 0 && value == PTHREAD_MUTEX_DEFAULT);
	assert(pthread_mutexattr_getrobust(attributes, &value) == 0 && value == PTHREAD_MUTEX_STALLED);
	assert(pthread_mutexattr_getprotocol(attributes, &value) == 0 && value == PTHREAD_PRIO_NONE);
	assert(pthread_mutexattr_getpshared(attributes, &value) == 0 && value == PTHREAD_PROCESS_PRIVATE);
}

static void check_refusals(pthread_mutexattr_t *attributes)
{
	assert(pthread_mutexattr_settype(attributes, 77) == EINVAL);
	assert(pthread_mutexattr_setrobust(attributes, 77) == EINVAL);
	assert(pthread_mutexattr_setprotocol(attributes, 77) == EINVAL);
	assert(pthread_mutexattr_setpshared(attributes, 77) == EINVAL);
	assert(pthread_mutexattr_setprioceiling(attributes, 7777) == EINVAL);
	check_defaults(attributes);
}

static void check_values(pthread_mutexattr_t *attributes)
{
	int type, robust, protocol, shared, ceiling;

	assert(pthread_mutexattr_settype(attributes, PTHREAD_MUTEX_RECURSIVE) == 0);
	assert(pthread_mutexattr_setrobust(attributes, PTHREAD_MUTEX_ROBUST) == 0);
	assert(pthread_mutexattr_setprotocol(attributes, PTHREAD_PRIO_INHERIT) == 0);
	assert(pthread_mutexattr_setpshared(attributes, PTHREAD_PROCESS_SHARED) == 0);
	assert(pthread_mutexattr_setprioceiling(attributes, 20) == 0);
	assert(pthread_mutexattr_gettype(attributes, &type) == 0);
	assert(pthread_mutexattr_getrobust(attributes, &robust) == 0);
	assert(pthread_mutexattr_getprotocol(attributes, &protocol) == 0);
	assert(pthread_mutexattr_getpshared(attributes, &shared) == 0);
	assert(pthread_mutexattr_getprioceiling(attributes, &ceiling) == 0);
	printf("type %d robust %d protocol %d shared %d ceiling %d\n", type, robust, protocol, shared, ceiling);
}

/* Of all protocols a mutex is a mutex. */
static pthread_mutex_t inheriting;
static int n;

static void *count(void *unused)
{
	assert(pthread_mutex_lock(&inheriting) == 0);
	assert(pthread_mutex_lock(&inheriting) == 0);
	n++;
	assert(pthread_mutex_unlock(&inheriting) == 0);
	assert(pthread_mutex_unlock(&inheriting) == 0);
	return unused;
}

static void check_use(const pthread_mutexattr_t *attributes)
{
	pthread_t thread;
	int ceiling;

	assert(pthread_mutex_init(&inheriting, attributes) == 0);
	assert(pthread_mutex_getprioceiling(&inheriting, &ceiling) == EINVAL);
	assert(pthread_mutex_setprioceiling(&inheriting, 10, &ceiling) == EINVAL);
	pthread_create(&thread, NULL, count, NULL);
	count(NULL);
	pthread_join(thread, NULL);
	assert(n == 2);
	assert(pthread_mutex_destroy(&inheriting) == 0);
}

static void check_ceiling(pthread_mutexattr_t *attributes)
{
	pthread_mutex_t mutex;
	int ceiling, old;

	assert(pthread_mutexattr_setrobust(attributes, PTHREAD_MUTEX_STALLED) == 0);
	assert(pthread_mutexattr_setprotocol(attributes, PTHREAD_PRIO_PROTECT) == 0);
	assert(pthread_mutex_init(&mutex, attributes) == 0);
	assert(pthread_mutex_setprioceiling(&mutex, 7777, &old) == EINVAL);
	assert(pthread_mutex_setprioceiling(&mutex, 30, &old) == 0 && old == 20);
	assert(pthread_mutex_getprioceiling(&mutex, &ceiling) == 0 && ceiling == 30);
	assert(pthread_mutex_setprioceiling(&mutex, 40, NULL) == 0);
	assert(pthread_mutex_destroy(&mutex) == 0);
	printf("ceiling %d\n", ceiling);
}

int main(void)
{
	pthread_mutexattr_t attributes;

	assert(pthread_mutexattr_init(&attributes) == 0);
	check_defaults(&attributes);
	check_refusals(&attributes);
	check_values(&attributes);
	check_use(&attributes);
	check_ceiling(&attributes);
	assert(pthread_mutexattr_destroy(&attributes) == 0);
	return 0;
}
