/* Threads of POSIX as simulated threads: their beginning and their end. */
#include "posix_thread.h"

#include <errno.h>

#include "cancellation.h"
#include "cleanup.h"
#include "key.h"
#include "mutex.h"
#include "posix.h"
#include "scheduling.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

typedef void *thread_routine(void *);

int posix_thread_slot(pthread_t handle)
{
	const struct sim_objects *objects = &world_running->execution.objects;
	if (handle < 1 || handle > objects->n_threads || objects->items[handle - 1].state == SIM_THREAD_UNBORN)
		return SIM_NOBODY;
	return (int)handle - 1;
}

/* Nobody may join or detach a thread that was joined or detached. That depends on what other threads did, and is no
 * operation, but needs none: both of two such calls see to it, whichever comes second finds the mistake. */
static void posix_thread_check(int slot, const char *joined, const char *detached)
{
	const struct world_thread *thread = &world_running->threads[slot];
	if (thread->joined)
		posix_misuse("join-twice", joined);
	if (thread->detached)
		posix_misuse("join-detached", detached);
}

static void posix_thread_check_join(int slot)
{
	posix_thread_check(slot, "a thread is joined that was joined before", "a thread is joined that was detached");
}

static struct world_thread *posix_thread_touch(int slot)
{
	struct world_thread *thread = &world_running->threads[slot];
	undo_save(&world_running->execution.undo, thread, sizeof *thread);
	return thread;
}

/* ---- beginning -------------------------------------------------------------------------------------------------- */

static void posix_thread_main(void *argument)
{
	struct world_thread *thread = world_thread();
	thread->exit_value = ((thread_routine *)thread->routine)(argument);
}

void posix_thread_make(pthread_t *handle, const struct thread_making *making)
{
	int state = PTHREAD_CREATE_JOINABLE;
	if (making->attributes) {
		world_access((uintptr_t)making->attributes, sizeof *making->attributes, RACE_READ, world_site());
		pthread_attr_getdetachstate(making->attributes, &state);
	}
	struct world_start start = {.function = making->run, .argument = making->argument, .routine = making->routine,
	                            .caller = making->caller};
	int slot = world_new_thread(&start);
	world_access((uintptr_t)handle, sizeof *handle, RACE_WRITE, world_site());
	*handle = posix_thread_handle(slot);
	posix_thread_touch(slot)->detached = state == PTHREAD_CREATE_DETACHED;
	scheduling_begin(slot, making->attributes);
	world_launch(slot, false);
}

RUNTIME_API int __wrap_pthread_create(pthread_t *handle, const pthread_attr_t *attributes, thread_routine *routine,
                                      void *argument)
{
	posix_thread_make(handle, &(struct thread_making){.run = posix_thread_main, .routine = (void *)routine, .argument = argument,
	                                            .attributes = attributes, .caller = "pthread_create"});
	return 0;
}

/* ---- joining ---------------------------------------------------------------------------------------------------- */

static int posix_thread_slot_to_join(pthread_t handle)
{
	int slot = posix_thread_slot(handle);
	if (slot == SIM_NOBODY)
		posix_misuse("join-unknown", "what is joined is not a thread");
	return slot;
}

int posix_thread_join(pthread_t handle, const struct sim_op *timing, void **value)
{
	int slot = posix_thread_slot_to_join(handle);
	if (slot == world_self())
		return EDEADLK;
	posix_thread_check_join(slot);
	struct sim_op op = *timing;
	op.kind = SIM_OP_JOIN;
	op.object = (uint32_t)slot;
	if (cancellation_call(&op).low != SIM_RESULT_OK)
		return ETIMEDOUT;
	posix_thread_check_join(slot);
	posix_thread_touch(slot)->joined = true;
	if (value) {
		world_access((uintptr_t)value, sizeof *value, RACE_WRITE, world_site());
		*value = world_running->threads[slot].exit_value;
	}
	return 0;
}

RUNTIME_API int __wrap_pthread_join(pthread_t handle, void **value)
{
	return posix_thread_join(handle, &(struct sim_op){0}, value);
}

RUNTIME_API int __wrap_pthread_tryjoin_np(pthread_t handle, void **value)
{
	if (posix_thread_slot_to_join(handle) == world_self())
		return EBUSY;
	int error = posix_thread_join(handle, &(struct sim_op){.timed = true, .deadline_ns = world_now()}, value);
	return error ? EBUSY : 0;
}

RUNTIME_API int __wrap_pthread_clockjoin_np(pthread_t handle, void **value, clockid_t clock,
                                            const struct timespec *deadline)
{
	struct sim_op timing = {0};
	if (!posix_is_waiting_clock(clock))
		return EINVAL;
	if (deadline && posix_deadline(&timing, clock, deadline))
		return EINVAL;
	return posix_thread_join(handle, &timing, value);
}

RUNTIME_API int __wrap_pthread_timedjoin_np(pthread_t handle, void **value, const struct timespec *deadline)
{
	return __wrap_pthread_clockjoin_np(handle, value, CLOCK_REALTIME, deadline);
}

void posix_thread_detach(pthread_t handle)
{
	int slot = posix_thread_slot(handle);
	if (slot == SIM_NOBODY)
		posix_misuse("detach-unknown", "what is detached is not a thread");
	posix_thread_check(slot, "a thread is detached that was joined before", "a thread is detached that was detached before");
	posix_thread_touch(slot)->detached = true;
}

RUNTIME_API int __wrap_pthread_detach(pthread_t handle)
{
	posix_thread_detach(handle);
	return 0;
}

/* ---- the end ---------------------------------------------------------------------------------------------------- */

void posix_thread_finish(void)
{
	key_run_destructors();
	mutex_abandon_held();
}

/* Waits for the threads that the thread in `slot`, which has ended, has started, and for those that these have. Whom a thread
 * has started is settled by its end. */
static void posix_thread_await_family(int slot)
{
	struct world *world = world_running;
	for (uint32_t nth = 1; nth <= world->threads[slot].n_children; nth++) {
		int child = execution_slot(&world->execution, slot, nth);
		struct sim_op op = {.kind = SIM_OP_JOIN, .object = (uint32_t)child};
		world_call(&op);
		posix_thread_await_family(child);
	}
}

/* The process goes on without its main thread, and ends as if by exit() when the last of its threads has ended. */
static _Noreturn void posix_thread_exit_main(void)
{
	const struct world_program *program = &world_running->program;
	if (program->at_thread_end)
		program->at_thread_end();
	world_leave_main();
	posix_thread_await_family(0);
	if (program->at_end)
		program->at_end();
	world_exit(false);
}

void posix_thread_end(void)
{
	if (world_self() == 0)
		posix_thread_exit_main();
	world_end_thread();
}

void posix_thread_exit(void *value)
{
	posix_abandon_once();
	world_thread()->cancels_never = true;
	world_thread()->exit_value = value;
	cleanup_unwind();
}

RUNTIME_API _Noreturn void __wrap_pthread_exit(void *value)
{
	posix_thread_exit(value);
}

/* ---- identity --------------------------------------------------------------------------------------------------- */

RUNTIME_API pthread_t __wrap_pthread_self(void)
{
	return posix_thread_handle(world_self());
}

RUNTIME_API int __wrap_pthread_equal(pthread_t a, pthread_t b)
{
	return a == b;
}

/* Giving way is no operation of its own: before each operation every other thread may run anyway. */
RUNTIME_API int __wrap_sched_yield(void)
{
	return 0;
}

/* No process is ever forked: what is to be called then, never is. */
RUNTIME_API int __wrap_pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void))
{
	(void)prepare, (void)parent, (void)child;
	return 0;
}
