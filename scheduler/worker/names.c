#include "names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "area.h"
#include "descriptor.h"
#include "format.h"
#include "heap.h"
#include "key.h"
#include "library.h"
#include "runtime.h"
#include "sanitizer.h"
#include "scheduling.h"
#include "thread.h"

/* ---- threads ---------------------------------------------------------------------------------------------------- */

static char *names_path(const struct sim_execution *x, int slot)
{
	const struct thread_info *info = &x->info[slot];
	if (info->parent == SIM_NOBODY)
		return format_text("main");
	if (info->parent == 0)
		return format_text("T%u", info->nth);
	char *parent = names_path(x, info->parent);
	char *path = format_text("%s.%u", parent, info->nth);
	free(parent);
	return path;
}

/* Whether another thread of this execution has the same given name. */
static bool names_is_ambiguous(const struct sim_execution *x, int slot)
{
	for (uint32_t t = 0; t < x->objects.n_threads; t++)
		if ((int)t != slot && x->objects.items[t].state != SIM_THREAD_UNBORN &&
		    strcmp(x->info[t].name, x->info[slot].name) == 0)
			return true;
	return false;
}

char *names_thread(const struct names *names, int slot)
{
	const struct sim_execution *x = &names->world->execution;
	const char *given = x->info[slot].name;
	char *path = names_path(x, slot);
	if (!*given)
		return path;
	char *name = names_is_ambiguous(x, slot) ? format_text("%s (%s)", given, path) : format_text("%s", given);
	free(path);
	return name;
}

char *names_thread_id(const struct names *names, int slot)
{
	return names_path(&names->world->execution, slot);
}

char *names_function(const struct names *names, int slot)
{
	if (slot == 0)
		return format_text("main");
	uintptr_t code = (uintptr_t)names->world->threads[slot].routine;
	if (code - names->world->program.code_low >= names->world->program.code_high - names->world->program.code_low)
		return NULL;
	struct symbols_place place = symbols_place(names->symbols, code, 0);
	return place.function ? format_text("%s", place.function) : NULL;
}

/* ---- memory ----------------------------------------------------------------------------------------------------- */

static char *names_heap(const struct names *names, uintptr_t address)
{
	const struct heap_block *block = heap_find(names->world, address);
	if (!block)
		return NULL;
	int slot = arena_slot(&names->world->arena, address);
	char *path = names_path(&names->world->execution, slot);
	uintptr_t offset = address - (uintptr_t)(block + 1);
	char *name = offset ? format_text("block %u of %s, byte %lu", block->nth, path, (unsigned long)offset)
	                    : format_text("block %u of %s", block->nth, path);
	free(path);
	return name;
}

/* Words of a simulated stack, which may hold red zones. */
SANITIZER_IGNORE
static uintptr_t names_word(const void *address)
{
	return *(const volatile uintptr_t *)address;
}

/* The local variable of a frame of the thread whose stack it is; frames are found from the thread's saved registers. */
static char *names_local(const struct names *names, int slot, uintptr_t address, size_t size)
{
	const struct world *world = names->world;
	char name[256];
	if (world->execution.objects.items[slot].state != SIM_THREAD_ALIVE)
		return NULL;
	uintptr_t inner = (uintptr_t)world->threads[slot].frame;
	while (world_on_stack(world, slot, inner)) {
		uintptr_t pc = names_word((void *)(inner + sizeof(void *))), frame = names_word((void *)inner);
		if (address < frame && pc - world->program.code_low < world->program.code_high - world->program.code_low &&
		    symbols_local(names->symbols, pc, frame, address, size, name, sizeof name) == 0)
			return format_text("%s", name);
		inner = frame;
	}
	return NULL;
}

/* What belongs to the library, and so to no variable of the program. */
static char *names_outside(uintptr_t address)
{
	uintptr_t offset = address - (uintptr_t)&thread_shared, entry = address - (uintptr_t)descriptor_shared.at;
	if (entry < sizeof descriptor_shared.at)
		return format_text("descriptor %d", (int)(entry / sizeof *descriptor_shared.at));
	if (area_has(address)) /* nothing but names is ever accessed there */
		return format_text("%s", *(const char *const *)(address & ~UINT64_C(7)));
	if (offset < offsetof(struct thread_shared, trace))
		return format_text("the main thread's sim_thread");
	if (offset < sizeof thread_shared)
		return format_text("the hooks of threads");
	const char *found = exit_describe(address);
	if (!found)
		found = key_describe(address);
	if (!found)
		found = scheduling_describe(address);
	size_t at = 0;
	if (!found)
		found = library_name(address, &at);
	if (!found)
		return format_text("memory outside the program");
	return at ? format_text("%s, byte %zu", found, at) : format_text("%s", found);
}

char *names_memory(const struct names *names, uintptr_t address, size_t size)
{
	const struct world *world = names->world;
	char name[256];
	if (symbols_variable(names->symbols, address, size, name, sizeof name) == 0)
		return format_text("%s", name);
	int slot = arena_slot(&world->arena, address);
	char *found = NULL;
	if (slot != SIM_NOBODY)
		found = world_on_stack(world, slot, address) ? names_local(names, slot, address, size) : names_heap(names, address);
	if (found)
		return found;
	if (slot == SIM_NOBODY)
		return names_outside(address);
	char *path = names_path(&world->execution, slot);
	const char *what = world_on_stack(world, slot, address) ? "a local variable"
	                   : arena_in_heap(&world->arena, address) ? "the heap" : "thread-local data";
	found = format_text("%s of %s", what, path);
	free(path);
	return found;
}

/* ---- objects ---------------------------------------------------------------------------------------------------- */

char *names_object_at(const struct names *names, uint32_t index)
{
	const struct sim_object *object = &names->world->execution.objects.items[index];
	if (object->kind == SIM_OBJECT_THREAD)
		return names_thread(names, (int)index);
	bool is_named = object->flags & SIM_OBJECT_HAS_NAME || object->kind == SIM_OBJECT_FILE ||
	                object->kind == SIM_OBJECT_PIPE || object->kind == SIM_OBJECT_COUNTER;
	const char *given = is_named ? *(const char *const *)object_address(object) : NULL;
	return given ? format_text("%s", given) : names_memory(names, object_address(object), 1);
}

char *names_object(const struct names *names, const struct sim_op *op)
{
	if (op_is_memory(op))
		return names_memory(names, op->address, op_width(op));
	if (op->kind == SIM_OP_SLEEP || (op->kind == SIM_OP_CHOOSE && !op->unasked) || op->kind == SIM_OP_EXIT ||
	    op->kind == SIM_OP_NONE || op->kind == SIM_OP_ENUMERATE || op->kind == SIM_OP_BEGIN_BLOCK ||
	    op->kind == SIM_OP_IS_CANCELLED)
		return NULL;
	return names_object_at(names, op->object);
}

/* ---- places ----------------------------------------------------------------------------------------------------- */

struct sim_place names_place(const struct names *names, uint32_t site)
{
	if (!site)
		return (struct sim_place){0};
	struct symbols_place place = symbols_place(names->symbols, names->world->program.base + site, 1);
	struct sim_place result = {.line = place.line};
	if (place.path) {
		result.path = format_text("%s", place.path);
		result.file = format_text("%s", symbols_file(names->symbols, place.path));
	}
	if (place.function)
		result.function = format_text("%s", place.function);
	return result;
}
