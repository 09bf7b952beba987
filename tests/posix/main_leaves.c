/* Main ends by pthread_exit: the other threads, and those that they start, go on, and the last of them ends the program.
 * What was registered with atexit and on_exit runs then, last first. Main's result can be joined. */
#define _GNU_SOURCE
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_t main_thread;
static pthread_key_t key;
static int steps;

static void destroy(void *value)
{
	assert(steps++ == 0 && value == &steps);
}

static void said_first(void)
{
	assert(steps == 5);
	puts("first registered, last called");
}

static void said_with(int status, void *text)
{
	assert(status == 0 && steps == 4);
	steps++;
	puts(text);
}

static void *grandchild(void *argument)
{
	assert(steps++ == 3);
	return argument;
}

static void *child(void *argument)
{
	pthread_t thread;
	void *result;

	assert(pthread_join(main_thread, &result) == 0 && result == &key);
	assert(steps++ == 1);
	pthread_detach(pthread_self());
	steps++;
	assert(pthread_create(&thread, NULL, grandchild, NULL) == 0);
	return argument;
}

int main(void)
{
	pthread_t thread;

	main_thread = pthread_self();
	assert(atexit(said_first) == 0 && on_exit(said_with, "with an argument") == 0);
	assert(pthread_key_create(&key, destroy) == 0 && pthread_setspecific(key, &steps) == 0);
	assert(pthread_create(&thread, NULL, child, NULL) == 0);
	pthread_exit(&key);
}
