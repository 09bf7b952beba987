/* Names, policies and concurrency: what is set is found. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

static void *run(void *argument)
{
	char name[16];

	assert(pthread_setname_np(pthread_self(), "worker") == 0);
	assert(pthread_getname_np(pthread_self(), name, sizeof name) == 0);
	printf("%s\n", name);
	return argument;
}

int main(void)
{
	struct sched_param parameters = {.sched_priority = 1};
	char name[16], small[15];
	pthread_t thread;
	int policy;

	assert(pthread_setname_np(pthread_self(), "fifteen letters") == 0);
	assert(pthread_getname_np(pthread_self(), name, sizeof name) == 0 && strcmp(name, "fifteen letters") == 0);
	assert(pthread_setname_np(pthread_self(), "sixteen letters.") == ERANGE);
	assert(pthread_getname_np(pthread_self(), small, sizeof small) == ERANGE);
	assert(pthread_getschedparam(pthread_self(), &policy, &parameters) == 0);
	assert(policy == SCHED_OTHER && parameters.sched_priority == 0);
	assert(pthread_setschedparam(pthread_self(), SCHED_OTHER, &parameters) == 0);
	assert(pthread_setschedparam(pthread_self(), 4711, &parameters) == EINVAL);
	assert(pthread_setschedprio(pthread_self(), 99) == EINVAL);
	assert(pthread_setschedprio(pthread_self(), 0) == 0);
	assert(pthread_getconcurrency() == 0);
	assert(pthread_setconcurrency(-1) == EINVAL);
	assert(pthread_setconcurrency(3) == 0 && pthread_getconcurrency() == 3);
	assert(pthread_atfork(NULL, NULL, NULL) == 0);
	assert(pthread_create(&thread, NULL, run, NULL) == 0);
	assert(pthread_join(thread, NULL) == 0);
	return 0;
}
