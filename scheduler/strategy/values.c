#include "values.h"

#include "probe.h"

/* Whether two accesses of memory overlap, one is a compare-exchange, and they are not of the same bytes. */
static bool values_are_mixed(const struct sim_event *a, const struct sim_event *b)
{
	if (a->op.kind != SIM_OP_ATOMIC_CAS && b->op.kind != SIM_OP_ATOMIC_CAS)
		return false;
	const struct sim_use *x = &a->uses[0], *y = &b->uses[0];
	return op_is_memory(&a->op) && op_is_memory(&b->op) && x->key < y->key + y->size && y->key < x->key + x->size &&
	       (x->key != y->key || x->size != y->size);
}

void values_note(struct values *values, const struct hb_run *run, uint32_t position)
{
	for (; position < run->n && !values->is_mixed; position++) {
		const struct sim_event *event = &run->records[position]->event;
		values->has_exchanges |= event->op.kind == SIM_OP_ATOMIC_CAS;
		if (!values->has_exchanges || !op_is_memory(&event->op))
			continue;
		for (uint32_t j = 0; j < position && !values->is_mixed; j++)
			values->is_mixed = values_are_mixed(&run->records[j]->event, event);
	}
}

static bool values_explain(const struct hb_run *run, uint32_t position)
{
	const struct sim_event *event = &run->records[position]->event;
	struct probe_operation a = {.op = &event->op, .memory = &event->before, .position = position};
	struct hb_set all;
	for (uint32_t t = 0; t < run->n_threads; t++)
		all.n[t] = UINT32_MAX;
	return probe_reads(run, &a, &all, &event->before);
}

const struct sim_event *values_find_unknown(const struct values *values, const struct hb_run *run, uint32_t position)
{
	for (; position < run->n; position++) {
		const struct sim_event *event = &run->records[position]->event;
		bool matters = op_is_memory(&event->op) && !event->wide && (values->has_exchanges || event->spun);
		if (matters && !values_explain(run, position))
			return event;
	}
	return NULL;
}
