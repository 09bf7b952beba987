#include "tell_queue.h"

#include <stdlib.h>

#include "format.h"
#include "semantics_queue.h"

/* An item as the program would print it; NULL for what looks like an address. */
static char *tell_queue_item(uint64_t item)
{
	int64_t number = (int64_t)item;
	return number > -1000000000000 && number < 1000000000000 ? format_text("%lld", (long long)number) : NULL;
}

static char *tell_queue_put_value(const struct sim_op *op)
{
	char *item = tell_queue_item(op->operand.low);
	if (op->rmw != SIM_TAKE_LOWEST)
		return item;
	char *text = item ? format_text("%s, priority %lld", item, (long long)op->operand.high)
	                  : format_text("priority %lld", (long long)op->operand.high);
	free(item);
	return text;
}

static char *tell_queue_failure(const struct sim_event *event)
{
	if (event->op.kind == SIM_OP_TASK_DONE)
		return format_text("all were done");
	if (event->op.kind == SIM_OP_QUEUE_JOIN)
		return format_text("timeout");
	return format_text(semantics_queue_puts(&event->op) ? "full" : "empty");
}

char *tell_queue_value(const struct sim_event *event)
{
	if (event->op.kind == SIM_OP_QUEUE_SIZE)
		return format_text("%llu", (unsigned long long)event->result.low);
	if (event->result.low != SIM_RESULT_OK)
		return tell_queue_failure(event);
	if (semantics_queue_puts(&event->op))
		return tell_queue_put_value(&event->op);
	return semantics_queue_gets(&event->op) ? tell_queue_item(event->result.high) : NULL;
}

bool tell_queue_edge(const struct sim_event *earlier, const struct sim_event *later, enum sim_edge_kind *kind)
{
	if (!op_is_queue(&earlier->op) || !op_is_queue(&later->op) || earlier->op.object != later->op.object ||
	    earlier->result.low != SIM_RESULT_OK || later->result.low != SIM_RESULT_OK)
		return false;
	bool passes_item = semantics_queue_puts(&earlier->op) && semantics_queue_gets(&later->op) &&
	                   earlier->before.low == later->before.low;
	*kind = passes_item ? SIM_EDGE_READS : SIM_EDGE_HANDOVER;
	return passes_item || (semantics_queue_gets(&earlier->op) && semantics_queue_causes(earlier, later));
}
