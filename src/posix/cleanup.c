/*
 * Cleanup handlers, as the macros pthread_cleanup_push() and pthread_cleanup_pop() of <pthread.h> have them in C: each push
 * makes a jump buffer in the frame of its function, to which a thread that ends jumps back, and registers it here. After
 * the jump the macro calls the handler and asks for the next one. With -fexceptions the macros would look otherwise; the
 * program is compiled so that they do not (src/program/compiler.c).
 */
#include "cleanup.h"

#include <pthread.h>

#include "jump.h"
#include "posix.h"
#include "posix_thread.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* Where a buffer keeps the one that was registered before it. */
static void **cleanup_previous(__pthread_unwind_buf_t *buffer)
{
	return &buffer->__pad[0];
}

void cleanup_unwind(void)
{
	struct world_thread *thread = world_thread();
	__pthread_unwind_buf_t *buffer = thread->cleanup;
	if (!buffer)
		posix_thread_end();
	thread->cleanup = *cleanup_previous(buffer);
	jump_to(buffer, 1);
}

RUNTIME_API void __wrap___pthread_register_cancel(__pthread_unwind_buf_t *buffer)
{
	struct world_thread *thread = world_thread();
	void **previous = cleanup_previous(buffer);
	world_access((uintptr_t)previous, sizeof *previous, RACE_WRITE, world_site());
	*previous = thread->cleanup;
	thread->cleanup = buffer;
}

RUNTIME_API void __wrap___pthread_unregister_cancel(__pthread_unwind_buf_t *buffer)
{
	world_thread()->cleanup = *cleanup_previous(buffer);
}

RUNTIME_API _Noreturn void __wrap___pthread_unwind_next(__pthread_unwind_buf_t *buffer)
{
	(void)buffer;
	cleanup_unwind();
}
