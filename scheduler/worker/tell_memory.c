#include "tell_memory.h"

#include <string.h>

#include "format.h"

struct heap_place tell_memory_place(const struct world *world, const struct incident *incident)
{
	return arena_in_heap(&world->arena, incident->address) ? heap_place(world, incident->address)
	                                                       : (struct heap_place){0};
}

bool tell_memory_is_free(const struct tell *tell, const struct race_record *record)
{
	const struct heap_block *block = heap_find(tell->world, tell->finding->diagnosis.race.address);
	return block && block->freed_epoch == record->epoch && block->freed_site == record->site;
}

bool tell_memory_is_leak(const struct incident *incident)
{
	return incident->kind == INCIDENT_MEMORY && strcmp(incident->cause, "leak") == 0;
}

/* What was done, as reports name it. */
static const char *tell_memory_op(const struct incident *incident)
{
	if (strcmp(incident->text, "wrote") == 0)
		return "write";
	if (incident->is_index)
		return "index";
	return incident->size ? "read" : "free";
}

/* The event in whose step it happened: the last of its thread. */
static int tell_memory_event(const struct tell *tell, int slot)
{
	for (uint32_t i = tell->x->n_events; i-- > 0;)
		if (tell->x->events[i].thread == slot)
			return (int)i;
	return SIM_NONE;
}

/* What was accessed has a name, or lies beside a global variable that has. */
static char *tell_memory_object(const struct tell *tell, const struct incident *incident)
{
	const struct world *world = tell->world;
	uintptr_t low;
	size_t size;
	char name[256];
	bool is_global = incident->address - world->gaps.low < world->gaps.size;
	if (is_global && strcmp(incident->cause, "out-of-bounds") == 0 &&
	    symbols_neighbour(tell->names->symbols, incident->address, &low, &size, name, sizeof name) == 0)
		return format_text("%s", name);
	return names_memory(tell->names, incident->address, incident->size ? incident->size : 1);
}

void tell_memory(const struct tell *tell)
{
	const struct incident *incident = &tell->finding->diagnosis.incident;
	struct sim_access *access = &tell->told->accesses[0];
	if (!incident->is_index)
		tell->told->object = tell_memory_object(tell, incident);
	if (tell_memory_is_leak(incident))
		return;
	access->thread = tell->thread_index[incident->thread];
	access->event = tell_memory_event(tell, incident->thread);
	access->op = format_text("%s", tell_memory_op(incident));
	access->place = names_place(tell->names, incident->site);
}
