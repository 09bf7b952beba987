/* What the files of bodies share. Each file is a program of its own under the checker. */
#ifndef SIM_BODY_H
#define SIM_BODY_H

#undef NDEBUG
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

#include "bodies.h"

/* Starts `thread`, which is to run function(argument). */
static inline void start(struct sim_thread *thread, void (*function)(void *), void *argument)
{
	sim_thread_init(thread, NULL, function, argument);
	assert(sim_thread_start(thread) == SIM_OK);
}

static inline void join(struct sim_thread *thread)
{
	assert(sim_thread_join(thread) == SIM_OK);
}

#endif
