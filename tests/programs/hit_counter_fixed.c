/*
 * A server's statistics: each request counts itself, and the last one prints the total. The lock that protects the bytes
 * protects the counter, too.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

struct statistics {
	long hits;
	long bytes;
	pthread_mutex_t lock;
};

static struct statistics statistics = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void statistics_add(struct statistics *s, long bytes)
{
	pthread_mutex_lock(&s->lock);
	s->hits++;
	s->bytes += bytes;
	pthread_mutex_unlock(&s->lock);
}

static void *serve(void *request)
{
	statistics_add(&statistics, *(long *)request);
	return NULL;
}

int main(void)
{
	static long requests[] = {512, 1024};
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, serve, &requests[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	assert(statistics.bytes == 1536);
	assert(statistics.hits == 2);
	printf("%ld requests, %ld bytes\n", statistics.hits, statistics.bytes);
	return 0;
}
