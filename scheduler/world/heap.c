#include "heap.h"

#include <string.h>

static const uint64_t heap_live = UINT64_C(0x6C697665626C6F63), heap_freed = UINT64_C(0x6672656564626C6F);

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

void *heap_allocate(size_t size, size_t align)
{
	struct world *world = world_running;
	struct world_thread *thread = world_thread();
	if (align < 16)
		align = 16;
	char *block = heap_align(thread->heap_top + sizeof(struct heap_block), align);
	char *end = block + ((size + 15) & ~(size_t)15) + 16; /* a gap: overruns do not reach the next header */
	char *limit = arena_heap(&world->arena, world->current) + world->arena.heap_size;
	if (size > world->options.heap_size - world->heap_used || end > limit)
		world_refuse("malloc", "the program uses more heap than --memory allows");
	heap_clear(world, thread->heap_top, end);
	struct heap_block *header = (struct heap_block *)block - 1;
	*header = (struct heap_block){.magic = heap_live, .size = size, .site = world_site(), .nth = ++thread->n_blocks};
	thread->heap_top = end;
	undo_save(&world->execution.undo, &world->heap_used, sizeof world->heap_used);
	world->heap_used += size;
	return block;
}

/* Blocks are found by walking the slot: 16-byte steps over gaps, which hold zeros. */
const struct heap_block *heap_find(const struct world *world, uintptr_t address)
{
	int slot = arena_slot(&world->arena, address);
	if (slot == SIM_NOBODY || !world->mapped[slot])
		return NULL;
	const char *p = arena_heap(&world->arena, slot), *top = world->threads[slot].heap_top;
	while (p < top && (uintptr_t)p <= address) {
		const struct heap_block *block = (const struct heap_block *)p;
		if (block->magic != heap_live && block->magic != heap_freed) {
			p += 16;
			continue;
		}
		uintptr_t start = (uintptr_t)(block + 1);
		if (address >= start && address < start + (block->size ? block->size : 1))
			return block;
		p = (const char *)start + ((block->size + 15) & ~UINT64_C(15));
	}
	return NULL;
}

static _Noreturn void heap_fail(const char *cause, const char *text, void *block)
{
	world_fail((struct incident){.kind = INCIDENT_MEMORY, .cause = cause, .text = text, .address = (uintptr_t)block,
	                             .site = world_site()});
}

static struct heap_block *heap_header(void *block, const char *freed_cause, const char *freed_text)
{
	const struct world *world = world_running;
	struct heap_block *header = (struct heap_block *)block - 1;
	int slot = arena_slot(&world->arena, (uintptr_t)block);
	bool inside = slot != SIM_NOBODY && world->mapped[slot] && (uintptr_t)block % 16 == 0 &&
	              (char *)header >= arena_heap(&world->arena, slot) && (char *)block < world->threads[slot].heap_top;
	if (inside && header->magic == heap_freed)
		heap_fail(freed_cause, freed_text, block);
	if (!inside || header->magic != heap_live)
		heap_fail("invalid-free", "what is freed is not the start of an allocated block", block);
	return header;
}

static struct heap_block *heap_header_to_free(void *block)
{
	return heap_header(block, "double-free", "a block is freed a second time");
}

void heap_free(void *block)
{
	if (!block)
		return;
	struct world *world = world_running;
	struct heap_block *header = heap_header_to_free(block);
	world_visit((uintptr_t)block, header->size ? header->size : 1, RACE_WRITE, world_site());
	header = heap_header_to_free(block); /* others may have run in between, and freed it */
	undo_save(&world->execution.undo, header, sizeof *header);
	undo_save(&world->execution.undo, &world->heap_used, sizeof world->heap_used);
	header->magic = heap_freed;
	world->heap_used -= header->size;
}

size_t heap_size(void *block)
{
	return heap_header(block, "use-after-free", "a block is reallocated after it was freed")->size;
}
