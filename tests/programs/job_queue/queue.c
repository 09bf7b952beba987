#include "queue.h"

void queue_put(struct queue *queue, int job)
{
	pthread_mutex_lock(&queue->lock);
	queue->jobs[queue->n++] = job;
	pthread_cond_signal(&queue->changed);
	pthread_mutex_unlock(&queue->lock);
}

bool queue_get(struct queue *queue, int *job)
{
	bool found = false;

	pthread_mutex_lock(&queue->lock);
	while (queue->n == 0 && !queue->closed)
		pthread_cond_wait(&queue->changed, &queue->lock);
	found = queue->n > 0;
	if (found)
		*job = queue->jobs[--queue->n];
	pthread_mutex_unlock(&queue->lock);
	return found;
}

void queue_close(struct queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	queue->closed = true;
	pthread_cond_signal(&queue->changed);
	pthread_mutex_unlock(&queue->lock);
}
