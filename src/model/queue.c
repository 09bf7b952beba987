#include "queue.h"

#include "semantics_queue.h"

/* Identity by the index of the queue, which is the same in all executions. */
static uint64_t queue_key(uint32_t queue, uint32_t n)
{
	return (uint64_t)queue << 32 | n;
}

static uint32_t queue_item(struct sim_objects *objects, uint32_t queue, uint32_t n)
{
	return object_at(objects, queue_key(queue, n), SIM_OBJECT_ITEM);
}

uint32_t queue_place(struct sim_objects *objects, uint32_t queue, uint32_t n)
{
	return object_at(objects, queue_key(queue, n), SIM_OBJECT_PLACE);
}

/* Makes the item one that is taken before all others, or after those of lower and the same priority. */
static void queue_insert(const struct sim_op *op, uint32_t item, struct sim_objects *objects)
{
	struct sim_object *items = objects->items;
	uint32_t before = 0, after = items[op->object].queue.first;
	while (op->rmw == SIM_TAKE_LOWEST && after && items[after].item.priority <= items[item].item.priority) {
		before = after;
		after = items[after].state;
	}
	items[item].state = after;
	if (before)
		object_touch(objects, before)->state = item;
	else
		items[op->object].queue.first = item;
}

static void queue_put(struct sim_event *event, struct sim_objects *objects)
{
	const struct sim_op *op = &event->op;
	uint32_t index = queue_item(objects, op->object, event->turn);
	object_touch(objects, index)->item = (struct sim_queue_item){op->operand.low, (int64_t)op->operand.high};
	event->before.low = index;
	if (op->rmw != SIM_TAKE_FIRST)
		queue_insert(op, index, objects);
}

static void queue_get(struct sim_event *event, struct sim_objects *objects)
{
	struct sim_queue_counts *queue = &objects->items[event->op.object].queue;
	bool takes_first = event->op.rmw == SIM_TAKE_FIRST;
	uint32_t index = takes_first ? queue_item(objects, event->op.object, event->turn) : queue->first;
	if (!takes_first)
		queue->first = objects->items[index].state;
	event->before.low = index;
	event->result.high = objects->items[index].item.value;
}

/* The queue itself was touched by semantics_apply(). */
void queue_apply(struct sim_event *event, struct sim_objects *objects)
{
	if (event->result.low != SIM_RESULT_OK)
		return;
	if (semantics_queue_puts(&event->op))
		queue_put(event, objects);
	else if (semantics_queue_gets(&event->op))
		queue_get(event, objects);
}
