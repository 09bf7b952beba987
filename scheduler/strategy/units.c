#include "units.h"

struct unit *unit_make(struct hb_memory *memory, uint32_t n_steps, uint32_t n_marks)
{
	size_t steps_size = (n_steps * sizeof(struct search_step) + 7) & ~(size_t)7;
	struct unit *unit = hb_memory_take(memory, sizeof *unit + steps_size + n_marks * sizeof *unit->marks);
	unit->n_steps = unit->n_marks = 0;
	unit->marks = (struct unit_mark *)((char *)unit->steps + steps_size);
	return unit;
}
