/*
 * What events find in memory, as far as a strategy has to know it: a compare-exchange or a poll, executed elsewhere, would find
 * what the events of its location before it leave there.
 */
#ifndef SIM_VALUES_H
#define SIM_VALUES_H

#include <stdbool.h>
#include <stdint.h>

#include "hb.h"

/* Lifetime: one pass. */
struct values {
	bool has_exchanges; /* there are compare-exchanges */
	bool is_mixed;      /* one accesses bytes that are accessed in other sizes too */
};

/* Takes note of the events of the run from `position` on. */
void values_note(struct values *values, const struct hb_run *run, uint32_t position);

/*
 * The first event from `position` on whose value matters and that did not find what the events before it leave in its
 * location; NULL if there is none. A plain write came in between: orderly, since it would race otherwise, but unknown. Were
 * such writes events too there would be no more classes, unless something depends on how many events a thread has (its end,
 * the program's), because they are ordered anyway.
 */
const struct sim_event *values_find_unknown(const struct values *values, const struct hb_run *run, uint32_t position);

#endif
