/*
 * pthreads as simulated threads. A pthread_t is the thread's slot plus one, so that a zero-filled one names nobody.
 */
#include <errno.h>
#include <pthread.h>
#include <sched.h>

#include "posix.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

typedef void *thread_routine(void *);

void posix_misuse(const char *cause, const char *what)
{
	world_fail((struct incident){.kind = INCIDENT_MISUSE, .cause = cause, .text = what, .site = world_site()});
}

static pthread_t thread_handle(int slot)
{
	return (pthread_t)slot + 1;
}

/* The slot of a handle, or SIM_NOBODY if it names no thread. */
static int thread_slot(pthread_t handle)
{
	const struct sim_objects *objects = &world_running->execution.objects;
	if (handle < 1 || handle > objects->n_threads || objects->items[handle - 1].state == SIM_THREAD_UNBORN)
		return SIM_NOBODY;
	return (int)handle - 1;
}

static void thread_main(void *argument)
{
	struct world_thread *thread = world_thread();
	thread->exit_value = ((thread_routine *)thread->routine)(argument);
}

/* Nobody may join or detach a thread that was joined or detached. That depends on what other threads did, and is no
 * operation, but needs none: both of two such calls see to it, whichever comes second finds the mistake. */
static void thread_check(int slot, const char *joined, const char *detached)
{
	const struct world_thread *thread = &world_running->threads[slot];
	if (thread->joined)
		posix_misuse("join-twice", joined);
	if (thread->detached)
		posix_misuse("join-detached", detached);
}

static void thread_check_join(int slot)
{
	thread_check(slot, "a thread is joined that was joined before", "a thread is joined that was detached");
}

static struct world_thread *thread_touch(int slot)
{
	struct world_thread *thread = &world_running->threads[slot];
	undo_save(&world_running->execution.undo, thread, sizeof *thread);
	return thread;
}

RUNTIME_API int __wrap_pthread_create(pthread_t *handle, const pthread_attr_t *attributes, thread_routine *routine,
                                      void *argument)
{
	int state = PTHREAD_CREATE_JOINABLE;
	if (attributes) {
		world_access((uintptr_t)attributes, sizeof *attributes, RACE_READ, world_site());
		pthread_attr_getdetachstate(attributes, &state);
	}
	struct world_start start = {.function = thread_main, .argument = argument, .routine = (void *)routine,
	                            .caller = "pthread_create"};
	int slot = world_new_thread(&start);
	world_access((uintptr_t)handle, sizeof *handle, RACE_WRITE, world_site());
	*handle = thread_handle(slot);
	thread_touch(slot)->detached = state == PTHREAD_CREATE_DETACHED;
	world_launch(slot, false);
	return 0;
}

RUNTIME_API int __wrap_pthread_join(pthread_t handle, void **value)
{
	int slot = thread_slot(handle);
	if (slot == SIM_NOBODY)
		posix_misuse("join-unknown", "what is joined is not a thread");
	if (slot == world_self())
		return EDEADLK;
	thread_check_join(slot);
	struct sim_op op = {.kind = SIM_OP_JOIN, .object = (uint32_t)slot};
	world_call(&op);
	thread_check_join(slot);
	thread_touch(slot)->joined = true;
	if (value) {
		world_access((uintptr_t)value, sizeof *value, RACE_WRITE, world_site());
		*value = world_running->threads[slot].exit_value;
	}
	return 0;
}

RUNTIME_API int __wrap_pthread_detach(pthread_t handle)
{
	int slot = thread_slot(handle);
	if (slot == SIM_NOBODY)
		posix_misuse("detach-unknown", "what is detached is not a thread");
	thread_check(slot, "a thread is detached that was joined before", "a thread is detached that was detached before");
	thread_touch(slot)->detached = true;
	return 0;
}

RUNTIME_API _Noreturn void __wrap_pthread_exit(void *value)
{
	posix_abandon_once();
	world_thread()->exit_value = value;
	world_end_thread();
}

RUNTIME_API pthread_t __wrap_pthread_self(void)
{
	return thread_handle(world_self());
}

RUNTIME_API int __wrap_pthread_equal(pthread_t a, pthread_t b)
{
	return a == b;
}

RUNTIME_API int __wrap_pthread_setname_np(pthread_t handle, const char *name)
{
	int slot = thread_slot(handle);
	if (slot == SIM_NOBODY)
		return ESRCH;
	execution_name_thread(&world_running->execution, slot, name);
	return 0;
}

/* Giving way is no operation of its own: before each operation every other thread may run anyway. */
RUNTIME_API int __wrap_sched_yield(void)
{
	return 0;
}
