#include "semantics_queue.h"

static uint32_t semantics_queue_length(const struct sim_queue_counts *queue)
{
	return queue->n_put - queue->n_got;
}

static bool semantics_queue_has_room(const struct sim_op *op, const struct sim_queue_counts *queue)
{
	return !op->argument || semantics_queue_length(queue) < op->argument;
}

bool semantics_queue_completes(const struct sim_op *op, const struct sim_objects *objects)
{
	const struct sim_queue_counts *queue = &objects->items[op->object].queue;
	if (semantics_queue_puts(op))
		return semantics_queue_has_room(op, queue);
	return semantics_queue_gets(op) ? semantics_queue_length(queue) > 0 : queue->n_unfinished == 0;
}

/* Whether the operation ends with success only, and a get does not take what was put last. */
static bool semantics_queue_is_plain(const struct sim_op *op)
{
	bool fails = op->timed || op->kind == SIM_OP_TRY_PUT || op->kind == SIM_OP_TRY_GET;
	if (semantics_queue_puts(op) && !op->argument)
		fails = false;
	return op->rmw == SIM_TAKE_FIRST && !fails;
}

struct sim_use semantics_queue_use(const struct sim_op *op, const struct sim_objects *objects)
{
	struct sim_use use = {.key = objects->items[op->object].key, .size = 1, .mode = SIM_MODE_WRITE};
	if (semantics_queue_gets(op)) {
		use.size = semantics_queue_is_plain(op) ? 1 : 2;
	} else if (semantics_queue_puts(op)) {
		use.key += semantics_queue_is_plain(op) ? SEMANTICS_QUEUE_PUTS : SEMANTICS_QUEUE_GETS;
		use.size = semantics_queue_is_plain(op) ? 2 : 3;
	} else if (op->kind == SIM_OP_QUEUE_SIZE) {
		use.size = 2;
		use.mode = SIM_MODE_READ;
	} else {
		use.key += SEMANTICS_QUEUE_TASKS;
		use.mode = op->kind == SIM_OP_TASK_DONE ? SIM_MODE_WRITE : SIM_MODE_READ;
	}
	return use;
}

static void semantics_queue_put(struct sim_event *event, struct sim_queue_counts *queue)
{
	event->turn = queue->n_put++;
	queue->n_unfinished++;
}

static void semantics_queue_get(struct sim_event *event, struct sim_queue_counts *queue)
{
	event->turn = queue->n_got++;
}

static bool semantics_queue_changes(const struct sim_op *op)
{
	return op->kind != SIM_OP_QUEUE_SIZE && op->kind != SIM_OP_QUEUE_JOIN;
}

void semantics_queue(struct sim_event *event, struct sim_objects *objects)
{
	const struct sim_op *op = &event->op;
	struct sim_queue_counts *queue = &objects->items[op->object].queue;
	event->uses[0] = semantics_queue_use(op, objects);
	event->special = event->special || semantics_queue_puts(op) || semantics_queue_gets(op);
	if (op->kind == SIM_OP_QUEUE_SIZE) {
		event->result.low = semantics_queue_length(queue);
		return;
	}
	if (op->kind == SIM_OP_TASK_DONE ? !queue->n_unfinished : !semantics_queue_completes(op, objects)) {
		event->result.low = op->timed ? SIM_RESULT_TIMEOUT : SIM_RESULT_BUSY;
		return;
	}
	if (semantics_queue_changes(op))
		object_touch(objects, op->object);
	if (semantics_queue_puts(op))
		semantics_queue_put(event, queue);
	else if (semantics_queue_gets(op))
		semantics_queue_get(event, queue);
	else if (op->kind == SIM_OP_TASK_DONE)
		queue->n_unfinished--;
}

bool semantics_queue_causes(const struct sim_event *a, const struct sim_event *b)
{
	bool puts = semantics_queue_puts(&a->op), gets = semantics_queue_gets(&a->op);
	if (!(puts || gets) || a->op.object != b->op.object || a->result.low != SIM_RESULT_OK ||
	    b->result.low != SIM_RESULT_OK)
		return false;
	if (puts)
		return semantics_queue_gets(&b->op) && a->turn == b->turn;
	return semantics_queue_puts(&b->op) && b->op.argument && b->turn - a->turn == b->op.argument;
}
