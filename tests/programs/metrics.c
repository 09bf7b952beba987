/*
 * Metrics that are flushed by whichever thread gets there first: one that finds another flushing goes on at once. On its way
 * out it unlocks all the same, and so takes the mutex away from the one that flushes.
 *
 * SIMCHECK-EXPECT: misuse unlock-not-owner
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

static struct metrics {
	pthread_mutex_t flushing;
	int n_lines;
} metrics = {.flushing = PTHREAD_MUTEX_INITIALIZER};

static void metrics_write(void)
{
	metrics.n_lines++;
	printf("requests 12\n");
}

static void metrics_flush(void)
{
	if (pthread_mutex_trylock(&metrics.flushing) == 0)
		metrics_write();
	pthread_mutex_unlock(&metrics.flushing);
}

static void *work(void *unused)
{
	metrics_flush();
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, work, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	assert(metrics.n_lines >= 1);
	pthread_mutex_destroy(&metrics.flushing);
	return 0;
}
