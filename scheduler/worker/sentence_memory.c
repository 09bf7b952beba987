/* Memory errors: what was done to which block, who allocated it and who freed it. */
#include "sentence_parts.h"

#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "leak.h"
#include "tell_memory.h"

/* "main allocated at x.c:3" */
static void sentence_who(const struct sentence *s, int slot, const char *did, uint32_t site)
{
	char *name = names_thread(s->names, slot);
	struct sim_place place = names_place(s->names, site);
	sentence_say(s, "%s %s at ", name, did);
	sentence_place(s, &place);
	place_release(&place);
	free(name);
}

static int sentence_allocator(const struct sentence *s, const struct heap_block *block)
{
	return arena_slot(&s->names->world->arena, heap_start(block));
}

/* "1 byte ", "40 bytes " */
static void sentence_bytes(const struct sentence *s, uint64_t n)
{
	sentence_say(s, n == 1 ? "1 byte " : "%lu bytes ", (unsigned long)n);
}

/* "a block of 40 bytes " */
static void sentence_block(const struct sentence *s, const struct heap_block *block)
{
	sentence_say(s, "a block of ");
	sentence_bytes(s, block->size);
}

static void sentence_allocated(const struct sentence *s, const struct heap_block *block)
{
	sentence_say(s, "that ");
	sentence_who(s, sentence_allocator(s, block), "allocated", block->site);
}

/* "that T1 had freed at x.c:9 (main had allocated it at x.c:3)" */
static void sentence_freed(const struct sentence *s, const struct heap_block *block)
{
	sentence_say(s, "that ");
	sentence_who(s, (int)(block->freed_epoch >> 24), "had freed", block->freed_site);
	sentence_say(s, " (");
	sentence_who(s, sentence_allocator(s, block), "had allocated it", block->site);
	sentence_say(s, ")");
}

/* Where the access was, seen from what lies at [start, end). */
static void sentence_beyond(const struct sentence *s, const struct incident *incident, uintptr_t start, uintptr_t end)
{
	uintptr_t address = incident->address;
	if (address >= start && address < end) {
		sentence_say(s, "from byte %lu on, over the end of ", (unsigned long)(address - start));
	} else if (address == end) {
		sentence_say(s, "right past the end of ");
	} else {
		sentence_bytes(s, address < start ? start - address : address - end);
		sentence_say(s, address < start ? "before " : "past the end of ");
	}
}

static void sentence_beyond_block(const struct sentence *s, const struct incident *incident, const struct heap_block *block)
{
	sentence_beyond(s, incident, heap_start(block), heap_start(block) + block->size);
	sentence_block(s, block);
	sentence_allocated(s, block);
}

/* A global one. */
static void sentence_beyond_variable(const struct sentence *s, const struct incident *incident)
{
	uintptr_t start;
	size_t size;
	char name[256];
	if (symbols_neighbour(s->names->symbols, incident->address, &start, &size, name, sizeof name)) {
		sentence_say(s, "between global variables");
		return;
	}
	sentence_beyond(s, incident, start, start + size);
	sentence_say(s, "the variable `%s`, which has %lu byte%s", name, (unsigned long)size, size == 1 ? "" : "s");
}

static void sentence_stack(const struct sentence *s, const struct incident *incident)
{
	const struct world *world = s->names->world;
	int slot = arena_slot(&world->arena, incident->address);
	bool lives = world->execution.objects.items[slot].state == SIM_THREAD_ALIVE || slot == incident->thread;
	char *name = names_thread(s->names, slot);
	sentence_say(s, "on the stack of %s, %s", name, lives ? "in a function that has returned" : "which has ended");
	free(name);
}

static void sentence_access(const struct sentence *s, const struct incident *incident)
{
	struct heap_place place = tell_memory_place(s->names->world, incident);
	sentence_say(s, "%s ", incident->text);
	if (strcmp(incident->text, "used") != 0) /* a lock: how much of it is nothing to users */
		sentence_bytes(s, incident->size);
	sentence_say(s, "at ");
	sentence_place(s, &s->told->place);
	sentence_say(s, ", ");
	if (strcmp(incident->cause, "use-after-return") == 0) {
		sentence_stack(s, incident);
	} else if (!arena_in_heap(&s->names->world->arena, incident->address)) {
		sentence_beyond_variable(s, incident);
	} else if (!place.block) {
		sentence_say(s, "where nothing was allocated");
	} else if (strcmp(incident->cause, "out-of-bounds") == 0) {
		sentence_beyond_block(s, incident, place.block);
	} else {
		sentence_say(s, "from byte %lu on of ", (unsigned long)(incident->address - heap_start(place.block)));
		sentence_block(s, place.block);
		if (strcmp(incident->cause, "uninitialised") != 0) {
			sentence_freed(s, place.block);
			return;
		}
		sentence_allocated(s, place.block);
		sentence_say(s, ": nothing was ever written there");
	}
}

/* What is neither a block nor a part of one has a name. */
static void sentence_no_block(const struct sentence *s, const struct incident *incident)
{
	const struct heap_block *block = heap_find(s->names->world, incident->address);
	if (!block) {
		sentence_say(s, "what is no block of the heap but `%s`", s->told->object);
		return;
	}
	sentence_say(s, "the address of byte %lu of ", (unsigned long)(incident->address - heap_start(block)));
	sentence_block(s, block);
	sentence_allocated(s, block);
	sentence_say(s, ": only its beginning can be freed");
}

/* The type of the array is between quotes. */
static void sentence_index(const struct sentence *s, const struct incident *incident)
{
	sentence_say(s, "used index %ld at ", (long)incident->index);
	sentence_place(s, &s->told->place);
	sentence_say(s, ", outside of the array, which is of type `%.*s`", (int)strlen(incident->text) - 2, incident->text + 1);
}

static void sentence_leak(const struct sentence *s, const struct incident *incident)
{
	struct leak leaks[EXECUTION_MAX_INCIDENTS] = {0}, *leak = leaks;
	size_t n = leak_find(s->names->world, leaks, EXECUTION_MAX_INCIDENTS);
	while (leak < leaks + n && heap_start(leak->first) != incident->address)
		leak++;
	if (leak == leaks + n)
		return;
	sentence_say(s, "allocated at ");
	sentence_place(s, &s->told->place);
	sentence_say(s, " ");
	if (leak->n_blocks == 1)
		sentence_block(s, leak->first);
	else
		sentence_say(s, "%lu blocks of %lu bytes in all ", (unsigned long)leak->n_blocks, (unsigned long)leak->n_bytes);
	sentence_say(s, "that nothing points to when the program ends");
	if (leak->n_held)
		sentence_say(s, "; %lu more of %lu bytes %s lost with %s", (unsigned long)leak->n_held,
		             (unsigned long)leak->n_held_bytes, leak->n_held == 1 ? "is" : "are", leak->n_blocks == 1 ? "it" : "them");
}

void sentence_memory(const struct sentence *s, const struct incident *incident)
{
	if (incident->is_index) {
		sentence_index(s, incident);
		return;
	}
	if (tell_memory_is_leak(incident)) {
		sentence_leak(s, incident);
		return;
	}
	if (incident->size) {
		sentence_access(s, incident);
		return;
	}
	sentence_say(s, "%s at ", incident->text);
	sentence_place(s, &s->told->place);
	sentence_say(s, " ");
	const struct heap_block *block = heap_find(s->names->world, incident->address);
	if (strcmp(incident->cause, "invalid-free") == 0 || !block) {
		sentence_no_block(s, incident);
		return;
	}
	sentence_block(s, block);
	sentence_freed(s, block);
}
