/*
 * Two consumers look whether the queue is empty before they take an item. That is one look too few, and one too many.
 *
 * There is one item. Each consumer asks first, so as not to wait for ever: if the queue is empty, it goes home. With one
 * consumer this is right. With two, both may ask while the item is still there. One of them takes it, and the other,
 * who was told that the queue is not empty, waits for an item that never comes.
 *
 * What was true when one asked need not be true when one acts on it, unless asking and acting are one step. Locks do not
 * help here either: the queue has one inside, for each call by itself. queue_check_then_get_fixed.c asks and takes at
 * once.
 *
 * SIMCHECK-EXPECT: deadlock queue-starved
 */
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_queue jobs;

static void consume(void *unused)
{
	(void)unused;
	if (!sim_queue_empty(&jobs))
		sim_queue_get(&jobs, NULL); /* is it still there? */
}

int main(void)
{
	struct sim_thread first, second;
	int job = 1;

	sim_queue_put(&jobs, &job);
	sim_thread_init(&first, "first", consume, NULL);
	sim_thread_init(&second, "second", consume, NULL);
	sim_thread_start(&first);
	sim_thread_start(&second);
	sim_thread_join(&first);
	sim_thread_join(&second);
	return 0;
}
