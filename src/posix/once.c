/*
 * pthread_once() and call_once(), as operations on a once of the world. The variable is 0 before its first use, as the
 * initialisers make it, and then holds the number of its object.
 *
 * A thread that ends within its function, by pthread_exit(), gives up what it had begun, and the next caller begins anew:
 * so does the C library, and POSIX asks for it where a thread is cancelled.
 */
#include <pthread.h>
#include <threads.h>

#include "posix.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

static const struct posix_kind once_kind = {
	.kind = SIM_OBJECT_ONCE,
	.unknown = "the variable of a pthread_once() or call_once() was not initialised, or is a copy of one in use",
};

/* What a thread does once. Lifetime: on the thread's stack, while it does it. */
struct once_call {
	struct once_call *outer;
	struct sim_op op;
};

static void once_end(struct once_call *call, bool gives_up)
{
	undo_save(&world_running->execution.undo, &world_thread()->once, sizeof world_thread()->once);
	world_thread()->once = call->outer;
	call->op.kind = SIM_OP_END_ONCE;
	call->op.argument = gives_up;
	world_call(&call->op);
}

void posix_abandon_once(void)
{
	while (world_thread()->once)
		once_end(world_thread()->once, true);
}

static void once_do(uint32_t *word, void (*function)(void))
{
	uint32_t site = world_site();
	posix_use(word, sizeof *word, site);
	if (!*word)
		posix_set_word(word, posix_begin(word, &once_kind, 0));
	struct once_call call = {.outer = world_thread()->once,
	                         .op = {.kind = SIM_OP_BEGIN_ONCE, .object = posix_object(word, *word, &once_kind),
	                                .address = (uintptr_t)word, .site = site}};
	if (!world_call(&call.op).low)
		return;
	undo_save(&world_running->execution.undo, &world_thread()->once, sizeof world_thread()->once);
	world_thread()->once = &call;
	function();
	once_end(&call, false);
}

_Static_assert(sizeof(pthread_once_t) == sizeof(uint32_t) && sizeof(once_flag) == sizeof(uint32_t), "they have room");

RUNTIME_API int __wrap_pthread_once(pthread_once_t *once, void (*function)(void))
{
	once_do((uint32_t *)once, function);
	return 0;
}

RUNTIME_API void __wrap_call_once(once_flag *once, void (*function)(void))
{
	once_do((uint32_t *)once, function);
}
