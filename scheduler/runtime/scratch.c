#include "scratch.h"

#include <string.h>

#include "reserve.h"
#include "world.h"

/* As long a string as a simulated machine may hold; address space, used as far as it is touched. */
static const size_t scratch_capacity = (size_t)1 << 30;

/* By slot. Lifetime: process. */
static char *scratch_memory[SIM_MAX_THREADS];

char *scratch_top(void)
{
	struct world_thread *thread = world_thread();
	char **memory = &scratch_memory[world_self()];
	if (!*memory)
		*memory = reserve_surely(scratch_capacity);
	return *memory + thread->scratch;
}

void scratch_release(char *top)
{
	world_thread()->scratch = (size_t)(top - scratch_memory[world_self()]);
}

char *scratch_extend(size_t n)
{
	char *top = scratch_top();
	struct world_thread *thread = world_thread();
	if (n > scratch_capacity - thread->scratch)
		world_refuse("a string function", "what it works on is larger than 1 GiB");
	thread->scratch += n;
	undo_save(&world_running->execution.undo, top, n);
	return top;
}

char *scratch_push(const void *bytes, size_t n)
{
	char *to = scratch_extend(n);
	memcpy(to, bytes, n);
	return to;
}

void *scratch_reserve(size_t n)
{
	scratch_extend(-(size_t)scratch_top() & 15);
	return scratch_extend(n);
}

void scratch_write(void *to, const void *bytes, size_t n)
{
	undo_save(&world_running->execution.undo, to, n);
	memcpy(to, bytes, n);
}
