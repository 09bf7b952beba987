/*
 * The consumer waits until something is there.
 *
 * The repaired twin of condition_no_predicate.c, by one line: the consumer waits only while there is no item. If the
 * producer was faster, there is nothing to wait for. If the consumer is faster, it holds the lock from looking until
 * it waits, so that the producer cannot notify in between.
 *
 * SIMCHECK-EXPECT: safe
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
	while (n_items == 0)
		sim_condition_wait(&made);
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
