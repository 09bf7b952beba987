/*
 * A server's statistics: each request counts itself, and the last one prints the total. The counter was made volatile, in
 * the belief that this makes adding to it safe; two requests at once count as one.
 *
 * SIMCHECK-EXPECT: data-race
 * SIMCHECK-EXPECT: assertion
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

struct statistics {
	volatile long hits;
	long bytes;
	pthread_mutex_t lock;
};

static struct statistics statistics = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void statistics_add(struct statistics *s, long bytes)
{
	s->hits++;
	pthread_mutex_lock(&s->lock);
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
