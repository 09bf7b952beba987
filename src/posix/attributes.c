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

#define ATTRIBUTES_GET(name, type, argument) \
	RUNTIME_API int __wrap_##name(const type *attributes, argument *value) \
	{ \
		world_access((uintptr_t)attributes, sizeof *attributes, RACE_READ, world_site()); \
		attributes_written(value, sizeof *value); \
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
ATTRIBUTES_GET(pthread_mutexattr_gettype, pthread_mutexattr_t, int)

ATTRIBUTES_CHANGE(pthread_rwlockattr_init, pthread_rwlockattr_t)
ATTRIBUTES_CHANGE(pthread_rwlockattr_destroy, pthread_rwlockattr_t)
ATTRIBUTES_SET(pthread_rwlockattr_setkind_np, pthread_rwlockattr_t, int)
ATTRIBUTES_GET(pthread_rwlockattr_getkind_np, pthread_rwlockattr_t, int)
ATTRIBUTES_SET(pthread_rwlockattr_setpshared, pthread_rwlockattr_t, int)
ATTRIBUTES_GET(pthread_rwlockattr_getpshared, pthread_rwlockattr_t, int)

ATTRIBUTES_CHANGE(pthread_barrierattr_init, pthread_barrierattr_t)
ATTRIBUTES_CHANGE(pthread_barrierattr_destroy, pthread_barrierattr_t)
ATTRIBUTES_SET(pthread_barrierattr_setpshared, pthread_barrierattr_t, int)
ATTRIBUTES_GET(pthread_barrierattr_getpshared, pthread_barrierattr_t, int)
