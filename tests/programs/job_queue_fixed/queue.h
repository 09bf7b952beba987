/* A queue of jobs that several threads work on. */
#ifndef QUEUE_H
#define QUEUE_H

#include <pthread.h>
#include <stdbool.h>

#define QUEUE_SIZE 4

struct queue {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int jobs[QUEUE_SIZE];
	unsigned n;
	bool closed;
};

/* Adds a job; there must be room. */
void queue_put(struct queue *queue, int job);
/* Takes a job, waiting for one. Returns false when the queue was closed and is empty. */
bool queue_get(struct queue *queue, int *job);
/* No more jobs will come. */
void queue_close(struct queue *queue);

#endif
