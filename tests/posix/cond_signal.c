/* Conditions: a signal wakes one of those who wait, whichever; a broadcast all; neither is remembered. */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready; /* zero-filled: as good as initialised */
static pthread_cond_t all_gone = PTHREAD_COND_INITIALIZER;
static int tickets, n_served;

static void *wait_for_ticket(void *unused)
{
	assert(pthread_mutex_lock(&mutex) == 0);
	while (tickets == 0)
		assert(pthread_cond_wait(&ready, &mutex) == 0);
	tickets--;
	if (++n_served == 2)
		assert(pthread_cond_signal(&all_gone) == 0);
	assert(pthread_mutex_unlock(&mutex) == 0);
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	/* Finds nobody, and leaves nothing behind. */
	assert(pthread_cond_signal(&ready) == 0 && pthread_cond_broadcast(&ready) == 0);
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, wait_for_ticket, NULL);
	pthread_mutex_lock(&mutex);
	tickets = 1;
	pthread_cond_signal(&ready);
	pthread_mutex_unlock(&mutex);
	pthread_mutex_lock(&mutex);
	tickets++;
	pthread_cond_broadcast(&ready);
	while (n_served < 2)
		pthread_cond_wait(&all_gone, &mutex);
	/* Nobody waits any more, though somebody may not have returned from its wait. */
	assert(pthread_cond_destroy(&ready) == 0);
	assert(tickets == 0);
	pthread_mutex_unlock(&mutex);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	printf("%d served\n", n_served);
	return 0;
}
