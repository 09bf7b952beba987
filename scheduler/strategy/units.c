#include "units.h"

#include <stdio.h>
#include <stdlib.h>

static _Noreturn void unit_no_memory(void)
{
	fputs("simcheck: no memory left for units of work\n", stderr);
	abort();
}

struct unit *unit_make(uint32_t n_steps, uint32_t n_marks)
{
	size_t steps_size = (n_steps * sizeof(struct search_step) + 7) & ~(size_t)7;
	struct unit *unit = malloc(sizeof *unit + steps_size + n_marks * sizeof *unit->marks);
	if (!unit)
		unit_no_memory();
	unit->n_steps = unit->n_marks = 0;
	unit->marks = (struct unit_mark *)((char *)unit->steps + steps_size);
	return unit;
}

void unit_push(struct unit_stack *stack, struct unit *unit)
{
	if (stack->n == stack->capacity) {
		stack->capacity = stack->capacity ? 2 * stack->capacity : 64;
		stack->items = realloc(stack->items, stack->capacity * sizeof *stack->items);
		if (!stack->items)
			unit_no_memory();
	}
	stack->items[stack->n++] = unit;
}

struct unit *unit_pop(struct unit_stack *stack)
{
	return stack->n ? stack->items[--stack->n] : NULL;
}

void unit_reverse(struct unit_stack *stack, size_t from)
{
	for (size_t i = from, j = stack->n; i + 1 < j; i++) {
		struct unit *unit = stack->items[i];
		stack->items[i] = stack->items[--j];
		stack->items[j] = unit;
	}
}

void unit_stack_release(struct unit_stack *stack)
{
	while (stack->n)
		free(unit_pop(stack));
	free(stack->items);
	*stack = (struct unit_stack){0};
}
