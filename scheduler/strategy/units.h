/*
 * Units of work: a schedule prefix and the delay marks on it, nothing else (dpor.c). A unit can be explored by anyone, at
 * any time, in any order.
 */
#ifndef SIM_UNITS_H
#define SIM_UNITS_H

#include <stdint.h>

#include "hb.h"
#include "search.h"

/* "At `position`, operation `index` of `thread` was delayed in favour of the event at `by`." */
struct unit_mark {
	uint32_t position, index, by;
	uint16_t thread;
	struct sim_use uses[2]; /* of the operation, as it was executed before it was delayed */
};

/* Lifetime: until it and all that it leads to have been explored. One block of memory. */
struct unit {
	uint32_t n_steps, n_marks;
	struct unit_mark *marks;
	struct search_step steps[];
};

/* An empty unit with room for so many steps and marks. */
struct unit *unit_make(struct hb_memory *memory, uint32_t n_steps, uint32_t n_marks);

#endif
