/*
 * A solver for the temperatures along a rod: each worker computes its part from the one before, and all meet at a barrier
 * after each step, whether their part changed or not.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

enum { WORKERS = 2, STEPS = 3 };

static int rod[2][WORKERS + 2] = {{8}, {8}}; /* hot at one end */
static pthread_barrier_t step_done;

static void *work(void *argument)
{
	int i = *(int *)argument;

	for (int step = 0; step < STEPS; step++) {
		const int *old = rod[step % 2];
		int *new = rod[1 - step % 2];

		new[i] = (old[i - 1] + old[i + 1]) / 2;
		pthread_barrier_wait(&step_done);
	}
	return NULL;
}

int main(void)
{
	static int parts[WORKERS] = {1, 2};
	pthread_t threads[WORKERS];

	pthread_barrier_init(&step_done, NULL, WORKERS);
	for (int i = 0; i < WORKERS; i++)
		pthread_create(&threads[i], NULL, work, &parts[i]);
	for (int i = 0; i < WORKERS; i++)
		pthread_join(threads[i], NULL);
	pthread_barrier_destroy(&step_done);
	assert(rod[STEPS % 2][1] == 5 && rod[STEPS % 2][2] == 2);
	printf("%d %d\n", rod[STEPS % 2][1], rod[STEPS % 2][2]);
	return 0;
}
