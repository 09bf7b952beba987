/* Calls that leave the simulation, each function a program of its own: doc/limits.md. */
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int numbers[3] = {3, 1, 2};

static void run_two(void *(*body)(void *))
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, body, NULL);
	pthread_create(&threads[1], NULL, body, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
}

static int by_value(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void *sort(void *unused)
{
	pthread_mutex_lock(&lock);
	qsort(numbers, 3, sizeof *numbers, by_value);
	pthread_mutex_unlock(&lock);
	return unused;
}

/* Unknown: let through, what it does is not checked, and nothing is proved. */
void unknown_function(void)
{
	run_two(sort);
	assert(numbers[0] == 1);
}

static void *change_context(void *unused)
{
	ucontext_t here;

	getcontext(&here);
	return unused;
}

void contexts(void)
{
	run_two(change_context);
}

static void *end_anywhere(void *unused)
{
	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
	return unused;
}

void asynchronous(void)
{
	run_two(end_anywhere);
}
