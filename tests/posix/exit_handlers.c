/* exit() in a thread, while main waits for ever: what was registered runs last first, what is registered meanwhile too. */
#define _GNU_SOURCE
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t held = PTHREAD_MUTEX_INITIALIZER;
static int n_called;

static void last(void)
{
	assert(n_called++ == 2);
	puts("last");
}

static void late(void)
{
	assert(n_called++ == 1);
	puts("registered by another one");
}

static void first(int status, void *argument)
{
	assert(status == 0 && argument == &held && n_called++ == 0);
	assert(atexit(late) == 0);
	puts("first");
}

static void quick(void)
{
	abort();
}

static void *end(void *argument)
{
	(void)argument;
	exit(0);
}

int main(void)
{
	pthread_t thread;

	assert(atexit(last) == 0);
	assert(on_exit(first, &held) == 0);
	assert(at_quick_exit(quick) == 0);
	assert(pthread_mutex_lock(&held) == 0);
	assert(pthread_create(&thread, NULL, end, NULL) == 0);
	assert(pthread_join(thread, NULL) == 0);
	abort();
}
