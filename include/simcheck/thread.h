/*
 * Threads: a function, started once, that runs beside the others until it returns.
 *
 * Semantics: Python's threading.Thread. Any thread may join any other, any number of times, during or after its life;
 * nothing has to be joined. What was written before a start is visible to the new thread, and what a thread wrote is
 * visible to whoever has joined it.
 *
 * The program ends when `main` has returned and all threads have ended: on real threads a handler registered with
 * atexit() by the first start waits for them. It cannot tell exit() in the main thread from a return, and waits then
 * as well; exit() in another thread, _exit() and abort() end the program at once.
 *
 * Lifetime: a sim_thread from zero-filling or sim_thread_init() until its memory goes away. Once started, it must stay
 * valid, and at its address, until the thread has ended, which is certain when a join returned SIM_OK; there is
 * nothing to release. All functions but sim_thread_init() may be called by any thread at any time.
 */
#ifndef SIMCHECK_THREAD_H
#define SIMCHECK_THREAD_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <simcheck/status.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sim_thread {
	const char *name;           /* NULL: named by who started it ("T1", "T1.2") */
	void (*function)(void *);   /* what it runs */
	void *argument;
	uint64_t opaque[8];         /* the backend's; zero before the start */
};

/*
 * Makes `thread` an unstarted thread that is to run function(argument), called `name` (not copied; it must live as
 * long as the thread; NULL: named by who started it). Not for a thread that has been started and has not ended.
 */
static inline void sim_thread_init(struct sim_thread *thread, const char *name, void (*function)(void *),
	void *argument)
{
	memset(thread, 0, sizeof(*thread));
	thread->name = name;
	thread->function = function;
	thread->argument = argument;
}

/*
 * Starts the thread; it may run before the call returns. A thread is started once, even after it has ended. Returns
 * SIM_OK; SIM_NOMEM when the system has no room for another thread (it may be started later); SIM_MISUSE (start-twice;
 * null-argument: no thread or no function).
 */
enum sim_status sim_thread_start(struct sim_thread *thread);

/* Waits until the thread has ended. Returns SIM_OK, or SIM_MISUSE (join-unstarted, join-self, null-argument). */
enum sim_status sim_thread_join(struct sim_thread *thread);

/*
 * As sim_thread_join(), for at most `timeout_ns` nanoseconds or SIM_FOREVER. Returns SIM_OK when the thread has ended;
 * SIM_TIMEOUT when it lives on, SIM_BUSY instead if the timeout was 0; SIM_MISUSE (as sim_thread_join(), bad-timeout).
 */
enum sim_status sim_thread_join_for(struct sim_thread *thread, int64_t timeout_ns);

/*
 * Whether the thread has been started and has not ended, at the moment of the call. False after a misuse
 * (null-argument). A "false" after the start does not replace the join: only a join makes the thread's writes visible.
 */
bool sim_thread_is_alive(struct sim_thread *thread);

/* The calling thread; NULL in the main thread and in threads that sim_thread_start() did not start. */
struct sim_thread *sim_thread_current(void);

/* Lets others run first, if any can. Orders nothing; a correct program is correct without it. */
void sim_thread_yield(void);

#ifdef __cplusplus
}
#endif

#endif
