/*
 * Three queues get the same three items from a thread, and give them back in three orders.
 *
 * First in, first out; last in, first out; and by priority, the lowest number first. The items are put by another thread:
 * which of them have arrived when the first is taken is open, so the main thread waits for that thread. Without the join
 * nothing could be said about the last two orders: an item can only overtake those that are still there.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stdint.h>

#include <simcheck/simcheck.h>

static struct sim_queue line = { .order = SIM_QUEUE_FIFO };
static struct sim_queue pile = { .order = SIM_QUEUE_LIFO };
static struct sim_queue ward = { .order = SIM_QUEUE_PRIORITY };

static void put_everywhere(void *unused)
{
	static const int64_t urgency[] = { 3, 1, 2 };

	(void)unused;
	for (uintptr_t i = 0; i < 3; i++) {
		sim_queue_put(&line, (void *)i);
		sim_queue_put(&pile, (void *)i);
		sim_queue_put_priority(&ward, (void *)i, urgency[i]);
	}
}

static void expect(struct sim_queue *queue, uintptr_t first, uintptr_t second, uintptr_t third)
{
	const uintptr_t expected[] = { first, second, third };
	void *item;

	for (int i = 0; i < 3; i++) {
		assert(sim_queue_get(queue, &item) == SIM_OK);
		assert((uintptr_t)item == expected[i]);
	}
}

int main(void)
{
	struct sim_thread thread;

	sim_thread_init(&thread, "putter", put_everywhere, NULL);
	sim_thread_start(&thread);
	expect(&line, 0, 1, 2); /* in this order whenever they come */
	sim_thread_join(&thread);
	expect(&pile, 2, 1, 0);
	expect(&ward, 1, 2, 0);
	return 0;
}
