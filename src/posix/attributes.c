/* Attribute objects are plain data of the program: the C library's functions work on them as they are, and what they
 * change is announced like the program's own writes. */
#include <pthread.h>

#include "posix.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

static void attributes_written(void *attributes, size_t size)
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

ATTRIBUTES_CHANGE(pthread_attr_init, pthread_attr_t)
ATTRIBUTES_CHANGE(pthread_attr_destroy, pthread_attr_t)
ATTRIBUTES_SET(pthread_attr_setdetachstate, pthread_attr_t, int)
ATTRIBUTES_SET(pthread_attr_setstacksize, pthread_attr_t, size_t)
ATTRIBUTES_CHANGE(pthread_mutexattr_init, pthread_mutexattr_t)
ATTRIBUTES_CHANGE(pthread_mutexattr_destroy, pthread_mutexattr_t)
ATTRIBUTES_SET(pthread_mutexattr_settype, pthread_mutexattr_t, int)
ATTRIBUTES_CHANGE(pthread_condattr_init, pthread_condattr_t)
ATTRIBUTES_CHANGE(pthread_condattr_destroy, pthread_condattr_t)
ATTRIBUTES_SET(pthread_condattr_setclock, pthread_condattr_t, clockid_t)

RUNTIME_API int __wrap_pthread_mutexattr_gettype(const pthread_mutexattr_t *attributes, int *type)
{
	world_access((uintptr_t)attributes, sizeof *attributes, RACE_READ, world_site());
	attributes_written(type, sizeof *type);
	return pthread_mutexattr_gettype(attributes, type);
}
