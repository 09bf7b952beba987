/* Threads and variables whose names are not the same at every time of an execution. */
#define _GNU_SOURCE
#include <assert.h>
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *rename_and_add(void *argument)
{
	int *total = argument;

	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
	pthread_setname_np(pthread_self(), "adder");
	*total += 1;
	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
	return NULL;
}

/* Both threads call themselves "adder", after some operations; what they add to is a local variable of another. */
void same_names_given_late(void)
{
	int total = 0;
	pthread_t one, two;

	pthread_create(&one, NULL, rename_and_add, &total);
	pthread_create(&two, NULL, rename_and_add, &total);
	pthread_join(one, NULL);
	pthread_join(two, NULL);
	assert(total == 2);
}

static int *shared;

static void *write_shared(void *unused)
{
	(void)unused;
	pthread_mutex_lock(&mutex);
	if (shared)
		*shared = 1;
	pthread_mutex_unlock(&mutex);
	return NULL;
}

static void publish(void)
{
	int local = 0;

	pthread_mutex_lock(&mutex);
	shared = &local;
	pthread_mutex_unlock(&mutex);
	local += 2;
	pthread_mutex_lock(&mutex);
	shared = NULL;
	pthread_mutex_unlock(&mutex);
	assert(local != 2);
}

/* The variable that races is gone when its thread fails. */
void local_of_a_function_that_is_left(void)
{
	pthread_t writer;

	pthread_create(&writer, NULL, write_shared, NULL);
	publish();
	pthread_join(writer, NULL);
}
