/* What belongs to the whole process in C: memory, errno, thread-local data, abort, assertions. */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "runtime.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* ---- heap ------------------------------------------------------------------------------------------------------- */

RUNTIME_API void *__wrap_malloc(size_t size)
{
	return heap_allocate(size, 16);
}

RUNTIME_API void *__wrap_calloc(size_t n, size_t size)
{
	size_t total;
	if (__builtin_mul_overflow(n, size, &total)) {
		world_thread()->error = ENOMEM;
		return NULL;
	}
	return heap_allocate_zeroed(total);
}

RUNTIME_API void __wrap_free(void *block)
{
	heap_free(block);
}

/* As the GNU C library does: a block of no bytes left is none. */
RUNTIME_API void *__wrap_realloc(void *block, size_t size)
{
	if (!block)
		return heap_allocate(size, 16);
	size_t old = heap_size(block, "reallocated");
	if (!size) {
		heap_free(block);
		return NULL;
	}
	void *copy = heap_allocate(size, 16);
	if (!copy)
		return NULL;
	runtime_copy(copy, block, old < size ? old : size);
	heap_free(block);
	return copy;
}

RUNTIME_API void *__wrap_reallocarray(void *block, size_t n, size_t size)
{
	size_t total;
	if (!__builtin_mul_overflow(n, size, &total))
		return __wrap_realloc(block, total);
	world_thread()->error = ENOMEM;
	return NULL;
}

static bool process_is_power_of_two(size_t n)
{
	return n && !(n & (n - 1));
}

RUNTIME_API void *__wrap_aligned_alloc(size_t align, size_t size)
{
	if (process_is_power_of_two(align))
		return heap_allocate(size, align);
	world_thread()->error = EINVAL;
	return NULL;
}

RUNTIME_API void *__wrap_memalign(size_t align, size_t size)
{
	return __wrap_aligned_alloc(align, size);
}

RUNTIME_API int __wrap_posix_memalign(void **result, size_t align, size_t size)
{
	if (align % sizeof(void *) || !process_is_power_of_two(align))
		return EINVAL;
	int error = world_thread()->error;
	void *block = heap_allocate(size, align);
	world_thread()->error = error;
	if (!block)
		return ENOMEM;
	runtime_writes(result, sizeof *result);
	*result = block;
	return 0;
}

/* Exactly what was asked for: more may be there on another machine, or not. */
RUNTIME_API size_t __wrap_malloc_usable_size(void *block)
{
	return block ? heap_size(block, "measured") : 0;
}

/* ---- per-thread data -------------------------------------------------------------------------------------------- */

RUNTIME_API int *__wrap___errno_location(void)
{
	return world_running ? &world_thread()->error : __errno_location();
}

size_t tls_module;

/* What compilers pass to find a thread-local variable: the ABI's structure of two words. */
struct tls_index {
	size_t module, offset;
};

extern void *__tls_get_addr(struct tls_index *index);

RUNTIME_API void *__wrap___tls_get_addr(struct tls_index *index)
{
	if (!world_running || index->module != tls_module)
		return __tls_get_addr(index);
	return arena_tls(&world_running->arena, world_self()) + index->offset;
}

/* ---- failing ---------------------------------------------------------------------------------------------------- */

RUNTIME_API _Noreturn void __wrap_abort(void)
{
	world_fail((struct incident){.kind = INCIDENT_CRASH, .cause = "abort", .site = world_site()});
}

RUNTIME_API _Noreturn void __wrap___assert_fail(const char *expression, const char *file, unsigned line,
                                                const char *function)
{
	(void)file, (void)line, (void)function;
	world_fail((struct incident){.kind = INCIDENT_ASSERTION, .text = expression, .site = world_site()});
}
