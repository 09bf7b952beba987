/*
 * A program that starts a thread to write a report, and returns from main without waiting for it, as some assume that one
 * may. If the other threads really went on then, the writer would find that main has closed the report meanwhile.
 *
 * SIMCHECK-OPTIONS: --main-exit=thread
 * SIMCHECK-EXPECT: assertion
 */
#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool is_open;

static void *writer(void *argument)
{
	pthread_mutex_lock(&lock);
	assert(is_open);
	pthread_mutex_unlock(&lock);
	return argument;
}

int main(void)
{
	pthread_t thread;

	is_open = true;
	if (pthread_create(&thread, NULL, writer, NULL) != 0)
		return 1;
	pthread_mutex_lock(&lock);
	is_open = false;
	pthread_mutex_unlock(&lock);
	puts("done");
	return 0;
}
