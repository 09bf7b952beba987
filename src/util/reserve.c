#include "reserve.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

void *reserve(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	return memory == MAP_FAILED ? NULL : memory;
}

void *reserve_surely(size_t size)
{
	void *memory = reserve(size);
	if (!memory) {
		fputs("simcheck: no address space left to search in\n", stderr);
		abort();
	}
	return memory;
}

void reserve_release(void *memory, size_t size)
{
	if (memory)
		munmap(memory, size);
}
