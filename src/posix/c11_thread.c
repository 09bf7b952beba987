/* The threads of C11 (ISO/IEC 9899:2011, 7.26.5 and 7.26.6), as those of POSIX: a thrd_t is a pthread_t. */
#include <stdint.h>
#include <threads.h>

#include "key.h"
#include "posix.h"
#include "posix_thread.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

_Static_assert(sizeof(thrd_t) == sizeof(pthread_t) && sizeof(tss_t) == sizeof(pthread_key_t), "C11 types are others");

/* ---- threads ---------------------------------------------------------------------------------------------------- */

static void c11_thread_main(void *argument)
{
	struct world_thread *thread = world_thread();
	thread->exit_value = (void *)(intptr_t)((thrd_start_t)thread->routine)(argument);
}

RUNTIME_API int __wrap_thrd_create(thrd_t *handle, thrd_start_t routine, void *argument)
{
	posix_thread_make(handle, &(struct thread_making){.run = c11_thread_main, .routine = (void *)routine,
	                                                  .argument = argument, .caller = "thrd_create"});
	return thrd_success;
}

RUNTIME_API int __wrap_thrd_join(thrd_t handle, int *result)
{
	void *value;
	if (posix_thread_join(handle, &(struct sim_op){0}, &value))
		return thrd_error;
	if (result) {
		world_access((uintptr_t)result, sizeof *result, RACE_WRITE, world_site());
		*result = (int)(intptr_t)value;
	}
	return thrd_success;
}

RUNTIME_API int __wrap_thrd_detach(thrd_t handle)
{
	posix_thread_detach(handle);
	return thrd_success;
}

RUNTIME_API _Noreturn void __wrap_thrd_exit(int result)
{
	posix_thread_exit((void *)(intptr_t)result);
}

RUNTIME_API thrd_t __wrap_thrd_current(void)
{
	return posix_thread_handle(world_self());
}

RUNTIME_API int __wrap_thrd_equal(thrd_t a, thrd_t b)
{
	return a == b;
}

RUNTIME_API void __wrap_thrd_yield(void) {}

/* ---- thread-specific storage ------------------------------------------------------------------------------------ */

RUNTIME_API int __wrap_tss_create(tss_t *key, tss_dtor_t destructor)
{
	return key_make(key, destructor) ? thrd_success : thrd_error;
}

RUNTIME_API void __wrap_tss_delete(tss_t key)
{
	key_delete(key);
}

RUNTIME_API void *__wrap_tss_get(tss_t key)
{
	return key_value(key);
}

RUNTIME_API int __wrap_tss_set(tss_t key, void *value)
{
	return key_set_value(key, value) ? thrd_success : thrd_error;
}
