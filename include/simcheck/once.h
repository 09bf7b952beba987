/*
 * Once: something that must be done by one thread only, before any of several goes on.
 *
 * Semantics: that of POSIX and C11, with an argument. Whoever comes first calls the function; whoever comes meanwhile
 * waits for its end; whoever comes later goes on at once. What the function wrote is visible to all of them. A function
 * that calls itself this way waits for itself, for ever.
 *
 * Lifetime: from zero-filling or sim_once_init() until the memory goes away; there is nothing to release. The memory must
 * stay valid, and at its address, while any thread uses it.
 */
#ifndef SIMCHECK_ONCE_H
#define SIMCHECK_ONCE_H

#include <stdint.h>
#include <string.h>

#include <simcheck/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A zero-filled one has not happened yet. */
struct sim_once {
	const char *name; /* NULL: named after the variable */
	uint64_t opaque[16];
};

/*
 * Makes `once` one that has not happened, called `name` (not copied: it must live as long; NULL: named after the
 * variable). A plain write to memory, compiled into the caller so that the checker sees it as one: nobody may use it at
 * the same time.
 */
static inline void sim_once_init(struct sim_once *once, const char *name)
{
	memset(once, 0, sizeof(*once));
	once->name = name;
}

/*
 * Calls function(argument) if nobody has called this for `once` before, and otherwise waits until that function has
 * returned. Returns SIM_OK, or SIM_MISUSE (null-argument: no `once` or no function). Any thread, any time. The function
 * has to return: a thread that leaves it in another way leaves the others waiting.
 */
enum sim_status sim_once_call(struct sim_once *once, void (*function)(void *), void *argument);

#ifdef __cplusplus
}
#endif

#endif
