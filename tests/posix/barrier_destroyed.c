/* Whoever is told to be the one may destroy the barrier at once, and give back its memory: nobody waits any more. */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void *meet(void *argument)
{
	pthread_barrier_t *barrier = argument;

	if (pthread_barrier_wait(barrier) != PTHREAD_BARRIER_SERIAL_THREAD)
		return NULL;
	assert(pthread_barrier_destroy(barrier) == 0);
	free(barrier);
	return barrier;
}

int main(void)
{
	pthread_barrier_t *barrier = malloc(sizeof *barrier);
	pthread_t thread;
	void *result, *own;

	assert(pthread_barrier_init(barrier, NULL, 2) == 0);
	assert(pthread_create(&thread, NULL, meet, barrier) == 0);
	own = meet(barrier);
	assert(pthread_join(thread, &result) == 0);
	assert((own == NULL) != (result == NULL));
	puts("destroyed by one of them");
	return 0;
}
