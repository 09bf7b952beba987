/* What the other files of the front need to know of threads. All functions: [thread]. */
#ifndef SIM_POSIX_THREAD_H
#define SIM_POSIX_THREAD_H

#include <pthread.h>

#include "op.h"

/* A thread that is to be started. */
struct thread_making {
	void (*run)(void *);               /* what it runs; calls `routine`, which it finds in its struct world_thread */
	void *routine;                     /* the program's function */
	void *argument;                    /* of `routine` */
	const pthread_attr_t *attributes;  /* NULL: the default */
	const char *caller;                /* the function that the program called for it */
};

/* Starts a thread, and stores its handle before that. */
void posix_thread_make(pthread_t *handle, const struct thread_making *making);

/* A pthread_t is the thread's slot plus one, so that a zero-filled one names nobody. */
static inline pthread_t posix_thread_handle(int slot)
{
	return (pthread_t)slot + 1;
}

/* The slot of a handle, or SIM_NOBODY if it names no thread. */
int posix_thread_slot(pthread_t handle);

/* Waits for the end of the thread, which nobody may join after it. `timing`: a deadline, or zeros. Returns 0, or EDEADLK, or
 * ETIMEDOUT. The result of the thread goes to *value. */
int posix_thread_join(pthread_t handle, const struct sim_op *timing, void **value);

/* Nobody may join the thread any more. */
void posix_thread_detach(pthread_t handle);

/* What the calling thread does last when it ends, but by the end of the program: destructors of its keys, and then it gives
 * up the robust mutexes that it still holds. */
void posix_thread_finish(void);

/* Ends the calling thread with that result, after its cleanup handlers. */
_Noreturn void posix_thread_exit(void *value);

/* Ends the calling thread. The main thread goes on until all others have ended, and then ends the program. */
_Noreturn void posix_thread_end(void);

#endif
