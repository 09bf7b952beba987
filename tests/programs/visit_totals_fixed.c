/*
 * Web server statistics: each worker counts its requests in thread-specific data, and the destructor of that adds the
 * worker's count to the total when the thread ends, under a lock.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

enum { N_WORKERS = 2, N_REQUESTS = 3 };

static pthread_key_t counter_key;
static pthread_mutex_t total_lock = PTHREAD_MUTEX_INITIALIZER;
static long total;

static void add_to_total(void *counter)
{
	pthread_mutex_lock(&total_lock);
	total += *(long *)counter;
	pthread_mutex_unlock(&total_lock);
	free(counter);
}

static long *own_counter(void)
{
	long *counter = pthread_getspecific(counter_key);

	if (!counter) {
		counter = calloc(1, sizeof *counter);
		if (!counter || pthread_setspecific(counter_key, counter) != 0)
			abort();
	}
	return counter;
}

static void *serve(void *argument)
{
	for (int i = 0; i < N_REQUESTS; i++)
		++*own_counter();
	return argument;
}

int main(void)
{
	pthread_t workers[N_WORKERS];

	if (pthread_key_create(&counter_key, add_to_total) != 0)
		return 1;
	for (int i = 0; i < N_WORKERS; i++)
		if (pthread_create(&workers[i], NULL, serve, NULL) != 0)
			return 1;
	for (int i = 0; i < N_WORKERS; i++)
		pthread_join(workers[i], NULL);
	assert(total == N_WORKERS * N_REQUESTS);
	return 0;
}
