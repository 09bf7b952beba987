#include "uninit.h"

static bool uninit_is_watched(uintptr_t address)
{
	const struct world *world = world_running;
	return world->options.uninit && arena_in_heap(&world->arena, address);
}

void uninit_wrote(uintptr_t address, size_t size)
{
	struct world *world = world_running;
	if (!uninit_is_watched(address) || byteset_has_all(&world->written, address, size))
		return;
	byteset_save(&world->written, &world->execution.undo, address, size);
	byteset_set(&world->written, address, size, true);
}

/* Nothing to undo: nobody looks at it before it is allocated again. */
void uninit_begin(uintptr_t address, size_t size)
{
	if (uninit_is_watched(address))
		byteset_set(&world_running->written, address, size, false);
}

static bool uninit_is_written(uintptr_t address)
{
	return !uninit_is_watched(address) || byteset_has_all(&world_running->written, address, 1);
}

void uninit_copy(uintptr_t to, uintptr_t from, size_t size)
{
	struct world *world = world_running;
	if (!uninit_is_watched(to))
		return;
	byteset_save(&world->written, &world->execution.undo, to, size);
	for (size_t i = 0; i < size; i++) {
		size_t at = to > from ? size - 1 - i : i;
		byteset_set(&world->written, to + at, 1, uninit_is_written(from + at));
	}
}

void uninit_check(uintptr_t address, size_t size, uint32_t site)
{
	const struct world *world = world_running;
	if (uninit_is_watched(address) && byteset_find(&world->written, address, size, true) == address + size)
		world_fail((struct incident){.kind = INCIDENT_MEMORY, .cause = "uninitialised", .text = "read", .address = address,
		                             .size = size, .site = site});
}
