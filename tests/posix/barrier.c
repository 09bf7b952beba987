/* Barriers: exactly one thread of each round is told that it is the one; what was written before is seen by all after. */
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

enum { THREADS = 3, ROUNDS = 2 };

static pthread_barrier_t barrier;
static int written[ROUNDS][THREADS], n_serial[ROUNDS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *meet(void *argument)
{
	int me = *(int *)argument;

	for (int round = 0; round < ROUNDS; round++) {
		written[round][me] = me + 1;
		int result = pthread_barrier_wait(&barrier);
		assert(result == 0 || result == PTHREAD_BARRIER_SERIAL_THREAD);
		pthread_mutex_lock(&lock);
		n_serial[round] += result == PTHREAD_BARRIER_SERIAL_THREAD;
		pthread_mutex_unlock(&lock);
		for (int i = 0; i < THREADS; i++)
			assert(written[round][i] == i + 1);
	}
	return NULL;
}

int main(void)
{
	pthread_t threads[THREADS];
	int numbers[THREADS], shared = -1;
	pthread_barrierattr_t attributes;

	assert(pthread_barrier_init(&barrier, NULL, 0) == EINVAL);
	assert(pthread_barrierattr_init(&attributes) == 0);
	assert(pthread_barrierattr_getpshared(&attributes, &shared) == 0 && shared == PTHREAD_PROCESS_PRIVATE);
	assert(pthread_barrierattr_setpshared(&attributes, 7) == EINVAL);
	assert(pthread_barrierattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0);
	assert(pthread_barrierattr_getpshared(&attributes, &shared) == 0 && shared == PTHREAD_PROCESS_SHARED);
	assert(pthread_barrier_init(&barrier, &attributes, 1) == 0);
	assert(pthread_barrierattr_destroy(&attributes) == 0);
	for (int i = 0; i < 3; i++)
		assert(pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD); /* a round of one */
	assert(pthread_barrier_destroy(&barrier) == 0);

	assert(pthread_barrier_init(&barrier, NULL, THREADS) == 0);
	for (int i = 0; i < THREADS; i++) {
		numbers[i] = i;
		assert(pthread_create(&threads[i], NULL, meet, &numbers[i]) == 0);
	}
	for (int i = 0; i < THREADS; i++)
		assert(pthread_join(threads[i], NULL) == 0);
	for (int round = 0; round < ROUNDS; round++)
		printf("round %d: %d told\n", round, n_serial[round]);
	assert(pthread_barrier_destroy(&barrier) == 0);
	return 0;
}
