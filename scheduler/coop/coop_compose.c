/* What compositions keep their data with: the program's own memory and output, watched like what the program does itself. */
#include "coop.h"
#include "heap.h"
#include "world.h"

void coop_reads(const void *memory, size_t size)
{
	world_access((uintptr_t)memory, size, RACE_READ, world_site());
}

void coop_writes(void *memory, size_t size)
{
	world_access((uintptr_t)memory, size, RACE_WRITE, world_site());
}

void *coop_allocate(size_t size)
{
	return heap_allocate_zeroed(size);
}

void coop_release(void *memory)
{
	heap_free(memory);
}

void **coop_locals(void)
{
	return &world_thread()->locals;
}

uint64_t coop_ident(void)
{
	return world_running->execution.info[world_self()].key;
}

/* Computing takes no time that is counted: any interval may be over at any point. */
bool coop_elapsed(int64_t since_ns, int64_t interval_ns)
{
	(void)since_ns;
	return interval_ns != SIM_FOREVER;
}

void coop_print(const char *text, size_t n)
{
	world_print(text, n);
}
