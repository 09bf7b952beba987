/* Queue: argument checks over the vtable. */
#include "facade.h"

/* Reports what is wrong with the arguments, if anything. Returns whether something is. */
static bool queue_is_misused(const struct sim_queue *queue, int64_t timeout_ns)
{
	if (queue == NULL)
		facade_misuse("null-argument", "NULL was used instead of a queue");
	else if (queue->order < SIM_QUEUE_FIFO || queue->order > SIM_QUEUE_PRIORITY)
		facade_misuse("bad-order", "a queue was used that has none of the orders there are");
	else if (!facade_timeout_valid(timeout_ns))
		facade_misuse("bad-timeout", "a queue was used with a timeout out of range");
	else
		return false;
	return true;
}

enum sim_status sim_queue_put_priority_for(struct sim_queue *queue, void *item, int64_t priority, int64_t timeout_ns)
{
	if (queue_is_misused(queue, timeout_ns))
		return SIM_MISUSE;
	return sim_backend_current()->queue_put(queue, item, priority, timeout_ns);
}

enum sim_status sim_queue_put_priority(struct sim_queue *queue, void *item, int64_t priority)
{
	return sim_queue_put_priority_for(queue, item, priority, SIM_FOREVER);
}

enum sim_status sim_queue_put_for(struct sim_queue *queue, void *item, int64_t timeout_ns)
{
	return sim_queue_put_priority_for(queue, item, 0, timeout_ns);
}

enum sim_status sim_queue_try_put(struct sim_queue *queue, void *item)
{
	return sim_queue_put_priority_for(queue, item, 0, 0);
}

enum sim_status sim_queue_put(struct sim_queue *queue, void *item)
{
	return sim_queue_put_priority_for(queue, item, 0, SIM_FOREVER);
}

enum sim_status sim_queue_get_for(struct sim_queue *queue, void **item, int64_t timeout_ns)
{
	void *dropped;

	if (queue_is_misused(queue, timeout_ns))
		return SIM_MISUSE;
	return sim_backend_current()->queue_get(queue, item != NULL ? item : &dropped, timeout_ns);
}

enum sim_status sim_queue_try_get(struct sim_queue *queue, void **item)
{
	return sim_queue_get_for(queue, item, 0);
}

enum sim_status sim_queue_get(struct sim_queue *queue, void **item)
{
	return sim_queue_get_for(queue, item, SIM_FOREVER);
}

int sim_queue_size(struct sim_queue *queue)
{
	if (queue_is_misused(queue, 0))
		return 0;
	return sim_backend_current()->queue_size(queue);
}

bool sim_queue_empty(struct sim_queue *queue)
{
	if (queue_is_misused(queue, 0))
		return false;
	return sim_backend_current()->queue_size(queue) == 0;
}

bool sim_queue_full(struct sim_queue *queue)
{
	if (queue_is_misused(queue, 0))
		return false;
	return sim_backend_current()->queue_size(queue) == queue->maxsize && queue->maxsize > 0;
}

enum sim_status sim_queue_task_done(struct sim_queue *queue)
{
	if (queue_is_misused(queue, 0))
		return SIM_MISUSE;
	return sim_backend_current()->queue_task_done(queue);
}

enum sim_status sim_queue_join_for(struct sim_queue *queue, int64_t timeout_ns)
{
	if (queue_is_misused(queue, timeout_ns))
		return SIM_MISUSE;
	return sim_backend_current()->queue_join(queue, timeout_ns);
}

enum sim_status sim_queue_join(struct sim_queue *queue)
{
	return sim_queue_join_for(queue, SIM_FOREVER);
}
