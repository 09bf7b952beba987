/*
 * Threads: a function, started once, that runs beside the others until it returns.
 *
 * Semantics: Python's threading.Thread. Any thread may join any other, any number of times, during or after its life;
 * nothing has to be joined. What was written before a start is visible to the new thread, and what a thread wrote is
 * visible to whoever has joined it.
 *
 * The program ends when `main` has returned and all threads have ended that are not daemons; those are stopped where
 * they are. On real threads a handler registered with atexit() by the first start waits for that. It cannot tell exit()
 * in the main thread from a return, and waits then as well; exit() in another thread, _exit() and abort() end the program
 * at once.
 *
 * The main thread has a sim_thread too, named "MainThread": it can be joined (which waits for the return from main) and
 * is among those alive until then. Threads that other means have started (pthread_create()) have none.
 *
 * Lifetime: a sim_thread from zero-filling or an init function until its memory goes away. Once started, it must stay
 * valid, and at its address, until the thread has ended, which is certain when a join returned SIM_OK; there is
 * nothing to release. All functions but the init functions may be called by any thread at any time.
 */
#ifndef SIMCHECK_THREAD_H
#define SIMCHECK_THREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <simcheck/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What it runs is `run`, or `function` where that is NULL. */
struct sim_thread {
	const char *name; /* given by the program; NULL: see sim_thread_name() */
	void (*function)(void *argument);
	void *argument;
	void (*run)(struct sim_thread *self);
	char own_name[40]; /* the library's, from here on */
	uint64_t daemon;
	uint64_t opaque[8];
};

/*
 * Makes `thread` an unstarted thread that is to run function(argument), called `name` (not copied; it must live as
 * long as the thread; NULL: see sim_thread_name()). Not for a thread that has been started and has not ended.
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
 * As sim_thread_init(), for a thread that is part of an object and runs a function of it, which finds the object around
 * the thread:
 *
 *	struct counter {
 *		struct sim_thread thread;
 *		int n;
 *	};
 *
 *	static void counter_run(struct sim_thread *thread)
 *	{
 *		struct counter *counter = SIM_CONTAINER_OF(thread, struct counter, thread);
 *		...
 *
 * (Python: a class derived from Thread with a run() of its own.)
 */
static inline void sim_thread_init_object(struct sim_thread *thread, const char *name,
	void (*run)(struct sim_thread *self))
{
	memset(thread, 0, sizeof(*thread));
	thread->name = name;
	thread->run = run;
}

/* The object of type `type` whose member `member` is at `pointer`. */
#define SIM_CONTAINER_OF(pointer, type, member) ((type *)((char *)(pointer) - offsetof(type, member)))

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

/*
 * The thread's name: the one given, otherwise "Thread-1" for the first thread that the main thread started, "Thread-1.2"
 * for the second that that one started, and so on: a name never depends on who came first. (Python numbers threads as
 * they are created.) NULL for a thread without a given name that has not been started, and after a misuse
 * (null-argument). The string lives as long as the thread, or as the name that was given.
 */
const char *sim_thread_name(struct sim_thread *thread);

/*
 * Gives the thread a name (not copied; NULL: none), before its start or later. Others that look at the same time must be
 * kept away by the caller. Returns SIM_OK, or SIM_MISUSE (null-argument).
 */
enum sim_status sim_thread_set_name(struct sim_thread *thread, const char *name);

/*
 * A number that identifies the thread: 0 before its start and after a misuse (null-argument). No other thread of the
 * process has it. Under the checker it is the same in all executions, as large as it may be.
 */
uint64_t sim_thread_ident(struct sim_thread *thread);

/*
 * Makes the thread one that the program does not wait for at its end, or not. Without this call it is what the thread is
 * that starts it; the main thread is no daemon. Returns SIM_OK, or SIM_MISUSE (daemon-after-start, null-argument).
 */
enum sim_status sim_thread_set_daemon(struct sim_thread *thread, bool daemon);

/* Whether the thread is a daemon, or would be if the caller started it. False after a misuse (null-argument). */
bool sim_thread_is_daemon(struct sim_thread *thread);

/* ---- the calling thread ----------------------------------------------------------------------------------------- */

/* The calling thread; NULL in threads that sim_thread_start() did not start, but for the main thread. */
struct sim_thread *sim_thread_current(void);

/* As sim_thread_ident(), of the calling thread, whoever started it. */
uint64_t sim_ident(void);

/* Lets others run first, if any can. Orders nothing; a correct program is correct without it. */
void sim_thread_yield(void);

/*
 * Ends the calling thread by an error, which `error` describes (NULL: misuse; it need not outlive the call): the thread
 * alone, as an uncaught exception does in Python, and it can be joined like any other that has ended. In the main thread
 * that is a return from main. Locks that it holds stay locked, scopes are not left.
 *
 * The error is told to the function that sim_on_thread_failure() installed. Without one it is a finding under the checker
 * (kind "exception"), and a line on standard error on real threads, where the main thread also makes the program's exit
 * status 1.
 */
__attribute__((noreturn)) void sim_thread_fail(const char *error);

/* ---- all threads ------------------------------------------------------------------------------------------------ */

/* The main thread. */
struct sim_thread *sim_thread_main(void);

/*
 * Which threads are alive at this moment, the main thread and the calling one included, daemons too; threads without a
 * sim_thread are not. The first `max` of them go to `list`, which may be NULL if max is 0: the main thread first, the
 * others in the order of their starts on real threads and of their default names under the checker. A thread in the list
 * may have ended when the call returns. Returns how many there are, also if that is more than `max`; 0 after a misuse
 * (null-argument).
 */
int sim_thread_enumerate(struct sim_thread **list, int max);

/* How many threads sim_thread_enumerate() would find. */
int sim_thread_active_count(void);

/* ---- hooks ------------------------------------------------------------------------------------------------------ */

/* Told of an error that ended `thread` (NULL: one without a sim_thread), on that thread. It may itself end the thread. */
typedef void sim_thread_failure_handler(struct sim_thread *thread, const char *error);

/* Told of a thread, on that thread, when its function is about to begin (`begins`), and when it has ended. */
typedef void sim_thread_hook(struct sim_thread *thread, bool begins);

/*
 * Installs a hook for the whole program; NULL: none. Returns the one installed before. Meant for the main thread before
 * it starts others: who starts or ends threads at the same time may use either.
 *
 * The failure handler replaces the report of sim_thread_fail() (Python's threading.excepthook). The other two are told of
 * threads that start later, a tracer outermost: two, so that a tracer and a profiler need not know of each other. (Python's
 * settrace() and setprofile() are told of each line and call as well, which C has no means for.)
 */
sim_thread_failure_handler *sim_on_thread_failure(sim_thread_failure_handler *handler);
sim_thread_hook *sim_thread_set_trace(sim_thread_hook *hook);
sim_thread_hook *sim_thread_set_profile(sim_thread_hook *hook);

#ifdef __cplusplus
}
#endif

#endif
