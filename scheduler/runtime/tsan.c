/*
 * The interface of -fsanitize=thread, implemented: the compiler inserts a call before each memory access, which goes to
 * the race detector and the undo log. For what it puts in place of atomic operations see atomics.c.
 */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "bounds.h"
#include "uninit.h"
#include "verifier.h"
#include "world.h"

/* The compiler's interface has no header; declared here for -Wmissing-prototypes. */
#define RUNTIME_API __attribute__((visibility("default")))
#pragma GCC diagnostic ignored "-Wmissing-prototypes"
/* gcc knows these functions, by simpler types, whenever it instruments the file itself for some sanitizer. */
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wbuiltin-declaration-mismatch"
#endif

#define TSAN_SITE ((uint32_t)((uintptr_t)__builtin_return_address(0) - world_running->program.base))

/* ---- plain accesses --------------------------------------------------------------------------------------------- */

#define TSAN_READ(name, size) \
	RUNTIME_API void __tsan_##name(void *address) \
	{ \
		if (!world_running) \
			return; \
		bounds_check_below((uintptr_t)address, size, RACE_READ, TSAN_SITE, __builtin_dwarf_cfa()); \
		world_access((uintptr_t)address, size, RACE_READ, TSAN_SITE); \
		if (world_running->options.uninit) \
			uninit_check((uintptr_t)address, size, TSAN_SITE); \
	}

#define TSAN_WRITE(name, size) \
	RUNTIME_API void __tsan_##name(void *address) \
	{ \
		if (!world_running) \
			return; \
		bounds_check_below((uintptr_t)address, size, RACE_WRITE, TSAN_SITE, __builtin_dwarf_cfa()); \
		world_access((uintptr_t)address, size, RACE_WRITE, TSAN_SITE); \
	}

#define TSAN_ACCESSES(size) \
	TSAN_READ(read##size, size) \
	TSAN_WRITE(write##size, size) \
	TSAN_READ(unaligned_read##size, size) \
	TSAN_WRITE(unaligned_write##size, size) \
	TSAN_READ(volatile_read##size, size) \
	TSAN_WRITE(volatile_write##size, size) \
	TSAN_READ(unaligned_volatile_read##size, size) \
	TSAN_WRITE(unaligned_volatile_write##size, size)

TSAN_ACCESSES(1)
TSAN_ACCESSES(2)
TSAN_ACCESSES(4)
TSAN_ACCESSES(8)
TSAN_ACCESSES(16)

RUNTIME_API void __tsan_read_range(void *address, size_t size)
{
	if (world_running && size)
		world_access((uintptr_t)address, size, RACE_READ, TSAN_SITE);
}

RUNTIME_API void __tsan_write_range(void *address, size_t size)
{
	if (world_running && size)
		world_access((uintptr_t)address, size, RACE_WRITE, TSAN_SITE);
}

RUNTIME_API void __tsan_vptr_update(void **address, void *value)
{
	if (world_running && *address != value)
		world_access((uintptr_t)address, sizeof *address, RACE_WRITE, TSAN_SITE);
}

RUNTIME_API void __tsan_vptr_read(void **address)
{
	if (world_running)
		world_access((uintptr_t)address, sizeof *address, RACE_READ, TSAN_SITE);
}

/* Call stacks are found by walking frame pointers, when they are asked for. */
RUNTIME_API void __tsan_init(void) {}
RUNTIME_API void __tsan_func_entry(void *caller)
{
	(void)caller;
	if (verifier_n_atomic && world_running)
		verifier_on_entry((uintptr_t)__builtin_return_address(0));
}

RUNTIME_API void __tsan_func_exit(void)
{
	if (verifier_n_atomic && world_running)
		verifier_on_exit((uintptr_t)__builtin_return_address(0));
}
