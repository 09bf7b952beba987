/*
 * What backends share about threads: the main thread, hooks, and what a new thread has to do.
 */
#ifndef SIM_THREAD_FACADE_H
#define SIM_THREAD_FACADE_H

#include <stdatomic.h>

#include "facade.h"

/* sim_thread.daemon. A thread that has been started is one of the last two. */
enum thread_daemon { THREAD_AS_STARTER, THREAD_WAITED_FOR, THREAD_DAEMON };

/* What all threads see without being given it. Lifetime: process; under the checker one execution. */
struct thread_shared {
	struct sim_thread main;
	_Atomic(sim_thread_hook *) trace;
	_Atomic(sim_thread_hook *) profile;
	_Atomic(sim_thread_failure_handler *) failure;
};

extern struct thread_shared thread_shared;

/* Whether `thread`, not yet started, will be a daemon if the calling thread starts it. */
bool thread_becomes_daemon(struct sim_thread *thread);

/* On the new thread: runs its function, and tells the hooks. */
void thread_run(struct sim_thread *thread);

#endif
