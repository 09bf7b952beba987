/*
 * Units of work: a schedule prefix and the delay marks on it, nothing else (dpor.c). A unit can be explored by anyone, at
 * any time, in any order. Those that wait are kept on a stack.
 */
#ifndef SIM_UNITS_H
#define SIM_UNITS_H

#include <stddef.h>
#include <stdint.h>

#include "search.h"

/* "At `position`, operation `index` of `thread` was delayed in favour of the event at `by`." */
struct unit_mark {
	uint32_t position, index, by;
	uint16_t thread;
};

/* Lifetime: until it has been run. One block of memory. */
struct unit {
	uint32_t n_steps, n_marks;
	struct unit_mark *marks;
	struct search_step steps[];
};

/* Lifetime: one pass. */
struct unit_stack {
	struct unit **items;
	size_t n, capacity;
};

/* A unit with room for so many steps and marks, to be filled in and pushed. Never NULL. */
struct unit *unit_make(uint32_t n_steps, uint32_t n_marks);
void unit_push(struct unit_stack *stack, struct unit *unit);
/* The unit pushed last, now the caller's to free(); NULL if the stack is empty. */
struct unit *unit_pop(struct unit_stack *stack);
/* Reverses the order of the units above the lowest `from`. */
void unit_reverse(struct unit_stack *stack, size_t from);
void unit_stack_release(struct unit_stack *stack);

#endif
