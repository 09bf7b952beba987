#include "probe.h"
#include "probe_primitives.h"
#include "semantics_queue.h"

/* How often something was done with the queue. Which items it holds does not matter to what an operation may do. */
struct sim_queue_counts probe_queue(const struct hb_run *run, uint32_t object, uint32_t position,
                                    const struct hb_set *kept)
{
	struct sim_queue_counts queue = {0};
	for (uint32_t j = 0; j < position; j++) {
		const struct sim_event *event = &run->records[j]->event;
		if (!op_is_queue(&event->op) || event->op.object != object || event->result.low != SIM_RESULT_OK ||
		    !hb_has(kept, event))
			continue;
		queue.n_put += semantics_queue_puts(&event->op);
		queue.n_got += semantics_queue_gets(&event->op);
		queue.n_unfinished += semantics_queue_puts(&event->op);
		queue.n_unfinished -= event->op.kind == SIM_OP_TASK_DONE;
	}
	return queue;
}

/* A put that takes the turn of another needs no get that the other did not need, and a get no put. */
bool probe_hides_queue(const struct sim_op *op, const struct sim_objects *objects, const struct sim_event *passed)
{
	struct sim_use use = semantics_queue_use(op, objects);
	const struct sim_use *covering = &passed->uses[0];
	return covering->mode == SIM_MODE_WRITE && covering->key <= use.key &&
	       covering->key + covering->size >= use.key + use.size;
}
