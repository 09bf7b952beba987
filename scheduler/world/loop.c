#include "loop.h"

#include "sanitizer.h"
#include "world.h"

/* The first access that is waited for, and how many reads long. */
enum { LOOP_FIRST = 4096, LOOP_PATIENCE = 256 };

void loop_begin(struct loop *loop)
{
	loop->due = LOOP_FIRST;
	loop->first = 0;
}

/* Waits for nothing until there have been twice as many accesses. */
static void loop_rest(struct loop *loop, int n_accesses)
{
	loop->due = n_accesses < INT32_MAX / 2 ? 2 * n_accesses : INT32_MAX;
	loop->first = 0;
}

static void loop_remember(struct world *world)
{
	struct loop *loop = &world->loop;
	uintptr_t high = (uintptr_t)arena_stack_high(&world->arena, world->current);
	loop->first = loop->due = world->execution.n_accesses;
	loop->frame = (uintptr_t)world_thread()->frame;
	loop->effects = world->effects;
	loop->n_clock_reads = world->n_clock_reads;
	loop->mark = undo_now(&world->execution.undo);
	loop->sp = spin_program_stack(world, world->current);
	loop->n_reads = 0;
	sanitizer_copy(loop->stack, (const void *)loop->sp, high - loop->sp);
}

static bool loop_is_back(const struct world *world, uintptr_t address, uint32_t site)
{
	const struct loop *loop = &world->loop;
	return loop->reads[0].address == address && loop->reads[0].site == site && loop->effects == world->effects &&
	       loop->n_clock_reads == world->n_clock_reads && loop->frame == (uintptr_t)world_thread()->frame &&
	       spin_is_unchanged(world, world->current, loop->mark, loop->stack, loop->sp);
}

/* Notes the read; false if there are too many. */
static bool loop_add(struct loop *loop, uintptr_t address, size_t size, uint32_t site)
{
	for (int i = 0; i < loop->n_reads; i++)
		if (loop->reads[i].address == address && loop->reads[i].size >= size && loop->reads[i].site == site)
			return true;
	if (loop->n_reads == LOOP_MAX_READS)
		return false;
	loop->reads[loop->n_reads++] = (struct loop_read){address, size, site};
	return true;
}

bool loop_on_access(struct world *world, uintptr_t address, size_t size, bool writes, uint32_t site)
{
	struct loop *loop = &world->loop;
	int n_accesses = world->execution.n_accesses;
	world_thread()->frame = __builtin_frame_address(0);
	if (!world->is_variable || !spin_program_stack(world, world->current)) {
		loop->due = INT32_MAX;
		return false;
	}
	if (loop->first && loop_is_back(world, address, site)) {
		for (int i = 0; i < loop->n_reads; i++)
			execution_want(&world->execution, loop->reads[i].address, loop->reads[i].size);
		return true;
	}
	if (!loop->first)
		loop_remember(world);
	if (writes || n_accesses - loop->first > LOOP_PATIENCE || !loop_add(loop, address, size, site))
		loop_rest(loop, n_accesses);
	return false;
}
