#include "thread_attributes.h"

#include <errno.h>
#include <string.h>

#include "arena.h"
#include "attributes.h"
#include "posix_thread.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

ATTRIBUTES_CHANGE(pthread_attr_init, pthread_attr_t)
ATTRIBUTES_CHANGE(pthread_attr_destroy, pthread_attr_t)
ATTRIBUTES_SET(pthread_attr_setdetachstate, pthread_attr_t, int)
ATTRIBUTES_GET(pthread_attr_getdetachstate, pthread_attr_t, int)
ATTRIBUTES_SET(pthread_attr_setstacksize, pthread_attr_t, size_t)
ATTRIBUTES_GET(pthread_attr_getstacksize, pthread_attr_t, size_t)
ATTRIBUTES_SET(pthread_attr_setguardsize, pthread_attr_t, size_t)
ATTRIBUTES_GET(pthread_attr_getguardsize, pthread_attr_t, size_t)
ATTRIBUTES_SET(pthread_attr_setinheritsched, pthread_attr_t, int)
ATTRIBUTES_GET(pthread_attr_getinheritsched, pthread_attr_t, int)
ATTRIBUTES_SET(pthread_attr_setschedpolicy, pthread_attr_t, int)
ATTRIBUTES_GET(pthread_attr_getschedpolicy, pthread_attr_t, int)
ATTRIBUTES_GET(pthread_attr_getschedparam, pthread_attr_t, struct sched_param)
ATTRIBUTES_SET(pthread_attr_setscope, pthread_attr_t, int)
ATTRIBUTES_GET(pthread_attr_getscope, pthread_attr_t, int)

RUNTIME_API int __wrap_pthread_attr_setschedparam(pthread_attr_t *attributes, const struct sched_param *parameters)
{
	attributes_read(parameters, sizeof *parameters);
	attributes_written(attributes, sizeof *attributes);
	return pthread_attr_setschedparam(attributes, parameters);
}

/* ---- stacks ----------------------------------------------------------------------------------------------------- */

/* Threads have stacks of the simulation all the same: memory given for one is not used. */
RUNTIME_API int __wrap_pthread_attr_setstack(pthread_attr_t *attributes, void *address, size_t size)
{
	attributes_written(attributes, sizeof *attributes);
	return pthread_attr_setstack(attributes, address, size);
}

RUNTIME_API int __wrap_pthread_attr_getstack(const pthread_attr_t *attributes, void **address, size_t *size)
{
	attributes_read(attributes, sizeof *attributes);
	attributes_written(address, sizeof *address);
	attributes_written(size, sizeof *size);
	return pthread_attr_getstack(attributes, address, size);
}

RUNTIME_API int __wrap_pthread_getattr_np(pthread_t handle, pthread_attr_t *attributes)
{
	const struct world *world = world_running;
	int slot = posix_thread_slot(handle);
	if (slot == SIM_NOBODY)
		return ESRCH;
	attributes_written(attributes, sizeof *attributes);
	pthread_attr_init(attributes);
	pthread_attr_setdetachstate(
		attributes, world->threads[slot].detached ? PTHREAD_CREATE_DETACHED : PTHREAD_CREATE_JOINABLE);
	return pthread_attr_setstack(attributes, arena_stack_low(&world->arena, slot), world->arena.stack_size);
}

/* ---- processors ------------------------------------------------------------------------------------------------- */

/* Where in the attributes the C library keeps nothing: its own functions would allocate memory that does not roll back. */
static uint64_t *thread_attributes_place(const pthread_attr_t *attributes)
{
	enum { PLACE = 48 };
	_Static_assert(sizeof *attributes == PLACE + sizeof(uint64_t), "the layout of pthread_attr_t is another");
	return (uint64_t *)((uintptr_t)attributes + PLACE);
}

uint64_t thread_attributes_bits(const cpu_set_t *set, size_t size)
{
	uint64_t bits = 0;
	attributes_read(set, size);
	memcpy(&bits, set, size < sizeof bits ? size : sizeof bits);
	return bits;
}

int thread_attributes_store_bits(uint64_t bits, cpu_set_t *set, size_t size)
{
	if (size < sizeof bits)
		return EINVAL;
	attributes_written(set, size);
	memset(set, 0, size);
	memcpy(set, &bits, sizeof bits);
	return 0;
}

uint64_t thread_attributes_cpus(const pthread_attr_t *attributes)
{
	return *thread_attributes_place(attributes);
}

RUNTIME_API int __wrap_pthread_attr_setaffinity_np(pthread_attr_t *attributes, size_t size, const cpu_set_t *set)
{
	uint64_t bits = set && size ? thread_attributes_bits(set, size) : 0;
	attributes_written(attributes, sizeof *attributes);
	*thread_attributes_place(attributes) = bits;
	return 0;
}

/* Attributes that name no processors mean all of them. */
RUNTIME_API int __wrap_pthread_attr_getaffinity_np(const pthread_attr_t *attributes, size_t size, cpu_set_t *set)
{
	attributes_read(attributes, sizeof *attributes);
	uint64_t bits = thread_attributes_cpus(attributes);
	int error = thread_attributes_store_bits(bits, set, size);
	if (!error && !bits)
		memset(set, 0xFF, size);
	return error;
}
