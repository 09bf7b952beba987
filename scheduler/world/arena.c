#include "arena.h"

#include <sys/mman.h>
#include <unistd.h>

/* A place that neither the system's own mappings nor the address sanitizer's shadow use; the same in every process, so
 * that addresses which a program prints or orders by are the same too. */
static void *const arena_place = (void *)0x200000000000;

int arena_init(struct arena *arena, size_t stack_size, size_t heap_size)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	arena->stack_size = (stack_size + page - 1) / page * page;
	size_t below = 2 * (size_t)ARENA_TLS_SIZE + arena->stack_size;
	if (heap_size >= SIZE_MAX / 4 - below)
		return -1;
	arena->slot_shift = 64 - (unsigned)__builtin_clzll(below + heap_size);
	arena->heap_size = ((size_t)1 << arena->slot_shift) - below;
	int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
	char *base = mmap(arena_place, arena_size(arena), PROT_READ | PROT_WRITE, flags | MAP_FIXED_NOREPLACE, -1, 0);
	if (base == MAP_FAILED)
		base = mmap(NULL, arena_size(arena), PROT_READ | PROT_WRITE, flags, -1, 0);
	if (base == MAP_FAILED)
		return -1;
	arena->base = base;
	return 0;
}

void arena_release(struct arena *arena)
{
	munmap(arena->base, arena_size(arena));
}

int arena_guard(const struct arena *arena, int slot)
{
	char *guard = arena_tls(arena, slot) + ARENA_TLS_SIZE;
	return mprotect(guard, ARENA_TLS_SIZE, PROT_NONE);
}
