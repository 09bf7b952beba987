/* Attributes of threads: what is set is found, what cannot be is refused, and threads that have them run as others do. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

static int n_run;

static void *run(void *argument)
{
	pthread_attr_t own;
	void *low;
	size_t size;
	int state;

	assert(pthread_getattr_np(pthread_self(), &own) == 0);
	assert(pthread_attr_getstack(&own, &low, &size) == 0);
	assert((char *)low <= (char *)&own && (char *)&own < (char *)low + size);
	assert(pthread_attr_getdetachstate(&own, &state) == 0 && state == PTHREAD_CREATE_JOINABLE);
	assert(pthread_attr_destroy(&own) == 0);
	n_run++;
	return argument;
}

static void check_integers(pthread_attr_t *attributes)
{
	int value;

	assert(pthread_attr_getdetachstate(attributes, &value) == 0 && value == PTHREAD_CREATE_JOINABLE);
	assert(pthread_attr_setdetachstate(attributes, PTHREAD_CREATE_DETACHED) == 0);
	assert(pthread_attr_getdetachstate(attributes, &value) == 0 && value == PTHREAD_CREATE_DETACHED);
	assert(pthread_attr_setdetachstate(attributes, 17) == EINVAL);
	assert(pthread_attr_setdetachstate(attributes, PTHREAD_CREATE_JOINABLE) == 0);

	assert(pthread_attr_getinheritsched(attributes, &value) == 0 && value == PTHREAD_INHERIT_SCHED);
	assert(pthread_attr_setinheritsched(attributes, PTHREAD_EXPLICIT_SCHED) == 0);
	assert(pthread_attr_getinheritsched(attributes, &value) == 0 && value == PTHREAD_EXPLICIT_SCHED);
	assert(pthread_attr_setinheritsched(attributes, 17) == EINVAL);

	assert(pthread_attr_getschedpolicy(attributes, &value) == 0 && value == SCHED_OTHER);
	assert(pthread_attr_setschedpolicy(attributes, SCHED_RR) == 0);
	assert(pthread_attr_getschedpolicy(attributes, &value) == 0 && value == SCHED_RR);
	assert(pthread_attr_setschedpolicy(attributes, 4711) == EINVAL);
	assert(pthread_attr_setschedpolicy(attributes, SCHED_OTHER) == 0);

	assert(pthread_attr_getscope(attributes, &value) == 0 && value == PTHREAD_SCOPE_SYSTEM);
	assert(pthread_attr_setscope(attributes, PTHREAD_SCOPE_SYSTEM) == 0);
	assert(pthread_attr_setscope(attributes, PTHREAD_SCOPE_PROCESS) == ENOTSUP);
}

static void check_sizes(pthread_attr_t *attributes)
{
	static _Alignas(4096) char memory[1 << 17];
	struct sched_param parameters = {.sched_priority = 0};
	size_t size;
	void *low;

	assert(pthread_attr_setstacksize(attributes, 1) == EINVAL);
	assert(pthread_attr_setstacksize(attributes, 1 << 20) == 0);
	assert(pthread_attr_getstacksize(attributes, &size) == 0 && size == 1 << 20);
	assert(pthread_attr_setguardsize(attributes, 8192) == 0);
	assert(pthread_attr_getguardsize(attributes, &size) == 0 && size == 8192);
	assert(pthread_attr_setstack(attributes, memory, 1) == EINVAL);
	assert(pthread_attr_setstack(attributes, memory, sizeof memory) == 0);
	assert(pthread_attr_getstack(attributes, &low, &size) == 0 && low == memory && size == sizeof memory);
	assert(pthread_attr_setschedparam(attributes, &parameters) == 0);
	parameters.sched_priority = 5;
	assert(pthread_attr_getschedparam(attributes, &parameters) == 0 && parameters.sched_priority == 0);
}

static void check_processors(pthread_attr_t *attributes)
{
	cpu_set_t all, found;

	assert(pthread_getaffinity_np(pthread_self(), sizeof all, &all) == 0 && CPU_COUNT(&all) > 0);
	assert(pthread_attr_setaffinity_np(attributes, sizeof all, &all) == 0);
	CPU_ZERO(&found);
	assert(pthread_attr_getaffinity_np(attributes, sizeof found, &found) == 0 && CPU_EQUAL(&all, &found));
	assert(pthread_setaffinity_np(pthread_self(), sizeof all, &all) == 0);
	CPU_ZERO(&found);
	assert(pthread_setaffinity_np(pthread_self(), sizeof found, &found) == EINVAL);
}

int main(void)
{
	pthread_attr_t attributes;
	pthread_t thread;
	void *result;

	assert(pthread_attr_init(&attributes) == 0);
	check_integers(&attributes);
	check_processors(&attributes);
	assert(pthread_create(&thread, &attributes, run, &n_run) == 0);
	assert(pthread_join(thread, &result) == 0 && result == &n_run);
	check_sizes(&attributes);
	assert(pthread_attr_destroy(&attributes) == 0);
	printf("%d run\n", n_run);
	return 0;
}
