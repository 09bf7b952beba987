/*
 * Queue on real threads: a linked list of items in the order in which they are to be taken, one gate for all who wait.
 */
#include <assert.h>
#include <stdlib.h>

#include "pt.h"

/* Lifetime: from the put to the get. */
struct pt_item {
	struct pt_item *next;
	void *value;
	int64_t priority;
};

/* In sim_queue.opaque; all zero: empty and never used. Lifetime: as long as the queue. */
struct PT_IN_OPAQUE pt_queue {
	struct pt_gate gate; /* `changed` is broadcast whenever an item comes or goes, and when the last task is done */
	struct pt_item *first, *last;
	int n_items;
	uint64_t n_unfinished;
	struct pt_item own; /* room for one item: a queue that never has more needs no other memory */
	bool is_own_used;
};

static_assert(sizeof(struct pt_queue) <= sizeof(((struct sim_queue *)0)->opaque), "fits in its opaque words");

static struct pt_queue *pt_queue_enter(struct sim_queue *queue)
{
	struct pt_queue *state = (struct pt_queue *)queue->opaque;

	pt_gate_prepare(&state->gate);
	pthread_mutex_lock(&state->gate.guard);
	return state;
}

static void pt_queue_leave(struct pt_queue *state)
{
	pthread_mutex_unlock(&state->gate.guard);
}

static struct pt_item *pt_queue_take_room(struct pt_queue *state)
{
	if (state->is_own_used)
		return malloc(sizeof(struct pt_item));
	state->is_own_used = true;
	return &state->own;
}

static void pt_queue_give_room_back(struct pt_queue *state, struct pt_item *item)
{
	if (item == &state->own)
		state->is_own_used = false;
	else
		free(item);
}

/* Behind which item, NULL for none, a new one belongs. */
static struct pt_item *pt_queue_place(const struct pt_queue *state, enum sim_queue_order order, int64_t priority)
{
	struct pt_item *before = NULL;

	if (order == SIM_QUEUE_FIFO)
		return state->last;
	if (order == SIM_QUEUE_LIFO)
		return NULL;
	for (struct pt_item *item = state->first; item != NULL && item->priority <= priority; item = item->next)
		before = item;
	return before;
}

static void pt_queue_insert(struct pt_queue *state, struct pt_item *item, struct pt_item *before)
{
	item->next = before != NULL ? before->next : state->first;
	if (before != NULL)
		before->next = item;
	else
		state->first = item;
	if (item->next == NULL)
		state->last = item;
	state->n_items++;
	state->n_unfinished++;
	pthread_cond_broadcast(&state->gate.changed);
}

static struct pt_item *pt_queue_remove_first(struct pt_queue *state)
{
	struct pt_item *item = state->first;

	state->first = item->next;
	if (state->first == NULL)
		state->last = NULL;
	state->n_items--;
	pthread_cond_broadcast(&state->gate.changed);
	return item;
}

enum sim_status pt_queue_put(struct sim_queue *queue, void *value, int64_t priority, int64_t timeout_ns)
{
	struct pt_deadline deadline = pt_deadline_after(timeout_ns);
	struct pt_queue *state = pt_queue_enter(queue);
	struct pt_item *item = NULL;
	bool in_time = timeout_ns != 0, fits;

	while (queue->maxsize > 0 && state->n_items >= queue->maxsize && in_time)
		in_time = pt_gate_wait(&state->gate, &deadline);
	fits = queue->maxsize < 1 || state->n_items < queue->maxsize;
	if (fits)
		item = pt_queue_take_room(state);
	if (item != NULL) {
		*item = (struct pt_item){ .value = value, .priority = priority };
		pt_queue_insert(state, item, pt_queue_place(state, queue->order, priority));
	}
	pt_queue_leave(state);
	if (item != NULL)
		return SIM_OK;
	return fits ? SIM_NOMEM : SIM_FULL;
}

enum sim_status pt_queue_get(struct sim_queue *queue, void **value, int64_t timeout_ns)
{
	struct pt_deadline deadline = pt_deadline_after(timeout_ns);
	struct pt_queue *state = pt_queue_enter(queue);
	bool in_time = timeout_ns != 0, has_item;

	while (state->first == NULL && in_time)
		in_time = pt_gate_wait(&state->gate, &deadline);
	has_item = state->first != NULL;
	if (has_item) {
		struct pt_item *item = pt_queue_remove_first(state);

		*value = item->value;
		pt_queue_give_room_back(state, item);
	}
	pt_queue_leave(state);
	return has_item ? SIM_OK : SIM_EMPTY;
}

int pt_queue_size(struct sim_queue *queue)
{
	struct pt_queue *state = pt_queue_enter(queue);
	int n_items = state->n_items;

	pt_queue_leave(state);
	return n_items;
}

enum sim_status pt_queue_task_done(struct sim_queue *queue)
{
	struct pt_queue *state = pt_queue_enter(queue);
	bool is_task = state->n_unfinished > 0;

	if (is_task && --state->n_unfinished == 0)
		pthread_cond_broadcast(&state->gate.changed);
	pt_queue_leave(state);
	if (is_task)
		return SIM_OK;
	pt_misuse("done-too-often", "a task of a queue is said to be done, but all that were put are done already");
	return SIM_MISUSE;
}

enum sim_status pt_queue_join(struct sim_queue *queue, int64_t timeout_ns)
{
	struct pt_deadline deadline = pt_deadline_after(timeout_ns);
	struct pt_queue *state = pt_queue_enter(queue);
	bool in_time = timeout_ns != 0, is_done;

	while (state->n_unfinished > 0 && in_time)
		in_time = pt_gate_wait(&state->gate, &deadline);
	is_done = state->n_unfinished == 0;
	pt_queue_leave(state);
	if (is_done)
		return SIM_OK;
	return timeout_ns == 0 ? SIM_BUSY : SIM_TIMEOUT;
}
