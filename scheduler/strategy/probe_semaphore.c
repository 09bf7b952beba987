#include "probe_primitives.h"

/* What the executed operation added to the value. */
static int64_t probe_semaphore_change(const struct sim_event *event)
{
	if (event->result.low != SIM_RESULT_OK)
		return 0;
	switch (event->op.kind) {
	case SIM_OP_SEM_ACQUIRE:
	case SIM_OP_SEM_TRY_ACQUIRE:
		return -1;
	case SIM_OP_SEM_RELEASE:
	case SIM_OP_SEM_RELEASE_BOUNDED:
		return (int64_t)event->op.operand.low;
	default:
		return 0;
	}
}

int64_t probe_semaphore_count(const struct hb_run *run, uint32_t semaphore, uint32_t position, const struct hb_set *kept)
{
	int64_t count = 0;
	for (uint32_t j = 0; j < position; j++) {
		const struct sim_event *event = &run->records[j]->event;
		if (event->op.object == semaphore && hb_has(kept, event))
			count += probe_semaphore_change(event);
	}
	return count;
}
