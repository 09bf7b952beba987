/* Thread-local variables: initial values, alignment, and addresses that other threads use. */
#include <assert.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static _Thread_local int counter = 5;
static _Thread_local char text[8] = "abc";
static __thread _Alignas(64) double table[4];
static _Thread_local struct {
	int *self;
	char name[3];
} record = {.name = "xy"};

static void *run(void *argument)
{
	int *shared = argument;

	assert(counter == 5 && strcmp(text, "abc") == 0 && record.self == NULL && strcmp(record.name, "xy") == 0);
	assert((uintptr_t)table % 64 == 0 && table[3] == 0);
	assert(shared != &counter && *shared == 6);
	*shared = 7; /* main joins before it looks */
	counter = 100;
	text[0] = 'z';
	table[3] = 1.5;
	record.self = &counter;
	return NULL;
}

int main(void)
{
	pthread_t thread;

	counter = 6;
	for (int i = 0; i < 2; i++) {
		counter = 6;
		assert(pthread_create(&thread, NULL, run, &counter) == 0);
		assert(pthread_join(thread, NULL) == 0);
		assert(counter == 7 && text[0] == 'a' && table[3] == 0 && record.self == NULL);
	}
	printf("%d %s %.1f\n", counter, text, table[3]);
	return 0;
}
