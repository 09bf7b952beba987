/*
 * Cancellation of POSIX threads, deferred: a thread that was cancelled ends at its next cancellation point, unless it has
 * forbidden that for a while. Where these points are: world/cancellation.h. Asynchronous cancellation, at any instruction,
 * is refused.
 */
#include "cancel.h"

#include <errno.h>
#include <pthread.h>

#include "cancellation.h"
#include "posix.h"
#include "posix_thread.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

void cancel_on_request(void)
{
	posix_thread_exit(PTHREAD_CANCELED);
}

RUNTIME_API int __wrap_pthread_cancel(pthread_t handle)
{
	int slot = posix_thread_slot(handle);
	if (slot == SIM_NOBODY)
		return ESRCH;
	if (world_running->threads[slot].joined)
		posix_misuse("cancel-joined", "a thread is cancelled that was joined before");
	struct sim_op op = {.kind = SIM_OP_CANCEL, .object = (uint32_t)slot};
	world_call(&op);
	return 0;
}

RUNTIME_API void __wrap_pthread_testcancel(void)
{
	cancellation_point();
}

static void cancel_store(int *place, int value)
{
	if (!place)
		return;
	world_access((uintptr_t)place, sizeof *place, RACE_WRITE, world_site());
	*place = value;
}

RUNTIME_API int __wrap_pthread_setcancelstate(int state, int *old)
{
	struct world_thread *thread = world_thread();
	if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE)
		return EINVAL;
	cancel_store(old, thread->cancels_never ? PTHREAD_CANCEL_DISABLE : PTHREAD_CANCEL_ENABLE);
	thread->cancels_never = state == PTHREAD_CANCEL_DISABLE;
	return 0;
}

RUNTIME_API int __wrap_pthread_setcanceltype(int type, int *old)
{
	if (type == PTHREAD_CANCEL_ASYNCHRONOUS)
		world_refuse("pthread_setcanceltype", "cancellation at any instruction is not modelled, at cancellation points it is");
	if (type != PTHREAD_CANCEL_DEFERRED)
		return EINVAL;
	cancel_store(old, PTHREAD_CANCEL_DEFERRED);
	return 0;
}
