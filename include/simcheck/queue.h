/*
 * Queue: hands items over from the threads that put them to the threads that get them.
 *
 * Semantics: Python's queue.Queue, LifoQueue and PriorityQueue, as one type with an order. A put waits while the queue
 * is full, a get while it is empty. When several threads wait, which of them goes on is not specified: the checker
 * tries each. Items are pointers, which the queue only carries: numbers fit in by casting through uintptr_t.
 *
 * For threads that process items there is a count of unfinished tasks: each put adds one, sim_queue_task_done() takes
 * one away, and sim_queue_join() waits until there is none.
 *
 * It differs from Python in two ways. Priorities are numbers given beside the item, and among items of the same
 * priority the one that was put first comes first. And where Python raises queue.Full or queue.Empty there is a status,
 * SIM_FULL or SIM_EMPTY, for attempts that do not wait and for those whose time ran out alike.
 *
 * What a thread wrote before it put an item is visible to the thread that gets the item. If the queue is bounded, what
 * was written before a get is visible after the put that fills the place again: the put of number i (from 0) comes after
 * the get of number i - maxsize. What was written before the calls of sim_queue_task_done() is visible after the join.
 *
 * Lifetime: from zero-filling or sim_queue_init() until the memory goes away; a queue with at most one item holds no
 * other memory on real threads. The memory must stay valid, and at its address, while any thread uses the queue. All
 * functions but sim_queue_init() may be called by any thread at any time. Each is a misuse on a queue whose order is not
 * one (bad-order).
 */
#ifndef SIMCHECK_QUEUE_H
#define SIMCHECK_QUEUE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <simcheck/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Which item a get takes. */
enum sim_queue_order {
	SIM_QUEUE_FIFO = 0, /* the one that was put first */
	SIM_QUEUE_LIFO,     /* the one that was put last */
	SIM_QUEUE_PRIORITY, /* the one with the lowest priority number */
};

/* A zero-filled one is ready for use: empty, first in first out, without a bound. */
struct sim_queue {
	const char *name;           /* NULL: named after the variable */
	int maxsize;                /* how many items fit; below 1: any number. Not to be changed while in use */
	enum sim_queue_order order; /* not to be changed while in use */
	uint64_t opaque[32];
};

/*
 * Makes `queue` an empty queue called `name` (not copied: it must live as long as the queue; NULL: named after the
 * variable) with that order, for `maxsize` items (below 1: any number). A plain write to memory, compiled into the
 * caller so that the checker sees it as one: nobody may use the queue at the same time, and what an earlier queue at the
 * same place held, threads that wait there included, is forgotten.
 */
static inline void sim_queue_init(struct sim_queue *queue, const char *name, enum sim_queue_order order, int maxsize)
{
	memset(queue, 0, sizeof(*queue));
	queue->name = name;
	queue->maxsize = maxsize;
	queue->order = order;
}

/*
 * Waits until there is room, and puts the item in. Returns SIM_OK; SIM_NOMEM when real threads have no memory left for
 * it; SIM_MISUSE (null-argument: no queue; the item may be NULL). In a priority queue it has priority 0.
 */
enum sim_status sim_queue_put(struct sim_queue *queue, void *item);

/* As sim_queue_put(), but never waits: SIM_FULL when there is no room. */
enum sim_status sim_queue_try_put(struct sim_queue *queue, void *item);

/*
 * As sim_queue_put(), waiting for at most `timeout_ns` nanoseconds or SIM_FOREVER: SIM_FULL when there was no room in
 * that time. If there is room the item is put, whatever the timeout. SIM_MISUSE also for bad-timeout.
 */
enum sim_status sim_queue_put_for(struct sim_queue *queue, void *item, int64_t timeout_ns);

/* As sim_queue_put() and sim_queue_put_for(), with a priority. In queues of another order it does not matter. */
enum sim_status sim_queue_put_priority(struct sim_queue *queue, void *item, int64_t priority);
enum sim_status sim_queue_put_priority_for(struct sim_queue *queue, void *item, int64_t priority, int64_t timeout_ns);

/*
 * Waits until there is an item, and takes it: `*item` becomes it (NULL: it is dropped). Returns SIM_OK, or SIM_MISUSE
 * (null-argument: no queue).
 */
enum sim_status sim_queue_get(struct sim_queue *queue, void **item);

/* As sim_queue_get(), but never waits: SIM_EMPTY, and `*item` unchanged, when there is no item. */
enum sim_status sim_queue_try_get(struct sim_queue *queue, void **item);

/*
 * As sim_queue_get(), waiting for at most `timeout_ns` nanoseconds or SIM_FOREVER: SIM_EMPTY, and `*item` unchanged,
 * when there was no item in that time. If there is one it is taken, whatever the timeout. SIM_MISUSE also for
 * bad-timeout.
 */
enum sim_status sim_queue_get_for(struct sim_queue *queue, void **item, int64_t timeout_ns);

/*
 * How many items there were at the moment of the call, whether there was none, and whether there was no room for
 * another. By the time the caller looks at the answer it may be wrong: another thread may take the last item between
 * sim_queue_empty() and a get. 0 and false after a misuse (null-argument).
 */
int sim_queue_size(struct sim_queue *queue);
bool sim_queue_empty(struct sim_queue *queue);
bool sim_queue_full(struct sim_queue *queue);

/*
 * Says that the work on one item is done. Returns SIM_OK, or SIM_MISUSE with nothing changed (done-too-often: it has
 * been called as often as items were put; null-argument). Never waits.
 */
enum sim_status sim_queue_task_done(struct sim_queue *queue);

/*
 * Waits until sim_queue_task_done() has been called as often as items were put; at once if none was. Returns SIM_OK, or
 * SIM_MISUSE (null-argument).
 */
enum sim_status sim_queue_join(struct sim_queue *queue);

/* As sim_queue_join(), for at most `timeout_ns` nanoseconds or SIM_FOREVER. Returns SIM_OK when nothing is unfinished;
 * SIM_TIMEOUT when something still is, SIM_BUSY instead if the timeout was 0; SIM_MISUSE also for bad-timeout. */
enum sim_status sim_queue_join_for(struct sim_queue *queue, int64_t timeout_ns);

#ifdef __cplusplus
}
#endif

#endif
