/* A ring buffer between one producer and one consumer. */
#ifndef RING_H
#define RING_H

#include <stdatomic.h>
#include <stdbool.h>

#define RING_SIZE 2

struct ring {
	int items[RING_SIZE];
	atomic_uint head; /* items put so far */
	atomic_uint tail; /* items taken so far */
};

/* Puts an item. Returns false when there is no room. */
bool ring_put(struct ring *ring, int item);
/* Takes the oldest item. Returns false when there is none. */
bool ring_take(struct ring *ring, int *item);

#endif
