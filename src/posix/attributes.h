/*
 * Attribute objects are plain data of the program: the C library's functions work on them as they are, and what they read
 * and change is announced like the program's own accesses. These macros define such functions.
 */
#ifndef SIM_ATTRIBUTES_H
#define SIM_ATTRIBUTES_H

#include "posix.h"
#include "world.h"

static inline void attributes_read(const void *attributes, size_t size)
{
	world_access((uintptr_t)attributes, size, RACE_READ, world_site());
}

static inline void attributes_written(void *attributes, size_t size)
{
	world_access((uintptr_t)attributes, size, RACE_WRITE, world_site());
}

#define ATTRIBUTES_CHANGE(name, type) \
	RUNTIME_API int __wrap_##name(type *attributes) \
	{ \
		attributes_written(attributes, sizeof *attributes); \
		return name(attributes); \
	}

#define ATTRIBUTES_SET(name, type, argument) \
	RUNTIME_API int __wrap_##name(type *attributes, argument value) \
	{ \
		attributes_written(attributes, sizeof *attributes); \
		return name(attributes, value); \
	}

#define ATTRIBUTES_GET(name, type, result) \
	RUNTIME_API int __wrap_##name(const type *attributes, result *value) \
	{ \
		attributes_read(attributes, sizeof *attributes); \
		attributes_written(value, sizeof *value); \
		return name(attributes, value); \
	}

#endif
