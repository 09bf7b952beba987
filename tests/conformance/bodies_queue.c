/* The bodies of the queue (bodies.h says how they are run). Each starts from zero-filled objects. */
#include "body.h"

static struct sim_queue queue;
static struct sim_thread first, second;
static int written; /* plain: the queue orders what is done with it */

static void *number(uintptr_t n)
{
	return (void *)n;
}

static void put(uintptr_t n)
{
	assert(sim_queue_put(&queue, number(n)) == SIM_OK);
}

static uintptr_t get(void)
{
	void *item;

	assert(sim_queue_get(&queue, &item) == SIM_OK);
	return (uintptr_t)item;
}

static void put_one(void *unused)
{
	(void)unused;
	written = 1;
	put(1);
}

static void get_one(void *got)
{
	*(uintptr_t *)got = get();
}

void queue_first_in_first_out(void)
{
	put(1);
	put(2);
	put(3);
	assert(get() == 1);
	put(4);
	assert(get() == 2);
	assert(get() == 3);
	assert(get() == 4);
}

void queue_last_in_first_out(void)
{
	sim_queue_init(&queue, "stack", SIM_QUEUE_LIFO, 0);
	put(1);
	put(2);
	assert(get() == 2);
	put(3);
	assert(get() == 3);
	assert(get() == 1);
}

/* The lowest number first, negative ones included; of equal ones the first that was put. */
void queue_by_priority(void)
{
	sim_queue_init(&queue, NULL, SIM_QUEUE_PRIORITY, 0);
	assert(sim_queue_put_priority(&queue, number(1), 5) == SIM_OK);
	assert(sim_queue_put_priority(&queue, number(2), -5) == SIM_OK);
	assert(sim_queue_put_priority(&queue, number(3), 5) == SIM_OK);
	put(4);
	assert(sim_queue_put_priority_for(&queue, number(5), INT64_MIN, 0) == SIM_OK);
	assert(get() == 5);
	assert(get() == 2);
	assert(get() == 4);
	assert(get() == 1);
	assert(get() == 3);
}

/* In a queue of another order the priority does not matter. */
void queue_priority_of_no_matter(void)
{
	assert(sim_queue_put_priority(&queue, number(1), 2) == SIM_OK);
	assert(sim_queue_put_priority(&queue, number(2), 1) == SIM_OK);
	assert(get() == 1);
	assert(get() == 2);
}

/* The get waits for the put, and sees what was written before it. */
void queue_get_waits_for_an_item(void)
{
	start(&first, put_one, NULL);
	assert(get() == 1);
	assert(written == 1);
	join(&first);
}

static void put_two_more(void *unused)
{
	(void)unused;
	put(2);
	put(3);
}

/* One fits in: the second put can only come after the first get. */
void queue_put_waits_for_room(void)
{
	sim_queue_init(&queue, NULL, SIM_QUEUE_FIFO, 1);
	put(1);
	start(&first, put_two_more, NULL);
	assert(get() == 1);
	assert(get() == 2);
	assert(get() == 3);
	join(&first);
	assert(sim_queue_empty(&queue));
}

static void enter_and_leave(void *unused)
{
	(void)unused;
	put(1);
	written++;
	get();
}

/* A queue with room for one, as a lock: putting is entering. The put that fills the place comes after the get. */
void queue_of_one_as_a_lock(void)
{
	sim_queue_init(&queue, NULL, SIM_QUEUE_FIFO, 1);
	start(&first, enter_and_leave, NULL);
	start(&second, enter_and_leave, NULL);
	join(&first);
	join(&second);
	assert(written == 2);
}

/* The same, where the last to come is the first to go. */
void queue_of_one_as_a_lock_lifo(void)
{
	sim_queue_init(&queue, NULL, SIM_QUEUE_LIFO, 1);
	start(&first, enter_and_leave, NULL);
	start(&second, enter_and_leave, NULL);
	join(&first);
	join(&second);
	assert(written == 2);
}

void queue_each_item_goes_to_one(void)
{
	uintptr_t a = 0, b = 0;

	start(&first, get_one, &a);
	start(&second, get_one, &b);
	put(1);
	put(2);
	join(&first);
	join(&second);
	assert((a == 1 && b == 2) || (a == 2 && b == 1));
}

void queue_get_and_drop(void)
{
	put(1);
	assert(sim_queue_get(&queue, NULL) == SIM_OK);
	assert(sim_queue_try_get(&queue, NULL) == SIM_EMPTY);
	assert(sim_queue_put(&queue, NULL) == SIM_OK);
	assert(sim_queue_size(&queue) == 1);
	assert(get() == 0);
}

void queue_try_put_full(void)
{
	sim_queue_init(&queue, NULL, SIM_QUEUE_FIFO, 2);
	assert(sim_queue_try_put(&queue, number(1)) == SIM_OK);
	assert(sim_queue_try_put(&queue, number(2)) == SIM_OK);
	assert(sim_queue_try_put(&queue, number(3)) == SIM_FULL);
	assert(get() == 1);
	assert(sim_queue_try_put(&queue, number(4)) == SIM_OK);
	assert(get() == 2);
	assert(get() == 4);
}

void queue_try_get_empty(void)
{
	void *item = &queue;

	assert(sim_queue_try_get(&queue, &item) == SIM_EMPTY);
	assert(item == &queue);
	put(1);
	assert(sim_queue_try_get(&queue, &item) == SIM_OK);
	assert(item == number(1));
	assert(sim_queue_try_get(&queue, &item) == SIM_EMPTY);
}

void queue_put_for_runs_out(void)
{
	sim_queue_init(&queue, NULL, SIM_QUEUE_FIFO, 1);
	assert(sim_queue_put_for(&queue, number(1), SIM_NS_PER_MS) == SIM_OK);
	assert(sim_queue_put_for(&queue, number(2), SIM_NS_PER_MS) == SIM_FULL);
	assert(sim_queue_put_for(&queue, number(3), 0) == SIM_FULL);
	assert(get() == 1);
	assert(sim_queue_put_for(&queue, number(4), SIM_FOREVER) == SIM_OK);
	assert(get() == 4);
}

void queue_get_for_runs_out(void)
{
	void *item = &queue;

	assert(sim_queue_get_for(&queue, &item, SIM_NS_PER_MS) == SIM_EMPTY);
	assert(sim_queue_get_for(&queue, &item, 0) == SIM_EMPTY);
	assert(item == &queue);
	put(1);
	assert(sim_queue_get_for(&queue, &item, SIM_NS_PER_MS) == SIM_OK);
	assert(item == number(1));
}

/* Whether the item comes in time is open; that nothing is lost is not. */
void queue_get_for_an_item_meanwhile(void)
{
	void *item = NULL;
	enum sim_status status;

	start(&first, put_one, NULL);
	status = sim_queue_get_for(&queue, &item, SIM_NS_PER_MS);
	assert(status == SIM_OK || status == SIM_EMPTY);
	join(&first);
	assert(sim_queue_size(&queue) == (status == SIM_EMPTY));
	assert(item == number(status == SIM_OK));
}

void queue_sizes(void)
{
	sim_queue_init(&queue, NULL, SIM_QUEUE_FIFO, 2);
	assert(sim_queue_size(&queue) == 0);
	assert(sim_queue_empty(&queue));
	assert(!sim_queue_full(&queue));
	put(1);
	assert(sim_queue_size(&queue) == 1);
	assert(!sim_queue_empty(&queue));
	assert(!sim_queue_full(&queue));
	put(2);
	assert(sim_queue_size(&queue) == 2);
	assert(sim_queue_full(&queue));
}

/* Below 1 there is no bound, and it is never full. */
void queue_without_a_bound(void)
{
	sim_queue_init(&queue, NULL, SIM_QUEUE_FIFO, -1);
	for (uintptr_t n = 0; n < 10; n++)
		put(n);
	assert(!sim_queue_full(&queue));
	for (uintptr_t n = 0; n < 10; n++)
		assert(get() == n);
	assert(sim_queue_empty(&queue));
}

static void deal_with_two(void *unused)
{
	(void)unused;
	for (int i = 0; i < 2; i++) {
		get();
		written++;
		assert(sim_queue_task_done(&queue) == SIM_OK);
	}
}

/* The join sees what was done with both items. */
void queue_join_waits_for_all(void)
{
	assert(sim_queue_join(&queue) == SIM_OK);
	put(1);
	put(2);
	start(&first, deal_with_two, NULL);
	assert(sim_queue_join(&queue) == SIM_OK);
	assert(written == 2);
	assert(sim_queue_join(&queue) == SIM_OK);
	join(&first);
}

/* Taking an item is not dealing with it. */
void queue_join_for_runs_out(void)
{
	put(1);
	assert(get() == 1);
	assert(sim_queue_join_for(&queue, SIM_NS_PER_MS) == SIM_TIMEOUT);
	assert(sim_queue_join_for(&queue, 0) == SIM_BUSY);
	assert(sim_queue_task_done(&queue) == SIM_OK);
	assert(sim_queue_join_for(&queue, 0) == SIM_OK);
	assert(sim_queue_join_for(&queue, SIM_FOREVER) == SIM_OK);
}

void queue_initialised_again(void)
{
	put(1);
	sim_queue_init(&queue, "again", SIM_QUEUE_FIFO, 1);
	assert(sim_queue_empty(&queue));
	assert(sim_queue_join_for(&queue, 0) == SIM_OK);
	put(2);
	assert(get() == 2);
}

void queue_task_done_too_often(void)
{
	put(1);
	assert(sim_queue_task_done(&queue) == SIM_OK);
	assert(sim_queue_task_done(&queue) == SIM_MISUSE);
}

void queue_put_for_negative(void)
{
	assert(sim_queue_put_for(&queue, NULL, INT64_MIN) == SIM_MISUSE);
}

void queue_get_for_negative(void)
{
	assert(sim_queue_get_for(&queue, NULL, -2) == SIM_MISUSE);
}

void queue_put_null(void)
{
	assert(sim_queue_put(NULL, NULL) == SIM_MISUSE);
}

void queue_of_unknown_order(void)
{
	queue.order = SIM_QUEUE_PRIORITY + 1;
	assert(sim_queue_put(&queue, NULL) == SIM_MISUSE);
}
