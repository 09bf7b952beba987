/* The same items out of the three kinds of queue; then a get that finds nothing in time. */
#include <stdio.h>

#include <simcheck/simcheck.h>

static void take_all(const char *name, enum sim_queue_order order)
{
	static int items[] = {3, 1, 2};
	struct sim_queue queue;
	void *item;

	sim_queue_init(&queue, name, order, 0);
	for (int i = 0; i < 3; i++)
		sim_queue_put_priority(&queue, &items[i], items[i]);
	printf("%s:", name);
	while (!sim_queue_empty(&queue)) {
		sim_queue_get(&queue, &item);
		printf(" %d", *(int *)item);
	}
	printf("\n");
	if (sim_queue_get_for(&queue, &item, SIM_NS_PER_S) == SIM_EMPTY)
		printf("nothing after %d s\n", (int)(sim_now() / SIM_NS_PER_S));
}

int main(void)
{
	take_all("first in first out", SIM_QUEUE_FIFO);
	take_all("last in first out", SIM_QUEUE_LIFO);
	take_all("lowest first", SIM_QUEUE_PRIORITY);
	return 0;
}
