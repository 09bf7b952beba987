/*
 * Programs with a queue: the one of the API or, with -DREFERENCE, one made of a condition as Python's library does it.
 */
#include <stdint.h>

#include <simcheck/simcheck.h>

#include "outcome.h"

#ifdef REFERENCE

enum { MOST = 4 };

struct queue {
	struct sim_condition changed;
	uintptr_t items[MOST]; /* in the order of leaving; protected by the condition's lock, as is the rest */
	int64_t priorities[MOST];
	int n, maxsize, n_unfinished;
	enum sim_queue_order order;
};

static void set_up(struct queue *q, enum sim_queue_order order, int maxsize)
{
	*q = (struct queue){ .order = order, .maxsize = maxsize };
}

static int is_full(const struct queue *q)
{
	return q->maxsize > 0 && q->n == q->maxsize;
}

/* Waits as long as the condition holds. */
#define WAIT_WHILE(q, condition, timeout_ns) \
	while ((condition) && (timeout_ns) != 0) \
		if (sim_condition_wait_for(&(q)->changed, timeout_ns) != SIM_OK) \
			break

static void insert(struct queue *q, uintptr_t item, int64_t priority)
{
	int at = q->order == SIM_QUEUE_LIFO ? 0 : q->n;

	while (q->order == SIM_QUEUE_PRIORITY && at > 0 && q->priorities[at - 1] > priority)
		at--;
	for (int i = q->n++; i > at; i--) {
		q->items[i] = q->items[i - 1];
		q->priorities[i] = q->priorities[i - 1];
	}
	q->items[at] = item;
	q->priorities[at] = priority;
	q->n_unfinished++;
}

static int put_for(struct queue *q, uintptr_t item, int64_t priority, int64_t timeout_ns)
{
	int fits;

	sim_condition_acquire(&q->changed);
	WAIT_WHILE(q, is_full(q), timeout_ns);
	fits = !is_full(q);
	if (fits)
		insert(q, item, priority);
	sim_condition_notify_all(&q->changed);
	sim_condition_release(&q->changed);
	return fits;
}

/* The item, or 0. */
static uintptr_t get_for(struct queue *q, int64_t timeout_ns)
{
	uintptr_t item = 0;

	sim_condition_acquire(&q->changed);
	WAIT_WHILE(q, q->n == 0, timeout_ns);
	if (q->n > 0) {
		item = q->items[0];
		q->n--;
		for (int i = 0; i < q->n; i++) {
			q->items[i] = q->items[i + 1];
			q->priorities[i] = q->priorities[i + 1];
		}
	}
	sim_condition_notify_all(&q->changed);
	sim_condition_release(&q->changed);
	return item;
}

static void task_done(struct queue *q)
{
	struct sim_lock nobodys = { 0 };
	int known;

	sim_condition_acquire(&q->changed);
	known = q->n_unfinished > 0;
	q->n_unfinished -= known;
	sim_condition_notify_all(&q->changed);
	sim_condition_release(&q->changed);
	if (!known)
		sim_lock_release(&nobodys); /* a misuse too */
}

static int join_for(struct queue *q, int64_t timeout_ns)
{
	int done;

	sim_condition_acquire(&q->changed);
	WAIT_WHILE(q, q->n_unfinished > 0, timeout_ns);
	done = q->n_unfinished == 0;
	sim_condition_release(&q->changed);
	return done;
}

static int size(struct queue *q)
{
	int n;

	sim_condition_acquire(&q->changed);
	n = q->n;
	sim_condition_release(&q->changed);
	return n;
}

#else

#define queue sim_queue

static void set_up(struct queue *q, enum sim_queue_order order, int maxsize)
{
	sim_queue_init(q, "queue", order, maxsize);
}

static int put_for(struct queue *q, uintptr_t item, int64_t priority, int64_t timeout_ns)
{
	return sim_queue_put_priority_for(q, (void *)item, priority, timeout_ns) == SIM_OK;
}

static uintptr_t get_for(struct queue *q, int64_t timeout_ns)
{
	void *item = NULL;

	sim_queue_get_for(q, &item, timeout_ns);
	return (uintptr_t)item;
}

static void task_done(struct queue *q)
{
	sim_queue_task_done(q);
}

static int join_for(struct queue *q, int64_t timeout_ns)
{
	return sim_queue_join_for(q, timeout_ns) == SIM_OK;
}

static int size(struct queue *q)
{
	return sim_queue_size(q);
}

#endif

static struct queue queue;
static struct sim_thread threads[3];
static uintptr_t got[3];

static void start(int i, void (*function)(void *))
{
	sim_thread_init(&threads[i], NULL, function, &got[i]);
	sim_thread_start(&threads[i]);
}

static void join(int n)
{
	for (int i = 0; i < n; i++)
		sim_thread_join(&threads[i]);
}

static void put_1(void *unused)
{
	(void)unused;
	put_for(&queue, 1, 5, SIM_FOREVER);
}

static void put_2(void *unused)
{
	(void)unused;
	put_for(&queue, 2, 1, SIM_FOREVER);
}

static void put_both(void *unused)
{
	put_1(unused);
	put_2(unused);
}

static void get(void *item)
{
	*(uintptr_t *)item = get_for(&queue, SIM_FOREVER);
}

static void get_in_time(void *item)
{
	*(uintptr_t *)item = get_for(&queue, 1);
}

static void get_at_once(void *item)
{
	*(uintptr_t *)item = get_for(&queue, 0);
}

/* Comes to 12 when the first is 1 and the second is 2. */
static void get_both(void *items)
{
	uintptr_t first = get_for(&queue, SIM_FOREVER);

	*(uintptr_t *)items = 10 * first + get_for(&queue, SIM_FOREVER);
}

static void put_in_time(void *fits)
{
	*(uintptr_t *)fits = (uintptr_t)put_for(&queue, 3, 0, 1);
}

static void ask(void *n)
{
	*(uintptr_t *)n = (uintptr_t)size(&queue);
}

static void deal_with_one(void *item)
{
	get(item);
	task_done(&queue);
}

static void only_say_done(void *unused)
{
	(void)unused;
	task_done(&queue);
}

static void await_done(void *done)
{
	*(uintptr_t *)done = (uintptr_t)join_for(&queue, 1);
}

/* Each get comes after the put of its item, and that is all that depends on order: 1 class. */
void two_handed_over(void)
{
	start(0, put_both);
	start(1, get_both);
	join(2);
	come_to(got[1] == 12);
}

/* With room for one the second put comes after the first get: the four are in one order. 1 class. */
void through_a_narrow_place(void)
{
	set_up(&queue, SIM_QUEUE_FIFO, 1);
	start(0, put_both);
	start(1, get_both);
	join(2);
	come_to(got[1] == 12);
}

/* Two puts, in either order, and one who takes both: 2 classes. */
void put_by_two(void)
{
	start(0, put_1);
	start(1, put_2);
	start(2, get_both);
	join(3);
	come_to(got[2] == 12 ? 1 : got[2] == 21 ? 2 : 0);
}

/* Two gets, in either order: 2 classes. */
void taken_by_two(void)
{
	start(0, get);
	start(1, get);
	start(2, put_both);
	join(3);
	come_to((int)(got[0] + got[1] == 3 ? got[0] : 0));
}

/* One put, and two who may come to nothing: any two of the three depend on each other, 3! = 6 classes. */
void attempts(void)
{
	start(0, get_at_once);
	start(1, get_in_time);
	start(2, put_1);
	join(3);
	come_to((int)(got[0] + 2 * got[1]));
}

/*
 * Room for one, a put and two get. An attempt to put is before the put of the other (then that waits until the attempt's
 * item is taken), between it and its get (and fails), or after the get. The gets are in either order: where both puts
 * succeed, in 2 classes each. Where the attempt fails, one of the two who get waits for ever: again 2. Together 6.
 */
void attempt_to_put(void)
{
	set_up(&queue, SIM_QUEUE_FIFO, 1);
	start(0, get);
	start(1, get);
	start(2, put_in_time);
	put_1(NULL);
	join(3);
	come_to((int)got[2]);
}

/* The question is before, between or after the two puts: 3 classes. */
void asked_meanwhile(void)
{
	start(0, ask);
	start(1, put_both);
	join(2);
	come_to((int)got[0]);
}

/* The last one that was put is taken: the first if the get is between the puts, else the second. 2 classes. */
void last_one(void)
{
	set_up(&queue, SIM_QUEUE_LIFO, 0);
	start(0, put_both);
	start(1, get);
	join(2);
	come_to((int)got[1]);
}

/* The second put has the lower number, and comes first if it is there: 2 classes. */
void lowest_one(void)
{
	set_up(&queue, SIM_QUEUE_PRIORITY, 0);
	start(0, put_both);
	start(1, get);
	join(2);
	come_to((int)got[1]);
}

/* One item for two: 2 classes, one for each that has to wait for ever. */
void one_remains(void)
{
	start(0, get);
	start(1, get);
	start(2, put_1);
	join(3);
	come_to(0);
}

/* The join is before the put, between it and the end of the task (and times out), or after that: 3 classes. */
void joined_in_time(void)
{
	start(0, put_1);
	start(1, deal_with_one);
	start(2, await_done);
	join(3);
	come_to((int)got[2]);
}

/* What is said to be done may not be there yet: 2 classes, one of them a misuse. */
void done_too_early(void)
{
	start(0, put_1);
	start(1, only_say_done);
	join(2);
	come_to(0);
}

int main(void)
{
	return 0;
}
