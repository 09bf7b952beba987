/*
 * Scheduling policies, priorities, processors and names of threads.
 *
 * The simulation explores all schedules, so that none of this makes a difference: what was set is what is found. Every
 * policy is granted, as to a privileged process. The processors are those that the checker itself may use.
 */
#include "scheduling.h"

#include <errno.h>
#include <sched.h>
#include <string.h>

#include "posix.h"
#include "posix_thread.h"
#include "thread_attributes.h"
#include "world.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* Lifetime: one execution; undone. */
static struct scheduling {
	uint64_t n_changes; /* posix.h */
	uint64_t cpus;      /* a bit for each processor; 0: as at the beginning */
	int policy, priority;
} scheduling[SIM_MAX_THREADS];

/* How many threads the program wants to run at a time. */
static struct {
	uint64_t n_changes;
	int level;
} scheduling_concurrency;

const char *scheduling_describe(uintptr_t address)
{
	bool is_ours = address - (uintptr_t)scheduling < sizeof scheduling ||
	               address - (uintptr_t)&scheduling_concurrency < sizeof scheduling_concurrency;
	return is_ours ? "how threads are scheduled" : NULL;
}

static void scheduling_save(struct scheduling *thread)
{
	undo_save(&world_running->execution.undo, thread, sizeof *thread);
	world_running->effects++;
}

static bool scheduling_valid(int policy, int priority)
{
	int least = sched_get_priority_min(policy);
	return least >= 0 && priority >= least && priority <= sched_get_priority_max(policy);
}

void scheduling_begin(int slot, const pthread_attr_t *attributes)
{
	struct scheduling *thread = &scheduling[slot];
	int inherits = PTHREAD_INHERIT_SCHED;
	struct sched_param parameters;
	scheduling_save(thread);
	*thread = scheduling[world_self()];
	if (!attributes)
		return;
	if (thread_attributes_cpus(attributes))
		thread->cpus = thread_attributes_cpus(attributes);
	pthread_attr_getinheritsched(attributes, &inherits);
	if (inherits == PTHREAD_INHERIT_SCHED)
		return;
	pthread_attr_getschedpolicy(attributes, &thread->policy);
	pthread_attr_getschedparam(attributes, &parameters);
	thread->priority = parameters.sched_priority;
}

/* The thread that is to be looked at, or changed, or NULL: there is no such thread. */
static struct scheduling *scheduling_of(pthread_t handle, bool changes)
{
	int slot = posix_thread_slot(handle);
	if (slot == SIM_NOBODY)
		return NULL;
	if (changes)
		posix_change(&scheduling[slot].n_changes);
	else
		posix_look(&scheduling[slot].n_changes);
	if (changes)
		scheduling_save(&scheduling[slot]);
	return &scheduling[slot];
}

/* ---- policies and priorities ------------------------------------------------------------------------------------ */

RUNTIME_API int __wrap_pthread_setschedparam(pthread_t handle, int policy, const struct sched_param *parameters)
{
	world_access((uintptr_t)parameters, sizeof *parameters, RACE_READ, world_site());
	if (!scheduling_valid(policy, parameters->sched_priority))
		return EINVAL;
	struct scheduling *thread = scheduling_of(handle, true);
	if (!thread)
		return ESRCH;
	thread->policy = policy;
	thread->priority = parameters->sched_priority;
	return 0;
}

RUNTIME_API int __wrap_pthread_getschedparam(pthread_t handle, int *policy, struct sched_param *parameters)
{
	const struct scheduling *thread = scheduling_of(handle, false);
	if (!thread)
		return ESRCH;
	world_access((uintptr_t)policy, sizeof *policy, RACE_WRITE, world_site());
	world_access((uintptr_t)parameters, sizeof *parameters, RACE_WRITE, world_site());
	*policy = thread->policy;
	*parameters = (struct sched_param){.sched_priority = thread->priority};
	return 0;
}

RUNTIME_API int __wrap_pthread_setschedprio(pthread_t handle, int priority)
{
	struct scheduling *thread = scheduling_of(handle, true);
	if (!thread)
		return ESRCH;
	if (!scheduling_valid(thread->policy, priority))
		return EINVAL;
	thread->priority = priority;
	return 0;
}

RUNTIME_API int __wrap_pthread_setconcurrency(int level)
{
	if (level < 0)
		return EINVAL;
	posix_change(&scheduling_concurrency.n_changes);
	undo_save(&world_running->execution.undo, &scheduling_concurrency.level, sizeof scheduling_concurrency.level);
	scheduling_concurrency.level = level;
	return 0;
}

RUNTIME_API int __wrap_pthread_getconcurrency(void)
{
	posix_look(&scheduling_concurrency.n_changes);
	return scheduling_concurrency.level;
}

/* ---- processors ------------------------------------------------------------------------------------------------- */

static uint64_t scheduling_all_cpus(void)
{
	uint64_t bits = 1;
	cpu_set_t set;
	CPU_ZERO(&set);
	if (sched_getaffinity(0, sizeof set, &set) == 0)
		memcpy(&bits, &set, sizeof bits);
	return bits;
}

RUNTIME_API int __wrap_pthread_setaffinity_np(pthread_t handle, size_t size, const cpu_set_t *set)
{
	uint64_t cpus = thread_attributes_bits(set, size) & scheduling_all_cpus();
	if (!cpus)
		return EINVAL;
	struct scheduling *thread = scheduling_of(handle, true);
	if (!thread)
		return ESRCH;
	thread->cpus = cpus;
	return 0;
}

RUNTIME_API int __wrap_pthread_getaffinity_np(pthread_t handle, size_t size, cpu_set_t *set)
{
	const struct scheduling *thread = scheduling_of(handle, false);
	if (!thread)
		return ESRCH;
	return thread_attributes_store_bits(thread->cpus ? thread->cpus : scheduling_all_cpus(), set, size);
}

/* ---- names ------------------------------------------------------------------------------------------------------ */

enum { SCHEDULING_NAME_SIZE = 16 }; /* of Linux: the terminating zero included */

RUNTIME_API int __wrap_pthread_setname_np(pthread_t handle, const char *name)
{
	size_t length = strnlen(name, SCHEDULING_NAME_SIZE);
	world_access((uintptr_t)name, length == SCHEDULING_NAME_SIZE ? length : length + 1, RACE_READ, world_site());
	if (length == SCHEDULING_NAME_SIZE)
		return ERANGE;
	if (!scheduling_of(handle, true))
		return ESRCH;
	execution_name_thread(&world_running->execution, posix_thread_slot(handle), name);
	return 0;
}

/* A thread that was given no name has that of the program. */
RUNTIME_API int __wrap_pthread_getname_np(pthread_t handle, char *name, size_t size)
{
	if (size < SCHEDULING_NAME_SIZE)
		return ERANGE;
	if (!scheduling_of(handle, false))
		return ESRCH;
	const char *given = world_running->execution.info[posix_thread_slot(handle)].name;
	world_access((uintptr_t)name, SCHEDULING_NAME_SIZE, RACE_WRITE, world_site());
	strncpy(name, *given ? given : program_invocation_short_name, SCHEDULING_NAME_SIZE - 1);
	name[SCHEDULING_NAME_SIZE - 1] = 0;
	return 0;
}
