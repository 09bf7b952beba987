/*
 * Happens-before of the present execution, as dependence (semantics.h) defines it: for each event a vector clock that
 * counts, for each thread, the events that it follows, itself included.
 *
 * A set of events that contains all that its members follow is given by one number per thread (struct hb_set).
 */
#ifndef SIM_HB_H
#define SIM_HB_H

#include <stdbool.h>
#include <stdint.h>

#include "execution.h"

/* An hb-closed set of events of the present execution. Only the first n_threads counts are looked at. */
struct hb_set {
	uint32_t n[SIM_MAX_THREADS];
};

/* Lifetime: one pass of a search. */
struct hb {
	const struct sim_execution *x;
	struct hb_set *rows; /* by position: the event and all that it follows */
	uint64_t *serial;    /* of the events that the rows belong to */
	uint32_t n_valid;
};

int hb_init(struct hb *hb, const struct sim_execution *execution);
void hb_release(struct hb *hb);

/* Brings the rows up to the present execution: only those of events that are new since the last call are computed. */
void hb_update(struct hb *hb);

/* The events among those of `kept` before `position` that `event`, executed after them, would follow. */
void hb_past(const struct hb *hb, struct hb_set *past, uint32_t position, const struct hb_set *kept,
             const struct sim_event *event);

static inline uint32_t hb_threads(const struct hb *hb)
{
	return hb->x->objects.n_threads;
}

static inline bool hb_has(const struct hb_set *set, const struct sim_event *event)
{
	return event->index < set->n[event->thread];
}

/* Whether the event at `position` follows `event`, or is it. */
static inline bool hb_follows(const struct hb *hb, uint32_t position, const struct sim_event *event)
{
	return hb_has(&hb->rows[position], event);
}

static inline void hb_clear(const struct hb *hb, struct hb_set *set)
{
	for (uint32_t t = 0; t < hb_threads(hb); t++)
		set->n[t] = 0;
}

static inline void hb_join(const struct hb *hb, struct hb_set *to, const struct hb_set *from)
{
	for (uint32_t t = 0; t < hb_threads(hb); t++)
		if (from->n[t] > to->n[t])
			to->n[t] = from->n[t];
}

/* Adds the event at `position` and all that it follows. */
static inline void hb_join_event(const struct hb *hb, struct hb_set *to, uint32_t position)
{
	hb_join(hb, to, &hb->rows[position]);
}

static inline bool hb_includes(const struct hb *hb, const struct hb_set *big, const struct hb_set *small)
{
	for (uint32_t t = 0; t < hb_threads(hb); t++)
		if (small->n[t] > big->n[t])
			return false;
	return true;
}

#endif
