/* Volatile variables: no atomics, in C, but waited for like these. */
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static volatile int ready;
static volatile struct {
	int first, second;
} parts;

static void *set_ready(void *unused)
{
	ready = 1;
	return unused;
}

/* The loop waits until it is set: a race, but it ends. 1 class: nothing but the set, and the read that finds it. */
void waits_for_a_volatile(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, set_ready, NULL);
	while (!ready)
		;
	pthread_join(thread, NULL);
	assert(ready == 1);
}

void waits_in_vain(void)
{
	while (!ready)
		;
}

static void *count(void *unused)
{
	parts.first++;
	return unused;
}

/* Both read and write: 4 classes, as for any other counter, and an update is lost. */
void counts_in_a_volatile(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, count, NULL);
	count(NULL);
	pthread_join(thread, NULL);
	assert(parts.first == 2);
}

static void *write_second(void *unused)
{
	parts.second = 1;
	return unused;
}

void two_parts(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, write_second, NULL);
	parts.first = 1;
	pthread_join(thread, NULL);
}
