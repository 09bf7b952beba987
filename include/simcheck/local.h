/*
 * Local: one variable, a value of its own for each thread.
 *
 * Semantics: Python's threading.local, with one value instead of attributes. Each thread finds NULL until it has set a
 * value, whatever others have set, the thread that started it included. (For data known at compile time C's own
 * _Thread_local does the same, under the checker as well.)
 *
 * Lifetime: from zero-filling or sim_local_init() until the memory goes away; there is nothing to release. What the
 * values point to belongs to the caller: nothing is freed when a thread ends. All functions but sim_local_init() may be
 * called by any thread at any time; threads do not meet there, so that none of it is an event.
 */
#ifndef SIMCHECK_LOCAL_H
#define SIMCHECK_LOCAL_H

#include <stdint.h>

#include <simcheck/status.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sim_local {
	uint64_t opaque[2];
};

/*
 * Makes `local` one in which no thread has a value, whatever was at the same place before. Nobody may use it at the same
 * time. Returns SIM_OK; SIM_NOMEM; SIM_MISUSE (null-argument).
 */
enum sim_status sim_local_init(struct sim_local *local);

/* The calling thread's value; NULL if it has none, and after a misuse (null-argument). */
void *sim_local_get(struct sim_local *local);

/*
 * Gives the calling thread a value, in place of the one it had. Returns SIM_OK; SIM_NOMEM, with the old value in place;
 * SIM_MISUSE (null-argument).
 */
enum sim_status sim_local_set(struct sim_local *local, void *value);

#ifdef __cplusplus
}
#endif

#endif
