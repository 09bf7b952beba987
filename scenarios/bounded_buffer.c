/*
 * Two consumers, woken by the same notification, and one item: the second finds nothing.
 *
 * A producer fills a buffer with room for one item; consumers empty it; everybody waits on one condition and notifies
 * all. Before taking, a consumer looks whether the buffer is empty, and waits if so: with `if`. But to be notified
 * means only that something has happened. By the time the consumer has the lock again, another one may have taken the
 * item. It does not look again, and takes from an empty buffer.
 *
 * bounded_buffer_fixed.c waits with `while`.
 *
 * SIMCHECK-EXPECT: assertion
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

enum { CONSUMERS = 2, ROOM = 1 };

static struct sim_condition changed;
static int n_items; /* in the buffer; protected by the lock of `changed` */

static void put(void)
{
	sim_condition_acquire(&changed);
	while (n_items == ROOM)
		sim_condition_wait(&changed);
	n_items++;
	sim_condition_notify_all(&changed);
	sim_condition_release(&changed);
}

static void get(void)
{
	sim_condition_acquire(&changed);
	if (n_items == 0)
		sim_condition_wait(&changed); /* and afterwards? */
	assert(n_items > 0);
	n_items--;
	sim_condition_notify_all(&changed);
	sim_condition_release(&changed);
}

static void produce(void *unused)
{
	(void)unused;
	for (int i = 0; i < CONSUMERS; i++)
		put();
}

static void consume(void *unused)
{
	(void)unused;
	get();
}

int main(void)
{
	struct sim_thread producer, consumers[CONSUMERS];
	static const char *const names[CONSUMERS] = {"consumer 1", "consumer 2"};

	sim_thread_init(&producer, "producer", produce, NULL);
	sim_thread_start(&producer);
	for (int i = 0; i < CONSUMERS; i++) {
		sim_thread_init(&consumers[i], names[i], consume, NULL);
		sim_thread_start(&consumers[i]);
	}
	sim_thread_join(&producer);
	for (int i = 0; i < CONSUMERS; i++)
		sim_thread_join(&consumers[i]);
	assert(n_items == 0);
	return 0;
}
