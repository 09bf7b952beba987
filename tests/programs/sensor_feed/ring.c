#include "ring.h"

bool ring_put(struct ring *ring, int item)
{
	unsigned head = atomic_load(&ring->head);

	if (head - atomic_load(&ring->tail) == RING_SIZE)
		return false;
	atomic_store(&ring->head, head + 1);
	ring->items[head % RING_SIZE] = item;
	return true;
}

bool ring_take(struct ring *ring, int *item)
{
	unsigned tail = atomic_load(&ring->tail);

	if (tail == atomic_load(&ring->head))
		return false;
	*item = ring->items[tail % RING_SIZE];
	atomic_store(&ring->tail, tail + 1);
	return true;
}
