/*
 * The consumer waits to be told, but not until something is there.
 *
 * The producer makes an item and notifies all. The consumer waits for the notification, then takes the item. If the
 * producer is faster, its notification reaches nobody, however many it was meant for, and is forgotten: now the item
 * lies there, and the consumer waits for ever for the news that it will come.
 *
 * condition_no_predicate_fixed.c looks before it waits.
 *
 * SIMCHECK-EXPECT: deadlock lost-wakeup
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_condition made;
static int n_items; /* protected by the lock of `made` */

static void produce(void *unused)
{
	(void)unused;
	sim_condition_acquire(&made);
	n_items++;
	sim_condition_notify_all(&made);
	sim_condition_release(&made);
}

static void consume(void *unused)
{
	(void)unused;
	sim_condition_acquire(&made);
	sim_condition_wait(&made); /* even if the item is there already */
	assert(n_items == 1);
	n_items--;
	sim_condition_release(&made);
}

int main(void)
{
	struct sim_thread producer, consumer;

	sim_thread_init(&producer, "producer", produce, NULL);
	sim_thread_init(&consumer, "consumer", consume, NULL);
	sim_thread_start(&consumer);
	sim_thread_start(&producer);
	sim_thread_join(&consumer);
	sim_thread_join(&producer);
	return 0;
}
