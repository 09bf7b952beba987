/*
 * A producer hands five items to a consumer through a queue, and neither needs a lock.
 *
 * The queue does three things at once. It keeps the items in order. It makes the consumer wait while there is nothing to
 * do. And it makes what the producer wrote before a put visible to whoever gets that item: `pages` is an ordinary array,
 * written by one thread and read by another, and there is no data race, because the reader has the number of the page
 * from the queue.
 *
 * Room for two items: should the producer be faster, it waits.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stdint.h>

#include <simcheck/simcheck.h>

enum { N_PAGES = 5 };

static struct sim_queue written = { .maxsize = 2 };
static int pages[N_PAGES];

static void produce(void *unused)
{
	(void)unused;
	for (uintptr_t i = 0; i < N_PAGES; i++) {
		pages[i] = 100 + (int)i;
		sim_queue_put(&written, (void *)i);
	}
}

static void consume(void *unused)
{
	void *page;

	(void)unused;
	for (uintptr_t i = 0; i < N_PAGES; i++) {
		sim_queue_get(&written, &page);
		assert((uintptr_t)page == i);
		assert(pages[i] == 100 + (int)i);
	}
}

int main(void)
{
	struct sim_thread producer, consumer;

	sim_thread_init(&producer, "producer", produce, NULL);
	sim_thread_init(&consumer, "consumer", consume, NULL);
	sim_thread_start(&producer);
	sim_thread_start(&consumer);
	sim_thread_join(&producer);
	sim_thread_join(&consumer);
	assert(sim_queue_empty(&written));
	return 0;
}
