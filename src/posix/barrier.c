/*
 * POSIX barriers as operations on a barrier of the world. The last thread of a round is the one that is told so, as on the
 * C library. There is one process, so that shared barriers are like others.
 */
#include <errno.h>
#include <limits.h>
#include <pthread.h>

#include "posix.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* What a pthread_barrier_t holds here. */
struct barrier {
	uint32_t word; /* posix_kind */
	uint32_t parties;
};

static const struct posix_kind barrier_kind = {
	.kind = SIM_OBJECT_BARRIER,
	.destroyed = "a barrier is used after it was destroyed",
	.unknown = "what is used as a barrier was never given to pthread_barrier_init(), or is a copy of one that was",
};

static uint32_t barrier_use(const pthread_barrier_t *variable, uint32_t site)
{
	posix_use(variable, sizeof *variable, site);
	return posix_object(variable, ((const struct barrier *)variable)->word, &barrier_kind);
}

static bool barrier_is_awaited(uint32_t object)
{
	return !thread_set_is_empty(&world_running->execution.objects.items[object].waiting);
}

RUNTIME_API int __wrap_pthread_barrier_init(pthread_barrier_t *variable, const pthread_barrierattr_t *attributes,
                                            unsigned count)
{
	if (attributes)
		world_access((uintptr_t)attributes, sizeof *attributes, RACE_READ, world_site());
	if (count == 0 || count > INT_MAX)
		return EINVAL;
	posix_overwrite(variable, sizeof *variable);
	*(struct barrier *)variable = (struct barrier){.word = posix_begin(variable, &barrier_kind, 0), .parties = count};
	return 0;
}

RUNTIME_API int __wrap_pthread_barrier_destroy(pthread_barrier_t *variable)
{
	uint32_t object = barrier_use(variable, world_site());
	posix_overwrite(variable, sizeof *variable);
	((struct barrier *)variable)->word = POSIX_DESTROYED;
	if (barrier_is_awaited(object))
		posix_misuse("destroy-in-use", "a barrier is destroyed while threads wait at it");
	return 0;
}

RUNTIME_API int __wrap_pthread_barrier_wait(pthread_barrier_t *variable)
{
	uint32_t site = world_site();
	struct sim_op op = {.kind = SIM_OP_ARRIVE, .object = barrier_use(variable, site), .address = (uintptr_t)variable,
	                    .argument = ((const struct barrier *)variable)->parties, .site = site};
	if (world_call(&op).low + 1 == op.argument)
		return PTHREAD_BARRIER_SERIAL_THREAD;
	op.kind = SIM_OP_LEAVE;
	world_call(&op);
	return 0;
}
