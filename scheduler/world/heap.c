#include "heap.h"

#include <errno.h>
#include <string.h>

#include "uninit.h"

static const uint64_t heap_live = UINT64_C(0x6C697665626C6F63), heap_freed = UINT64_C(0x6672656564626C6F);

/* How far behind a block the next one may begin, at the least, and at most. */
enum { HEAP_LEAST_GAP = 64, HEAP_MOST_GAP = 1024, HEAP_ALIGN = 16 };

/* ---- allocating ------------------------------------------------------------------------------------------------- */

static char *heap_align(char *p, size_t align)
{
	return (char *)(((uintptr_t)p + align - 1) & ~(uintptr_t)(align - 1));
}

/* Memory that an execution that was taken back wrote to is zeroed, so that what a program finds in a new block does not
 * depend on what was explored before. */
static void heap_clear(struct world *world, char *from, char *to)
{
	char **high = &world->heap_high[world->current];
	if (from < *high)
		memset(from, 0, (size_t)((to < *high ? to : *high) - from));
	if (to > *high)
		*high = to;
}

/* The larger the elements of an array, the farther may be what lies beyond its end. */
static size_t heap_gap(size_t size)
{
	size_t gap = (size + HEAP_ALIGN - 1) & ~(size_t)(HEAP_ALIGN - 1);
	return gap < HEAP_LEAST_GAP ? HEAP_LEAST_GAP : gap > HEAP_MOST_GAP ? HEAP_MOST_GAP : gap;
}

void *heap_allocate(size_t size, size_t align)
{
	struct world *world = world_running;
	world->endings.recording = false;
	struct world_thread *thread = world_thread();
	if (align < HEAP_ALIGN)
		align = HEAP_ALIGN;
	if (size > PTRDIFF_MAX) {
		thread->error = ENOMEM;
		return NULL;
	}
	char *limit = arena_heap(&world->arena, world->current) + world->arena.heap_size;
	char *block = heap_align(thread->heap_top + sizeof(struct heap_block), align);
	size_t used = ((size + HEAP_ALIGN - 1) & ~(size_t)(HEAP_ALIGN - 1)) + heap_gap(size);
	if (size > world->options.heap_size - world->heap_used)
		world_exhaust("the program uses more heap than --memory allows");
	if (block > limit || used > (size_t)(limit - block))
		world_exhaust("the program allocates far more than --memory allows at a time (freed memory is not used again)");
	heap_clear(world, thread->heap_top, block + used);
	byteset_set(&world->open, (uintptr_t)thread->heap_top, (size_t)(block + used - thread->heap_top), false);
	byteset_set(&world->open, (uintptr_t)block, size, true);
	uninit_begin((uintptr_t)block, size);
	struct heap_block *header = (struct heap_block *)block - 1;
	*header = (struct heap_block){.magic = heap_live, .size = size, .site = world_site(), .nth = ++thread->n_blocks};
	thread->heap_top = block + used;
	undo_save(&world->execution.undo, &world->heap_used, sizeof world->heap_used);
	world->heap_used += size;
	return block;
}

void *heap_allocate_zeroed(size_t size)
{
	void *block = heap_allocate(size, HEAP_ALIGN);
	if (block)
		uninit_wrote((uintptr_t)block, size);
	return block;
}

/* ---- looking ---------------------------------------------------------------------------------------------------- */

/* The first header at `p` or after it, below `top`; NULL: none. Gaps hold zeros. */
static const struct heap_block *heap_next(const char *p, const char *top)
{
	for (; p < top; p += HEAP_ALIGN) {
		const struct heap_block *block = (const struct heap_block *)p;
		if (block->magic == heap_live || block->magic == heap_freed)
			return block;
	}
	return NULL;
}

static const char *heap_behind(const struct heap_block *block)
{
	return (const char *)heap_start(block) + ((block->size + HEAP_ALIGN - 1) & ~(uint64_t)(HEAP_ALIGN - 1));
}

static bool heap_contains(const struct heap_block *block, uintptr_t address)
{
	return address - heap_start(block) < block->size;
}

/* Bytes from `address` to the block. */
static uint64_t heap_distance(const struct heap_block *block, uintptr_t address)
{
	uintptr_t start = heap_start(block);
	if (heap_contains(block, address))
		return 0;
	return address < start ? start - address : address - start - block->size + 1;
}

struct heap_place heap_place(const struct world *world, uintptr_t address)
{
	struct heap_place place = {0};
	int slot = arena_slot(&world->arena, address);
	if (slot == SIM_NOBODY || !world->mapped[slot])
		return place;
	const char *top = world->threads[slot].heap_top;
	const struct heap_block *block = heap_next(arena_heap(&world->arena, slot), top);
	for (; block; block = heap_next(heap_behind(block), top)) {
		if (!place.block || heap_distance(block, address) < heap_distance(place.block, address))
			place.block = block;
		if (heap_start(block) > address)
			break;
	}
	place.inside = place.block && heap_contains(place.block, address);
	place.freed = place.block && place.block->magic == heap_freed;
	return place;
}

void heap_each_live(const struct world *world, void (*visit)(const struct heap_block *block, void *argument), void *argument)
{
	for (uint32_t slot = 0; slot < world->execution.objects.n_threads; slot++) {
		const char *top = world->threads[slot].heap_top;
		if (!world->mapped[slot])
			continue;
		const struct heap_block *block = heap_next(arena_heap(&world->arena, (int)slot), top);
		for (; block; block = heap_next(heap_behind(block), top))
			if (block->magic == heap_live)
				visit(block, argument);
	}
}

const struct heap_block *heap_find(const struct world *world, uintptr_t address)
{
	if (!arena_in_heap(&world->arena, address))
		return NULL;
	struct heap_place place = heap_place(world, address);
	bool is_empty = place.block && !place.block->size && heap_start(place.block) == address;
	return place.inside || is_empty ? place.block : NULL;
}

/* ---- what must not be done -------------------------------------------------------------------------------------- */

static _Noreturn void heap_fail(const char *cause, const char *text, uintptr_t address, size_t size, uint32_t site)
{
	world_fail((struct incident){.kind = INCIDENT_MEMORY, .cause = cause, .text = text, .address = address, .size = size,
	                             .site = site});
}

/* Where the thread may not go in the range; the end of the range: it may go everywhere. */
static uintptr_t heap_obstacle(const struct world *world, uintptr_t address, size_t size)
{
	const struct arena *arena = &world->arena;
	int slot = arena_slot(arena, address);
	uintptr_t top = world->mapped[slot] ? (uintptr_t)world->threads[slot].heap_top : (uintptr_t)arena_heap(arena, slot);
	if (address >= top)
		return address;
	return byteset_find(&world->open, address, size < top - address ? size : top - address, false);
}

void heap_check(uintptr_t address, size_t size, const char *text, uint32_t site)
{
	const struct world *world = world_running;
	uintptr_t obstacle = heap_obstacle(world, address, size);
	if (obstacle == address + size)
		return;
	struct heap_place place = heap_place(world, obstacle);
	if (!place.inside || !place.freed)
		heap_fail("out-of-bounds", text, address, size, site);
	if (race_is_past(&world->execution.race, place.block->freed_epoch, world->current))
		heap_fail("use-after-free", text, address, size, site);
}

static struct heap_block *heap_header(void *block, const char *freed_cause, const char *text)
{
	world_running->endings.recording = false;
	const struct world *world = world_running;
	struct heap_block *header = (struct heap_block *)block - 1;
	int slot = arena_slot(&world->arena, (uintptr_t)block);
	bool inside = slot != SIM_NOBODY && world->mapped[slot] && (uintptr_t)block % HEAP_ALIGN == 0 &&
	              (char *)header >= arena_heap(&world->arena, slot) && (char *)block < world->threads[slot].heap_top;
	if (inside && header->magic == heap_freed)
		heap_fail(freed_cause, text, (uintptr_t)block, 0, world_site());
	if (!inside || header->magic != heap_live)
		heap_fail("invalid-free", text, (uintptr_t)block, 0, world_site());
	return header;
}

/* ---- freeing ---------------------------------------------------------------------------------------------------- */

static struct heap_block *heap_header_to_free(void *block)
{
	return heap_header(block, "double-free", "freed");
}

void heap_free(void *block)
{
	if (!block)
		return;
	struct world *world = world_running;
	struct undo *undo = &world->execution.undo;
	struct heap_block *header = heap_header_to_free(block);
	if (header->size)
		world_visit((uintptr_t)block, header->size, RACE_WRITE, world_site());
	header = heap_header_to_free(block); /* others may have run in between, and freed it */
	undo_save(undo, header, sizeof *header);
	undo_save(undo, &world->heap_used, sizeof world->heap_used);
	byteset_save(&world->open, undo, (uintptr_t)block, header->size);
	byteset_set(&world->open, (uintptr_t)block, header->size, false);
	header->magic = heap_freed;
	header->freed_epoch = race_now(&world->execution.race, world->current);
	header->freed_site = world_site();
	world->heap_used -= header->size;
}

size_t heap_size(void *block, const char *text)
{
	return heap_header(block, "use-after-free", text)->size;
}
