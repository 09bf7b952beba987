/*
 * More memory of the heap than there is, each function a program of its own: doc/limits.md.
 *
 * SIMCHECK-OPTIONS: --memory=1M
 */
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

static volatile size_t huge = SIZE_MAX / 2 + 2;

static void *allocate(void *unused)
{
	errno = 0;
	assert(!malloc(huge) && errno == ENOMEM); /* more than any object may have */
	free(malloc(1000 * 1000));
	return unused;
}

static void *allocate_too_much(void *unused)
{
	return malloc(2 * 1000 * 1000) ? unused : NULL;
}

static void *allocate_often(void *unused)
{
	for (int i = 0; i < 100; i++)
		free(malloc(100 * 1000));
	return unused;
}

static void run(void *(*body)(void *))
{
	pthread_t thread;

	pthread_create(&thread, NULL, body, NULL);
	pthread_join(thread, NULL);
}

void enough(void)
{
	run(allocate);
}

void too_much_at_a_time(void)
{
	run(allocate_too_much);
}

void too_much_in_all(void)
{
	run(allocate_often);
}
