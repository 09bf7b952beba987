/*
 * A producer, two consumers and a buffer with room for one item: each looks again after each notification.
 *
 * The repaired twin of bounded_buffer.c, by one word: `while` in place of `if`. Who is notified and finds the buffer
 * empty again goes on waiting. notify_all wakes more threads than can go on, and that is harmless now; it is also what
 * makes one condition do for "not full" and "not empty", since notifying one thread could wake the wrong kind.
 *
 * SIMCHECK-EXPECT: safe
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
	while (n_items == 0)
		sim_condition_wait(&changed);
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
