/*
 * A pool of database connections: a semaphore counts those that are free, so that a query waits for one. A query that fails
 * returns early, and forgets to say that its connection is free again; sooner or later all of them are lost.
 *
 * SIMCHECK-EXPECT: deadlock semaphore-starved
 */
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdio.h>

enum { CONNECTIONS = 1, QUERIES = 3 };

static sem_t n_free;
static bool in_use[CONNECTIONS];
static pthread_mutex_t pool_lock = PTHREAD_MUTEX_INITIALIZER;

static int pool_take(void)
{
	int i = 0;

	sem_wait(&n_free);
	pthread_mutex_lock(&pool_lock);
	while (in_use[i])
		i++;
	in_use[i] = true;
	pthread_mutex_unlock(&pool_lock);
	return i;
}

static void pool_give(int i)
{
	pthread_mutex_lock(&pool_lock);
	in_use[i] = false;
	pthread_mutex_unlock(&pool_lock);
	sem_post(&n_free);
}

static bool run(int query)
{
	int connection = pool_take();

	assert(connection < CONNECTIONS);
	if (query % 2 == 1)
		return false; /* a mistake in the query */
	pool_give(connection);
	return true;
}

static void *query(void *number)
{
	return run(*(int *)number) ? number : NULL;
}

int main(void)
{
	static int numbers[QUERIES] = {0, 1, 2};
	pthread_t threads[QUERIES];

	sem_init(&n_free, 0, CONNECTIONS);
	for (int i = 0; i < QUERIES; i++)
		pthread_create(&threads[i], NULL, query, &numbers[i]);
	for (int i = 0; i < QUERIES; i++)
		pthread_join(threads[i], NULL);
	sem_destroy(&n_free);
	puts("all queries are done");
	return 0;
}
