/*
 * A pool of two workers that add up jobs. At the end the queue is closed, which every worker has to hear of, but queue_close()
 * wakes only one: where both wait by then, the other waits for ever.
 *
 * SIMCHECK-EXPECT: deadlock lost-wakeup
 */
#include <stdio.h>

#include "queue.h"

static struct queue queue = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
static int sums[2];

static void *work(void *sum)
{
	int job = 0;

	while (queue_get(&queue, &job))
		*(int *)sum += job;
	return NULL;
}

int main(void)
{
	pthread_t workers[2] = {0};

	queue_put(&queue, 3);
	queue_put(&queue, 4);
	for (int i = 0; i < 2; i++)
		pthread_create(&workers[i], NULL, work, &sums[i]);
	queue_close(&queue);
	for (int i = 0; i < 2; i++)
		pthread_join(workers[i], NULL);
	printf("%d\n", sums[0] + sums[1]);
	return 0;
}
