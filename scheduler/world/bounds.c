#include "bounds.h"

#include "heap.h"
#include "world.h"

enum { BOUNDS_PAGE = 4096 };

/* The end of the part of a slot that `address` is in: no part reaches into the next. */
static uintptr_t bounds_end_in_slot(const struct arena *arena, int slot, uintptr_t address)
{
	uintptr_t tls_end = (uintptr_t)arena_tls(arena, slot) + ARENA_TLS_SIZE;
	uintptr_t stack = (uintptr_t)arena_stack_low(arena, slot);
	if (address < tls_end)
		return tls_end;
	if (address < stack)
		return stack;
	if (address < stack + arena->stack_size)
		return stack + arena->stack_size;
	return (uintptr_t)arena_heap(arena, slot) + arena->heap_size;
}

/* 0: not in the memory of the program. */
static uintptr_t bounds_end(const struct world *world, uintptr_t address)
{
	int slot = arena_slot(&world->arena, address);
	if (slot != SIM_NOBODY)
		return bounds_end_in_slot(&world->arena, slot, address);
	bool global = address - world->program.globals_low < world->program.globals_high - world->program.globals_low;
	return global ? world->program.globals_high : 0;
}

static const char *bounds_text(int type)
{
	return type & RACE_WRITE ? "wrote" : type & RACE_ATOMIC ? "used" : "read";
}

/* Room between global variables. */
static void bounds_check_gaps(uintptr_t address, size_t size, int type, uint32_t site)
{
	const struct byteset *gaps = &world_running->gaps;
	uintptr_t offset = address - gaps->low;
	if (offset < gaps->size && byteset_has_any(gaps, address, size < gaps->size - offset ? size : gaps->size - offset))
		world_fail((struct incident){.kind = INCIDENT_MEMORY, .cause = "out-of-bounds", .text = bounds_text(type),
		                             .address = address, .size = size, .site = site});
}

void bounds_fail_below(uintptr_t address, size_t size, int type, uint32_t site)
{
	world_fail((struct incident){.kind = INCIDENT_MEMORY, .cause = "use-after-return", .text = bounds_text(type),
	                             .address = address, .size = size, .site = site});
}

/* What another thread has left on its stack: it does not run, and its stack pointer is known. */
static void bounds_check_stack(uintptr_t address, size_t size, int type, uint32_t site)
{
	const struct world *world = world_running;
	int slot = arena_slot(&world->arena, address);
	if (slot == SIM_NOBODY || slot == world->current || !world_on_stack(world, slot, address))
		return;
	bool lives = world->execution.objects.items[slot].state == SIM_THREAD_ALIVE;
	if (!lives || address < (uintptr_t)world->threads[slot].co.sp)
		bounds_fail_below(address, size, type, site);
}

void bounds_check(uintptr_t address, size_t size, int type, uint32_t site)
{
	bool writes = type & RACE_WRITE;
	if (arena_in_heap(&world_running->arena, address)) {
		heap_check(address, size, bounds_text(type), site);
		return;
	}
	bounds_check_gaps(address, size, type, site);
	bounds_check_stack(address, size, type, site);
	uintptr_t end = bounds_end(world_running, address);
	bounds_touch(address, writes);
	if (end && size > end - address)
		world_fail((struct incident){
			.kind = INCIDENT_CRASH, .cause = "wild-access", .site = site, .address = end});
	if (end)
		return;
	/* Constants, arguments, variables of the C library: whatever is mapped. */
	for (size_t done = BOUNDS_PAGE - address % BOUNDS_PAGE; done < size; done += BOUNDS_PAGE)
		bounds_touch(address + done, writes);
}
