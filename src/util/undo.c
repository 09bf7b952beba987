#include "undo.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

int undo_init(struct undo *undo, size_t capacity)
{
	char *base = mmap(NULL, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (base == MAP_FAILED)
		return -1;
	undo->base = undo->top = base;
	undo->limit = base + capacity;
	return 0;
}

void undo_release(struct undo *undo)
{
	munmap(undo->base, (size_t)(undo->limit - undo->base));
	*undo = (struct undo){0};
}

void undo_overflow(void)
{
	fputs("simcheck: one execution changes too much memory to be undone; lower --max-events or the program's size\n",
	      stderr);
	abort();
}
