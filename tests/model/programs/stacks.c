/*
 * Uses of variables of functions that have returned, and of such that have not, each function a program of its own.
 */
#include <pthread.h>
#include <stdlib.h>

static int *shared;
static volatile int sink;

static void *show_local(void *unused)
{
	int local = 3;

	shared = &local;
	sink = *shared;
	return unused;
}

/* The join orders it after the end of the thread. */
void read_after_the_thread_has_ended(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, show_local, NULL);
	pthread_join(thread, NULL);
	sink = *shared;
}

static int *give_local(void)
{
	int local[4] = {0};
	int *volatile address = local;

	return address;
}

static void *use_what_was_given(void *unused)
{
	int *given = give_local();

	given[1] = 2;
	return unused;
}

void written_after_the_return(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, use_what_was_given, NULL);
	pthread_join(thread, NULL);
}

static int sum(const int *numbers, int n)
{
	return n ? numbers[0] + sum(numbers + 1, n - 1) : 0;
}

static void *add_up(void *numbers)
{
	int again[3], *last = &again[2];

	*last = sum(numbers, 3);
	again[0] = *last;
	((int *)numbers)[0] = again[0];
	return NULL;
}

/* The caller waits: its variables are there as long as the threads use them. */
void used_while_the_owner_waits(void)
{
	int numbers[3] = {1, 2, 3};
	pthread_t thread;

	pthread_create(&thread, NULL, add_up, numbers);
	pthread_join(thread, NULL);
	sink = numbers[0];
}
