#include "ending.h"

uint32_t ending_find_known(const struct sim_execution *x, uint32_t from, int thread)
{
	uint32_t n = x->n_events;
	while (n > from && x->events[n - 1].thread == thread)
		n--;
	return n;
}

uint32_t ending_find(const struct sim_execution *x, uint32_t from)
{
	uint32_t n = x->n_events;
	if (n <= from || !x->events[n - 1].final)
		return n;
	return ending_find_known(x, from, x->events[n - 1].thread);
}

static bool ending_follows_others(const struct hb_run *run, const struct hb_set *past, int thread)
{
	for (uint32_t t = 0; t < run->n_threads; t++)
		if ((int)t != thread && run->last[t] >= 0 && !hb_has_brief(past, &run->briefs[run->last[t]]))
			return false;
	return true;
}

/* A join that waits as long as it takes conflicts with nothing but what it waits for: the last event of a thread, but for a
 * main thread that goes on after its end. */
static bool ending_joins(const struct hb_run *run, const struct sim_event *event)
{
	return event->op.kind == SIM_OP_JOIN && !event->op.timed && !event->op.cancellable &&
	       (run->last[event->target] < 0 || run->records[run->last[event->target]]->event.ends);
}

void ending_add(struct hb_run *run, struct hb_memory *memory, const struct sim_execution *x, const uint16_t *n_choices)
{
	struct hb_set past;
	int thread = x->events[x->n_events - 1].thread;
	bool is_orderly = false;
	hb_clear(&past, run->n_threads);
	if (run->last[thread] >= 0)
		hb_join_record(&past, run->records[run->last[thread]]);
	for (uint32_t j = run->n; j < x->n_events; j++) {
		const struct sim_event *event = &x->events[j];
		if (ending_joins(run, event)) {
			if (run->last[event->target] >= 0)
				hb_join_record(&past, run->records[run->last[event->target]]);
			continue;
		}
		is_orderly = is_orderly || ending_follows_others(run, &past, thread);
		if (is_orderly && n_choices[j] == 1)
			continue;
		hb_extend(run, memory, x, j + 1, n_choices);
		hb_join_record(&past, run->records[j]);
	}
}
