#include "leak.h"

#include <stdio.h>
#include <stdlib.h>

#include "diagnosis.h"
#include "sanitizer.h"

/* A block that was not freed. */
struct leak_block {
	const struct heap_block *header;
	bool reached;
	bool pointed_to; /* by a block that is not reached */
};

/* Lifetime: one look at the heap. */
struct leak_search {
	const struct world *world;
	struct leak_block *blocks; /* by address */
	size_t n, capacity;
	size_t *todo; /* blocks that were reached, and not looked into */
	size_t n_todo;
};

typedef void leak_visit(struct leak_search *s, size_t block);

static void *leak_grow(void *memory, size_t size)
{
	memory = realloc(memory, size);
	if (!memory) {
		fputs("simcheck: no memory left to look for leaks with\n", stderr);
		abort();
	}
	return memory;
}

/* ---- blocks ----------------------------------------------------------------------------------------------------- */

static void leak_add_block(const struct heap_block *header, void *search)
{
	struct leak_search *s = search;
	if (s->n == s->capacity) {
		s->capacity = s->capacity ? 2 * s->capacity : 64;
		s->blocks = leak_grow(s->blocks, s->capacity * sizeof *s->blocks);
	}
	s->blocks[s->n++] = (struct leak_block){.header = header};
}

/* The block that `address` lies in, or s->n. */
static size_t leak_block_at(const struct leak_search *s, uintptr_t address)
{
	size_t low = 0, high = s->n;
	if (!arena_in_heap(&s->world->arena, address))
		return s->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (heap_start(s->blocks[middle].header) <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return s->n;
	const struct heap_block *header = s->blocks[low - 1].header;
	return address - heap_start(header) < (header->size ? header->size : 1) ? low - 1 : s->n;
}

/* ---- words ------------------------------------------------------------------------------------------------------ */

/* Stacks may hold red zones of the address sanitizer. */
SANITIZER_IGNORE
static void leak_scan(struct leak_search *s, const void *from, size_t size, leak_visit *visit)
{
	uintptr_t low = ((uintptr_t)from + sizeof low - 1) & ~(sizeof low - 1), high = (uintptr_t)from + size;
	for (; low + sizeof low <= high; low += sizeof low) {
		size_t block = leak_block_at(s, *(const volatile uintptr_t *)low);
		if (block < s->n)
			visit(s, block);
	}
}

static void leak_scan_block(struct leak_search *s, size_t block, leak_visit *visit)
{
	const struct heap_block *header = s->blocks[block].header;
	leak_scan(s, (const void *)heap_start(header), header->size, visit);
}

static void leak_reach(struct leak_search *s, size_t block)
{
	if (s->blocks[block].reached)
		return;
	s->blocks[block].reached = true;
	s->todo[s->n_todo++] = block;
}

static void leak_point_to(struct leak_search *s, size_t block)
{
	s->blocks[block].pointed_to = true;
}

/* Reaches whatever those lead to that were reached. Returns of how many blocks, and their bytes. */
static uint64_t leak_follow(struct leak_search *s, uint64_t *n_bytes)
{
	uint64_t n = 0;
	for (; s->n_todo; n++) {
		size_t block = s->todo[--s->n_todo];
		*n_bytes += s->blocks[block].header->size;
		leak_scan_block(s, block, leak_reach);
	}
	return n;
}

/* ---- roots ------------------------------------------------------------------------------------------------------ */

static void leak_scan_stack(struct leak_search *s, int slot)
{
	const struct world *world = s->world;
	const char *high = arena_stack_high(&world->arena, slot), *low = world->threads[slot].co.sp;
	if (world->execution.objects.items[slot].flags & SIM_THREAD_RETURNED)
		return;
	uintptr_t frames = world->is_variable ? spin_program_stack(world, slot) : 0;
	if (frames)
		low = (const char *)frames;
	leak_scan(s, low, (size_t)(high - low), leak_reach);
}

static void leak_scan_thread(struct leak_search *s, int slot)
{
	const struct world *world = s->world;
	const struct world_thread *thread = &world->threads[slot];
	enum sim_thread_state state = world->execution.objects.items[slot].state;
	bool is_over = state == SIM_THREAD_ENDED && (thread->joined || thread->detached);
	if (!is_over)
		leak_scan(s, thread, sizeof *thread, leak_reach);
	if (state != SIM_THREAD_ALIVE)
		return;
	leak_scan(s, arena_tls(&world->arena, slot), world->program.tls_size, leak_reach);
	leak_scan_stack(s, slot);
	if (world->find_roots) {
		size_t size = 0;
		const void *roots = world->find_roots(slot, &size);
		leak_scan(s, roots, size, leak_reach);
	}
}

/* Items of queues, those that were taken included. */
static void leak_scan_items(struct leak_search *s)
{
	const struct sim_objects *objects = &s->world->execution.objects;
	for (uint32_t i = 0; i < objects->n; i++)
		if (objects->items[i].kind == SIM_OBJECT_ITEM)
			leak_scan(s, &objects->items[i].item.value, sizeof objects->items[i].item.value, leak_reach);
}

static void leak_scan_roots(struct leak_search *s)
{
	const struct world *world = s->world;
	uint64_t n_bytes = 0;
	leak_scan(s, (const void *)world->program.globals_low, world->program.globals_high - world->program.globals_low,
	          leak_reach);
	for (uint32_t t = 0; t < world->execution.objects.n_threads; t++)
		leak_scan_thread(s, (int)t);
	leak_scan_items(s);
	leak_follow(s, &n_bytes);
}

/* ---- the whole -------------------------------------------------------------------------------------------------- */

/* Adds a lost block, and what only it leads to, to those of its place. */
static size_t leak_tell(struct leak_search *s, size_t block, struct leak *leaks, size_t n, size_t max)
{
	const struct heap_block *header = s->blocks[block].header;
	uint64_t n_bytes = 0;
	size_t i = 0;
	leak_reach(s, block);
	uint64_t n_blocks = leak_follow(s, &n_bytes);
	while (i < n && i < max && leaks[i].first->site != header->site)
		i++;
	if (i == max)
		return n;
	if (i == n)
		leaks[n++] = (struct leak){.first = header};
	leaks[i].n_blocks++;
	leaks[i].n_bytes += header->size;
	leaks[i].n_held += n_blocks - 1;
	leaks[i].n_held_bytes += n_bytes - header->size;
	return n;
}

size_t leak_find(const struct world *world, struct leak *leaks, size_t max)
{
	struct leak_search s = {.world = world};
	size_t n = 0;
	heap_each_live(world, leak_add_block, &s);
	s.todo = leak_grow(NULL, (s.n + 1) * sizeof *s.todo);
	leak_scan_roots(&s);
	for (size_t i = 0; i < s.n; i++)
		if (!s.blocks[i].reached)
			leak_scan_block(&s, i, leak_point_to);
	for (size_t i = 0; i < s.n; i++)
		if (!s.blocks[i].reached && !s.blocks[i].pointed_to)
			n = leak_tell(&s, i, leaks, n, max);
	/* What is left are blocks that lead to each other. */
	for (size_t i = 0; i < s.n; i++)
		if (!s.blocks[i].reached)
			n = leak_tell(&s, i, leaks, n, max);
	free(s.todo);
	free(s.blocks);
	return n;
}

static bool leak_is_end(const struct sim_execution *x)
{
	if (semantics_exited(&x->objects))
		return true;
	for (uint32_t t = 0; t < x->objects.n_threads; t++)
		if (x->objects.items[t].state == SIM_THREAD_ALIVE)
			return false;
	return true;
}

void leak_at_end(struct world *world)
{
	struct sim_execution *x = &world->execution;
	struct leak leaks[EXECUTION_MAX_INCIDENTS];
	struct diagnosis worse;
	if (!leak_is_end(x) || x->n_assumed || diagnosis_of_end(x, &worse, 1))
		return;
	size_t n = leak_find(world, leaks, EXECUTION_MAX_INCIDENTS);
	for (size_t i = 0; i < n; i++)
		execution_incident(x, (struct incident){
			.kind = INCIDENT_MEMORY, .cause = "leak", .text = "allocated", .site = leaks[i].first->site,
			.thread = arena_slot(&world->arena, heap_start(leaks[i].first)), .address = heap_start(leaks[i].first)});
}
