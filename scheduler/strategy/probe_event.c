#include "probe_primitives.h"

bool probe_event_is_set(const struct hb_run *run, uint32_t flag, uint32_t position, const struct hb_set *kept)
{
	for (uint32_t j = position; j-- > 0;) {
		const struct sim_event *event = &run->records[j]->event;
		bool sets = event->op.kind == SIM_OP_EVENT_SET, clears = event->op.kind == SIM_OP_EVENT_CLEAR;
		if ((sets || clears) && event->op.object == flag && hb_has(kept, event))
			return sets;
	}
	return false;
}
