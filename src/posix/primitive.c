/* What primitives have in common whose variables know their objects. */
#include "bounds.h"
#include "posix.h"
#include "world.h"

uint32_t posix_begin(const void *address, const struct posix_kind *kind, uint8_t flags)
{
	return object_make_new(&world_running->execution.objects, (uintptr_t)address, kind->kind, flags) + 1;
}

uint32_t posix_object(const void *address, uint32_t word, const struct posix_kind *kind)
{
	const struct sim_objects *objects = &world_running->execution.objects;
	if (word == POSIX_DESTROYED)
		posix_misuse("use-destroyed", kind->destroyed);
	if (word == 0 || word > objects->n)
		posix_misuse("not-initialised", kind->unknown);
	const struct sim_object *object = &objects->items[word - 1];
	if (object->kind != kind->kind || object_address(object) != (uintptr_t)address || !(object->flags & SIM_OBJECT_IN_USE))
		posix_misuse("not-initialised", kind->unknown);
	return word - 1;
}

void posix_set_word(uint32_t *word, uint32_t value)
{
	undo_save(&world_running->execution.undo, word, sizeof *word);
	*word = value;
}

void posix_check_memory(const void *address, size_t size, uint32_t site)
{
	bounds_check((uintptr_t)address, size, RACE_ATOMIC, site);
}

void posix_use(const void *address, size_t size, uint32_t site)
{
	posix_check_memory(address, size, site);
	world_visit((uintptr_t)address, 1, RACE_ATOMIC, site);
}

void posix_overwrite(const void *address, size_t size)
{
	world_access((uintptr_t)address, size, RACE_WRITE, world_site());
}

int posix_result(int error)
{
	if (!error)
		return 0;
	world_thread()->error = error;
	return -1;
}
