/*
 * Threads on real threads: detached POSIX threads, and a list of those that have not ended.
 *
 * Detached, because a sim_thread may be joined any number of times or never. A join waits for the state to change
 * instead; one guard and one condition variable serve all threads, since starts, joins and ends are rare. A sim_thread
 * is not touched any more once its state is "ended" and the guard released, so that a joiner may reuse its memory.
 */
#include <assert.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

#include "pt.h"

enum pt_thread_progress { PT_THREAD_UNSTARTED, PT_THREAD_ALIVE, PT_THREAD_ENDED };

/* In sim_thread.opaque; all zero: unstarted. Protected by pt_thread_guard. Lifetime: as long as the sim_thread. */
struct PT_IN_OPAQUE pt_thread {
	uint64_t progress; /* enum pt_thread_progress */
	uint64_t origin;   /* of its choices */
	struct sim_thread *next, *previous; /* in the list of those alive */
};

static_assert(sizeof(struct pt_thread) <= sizeof(((struct sim_thread *)0)->opaque),
	"a thread fits in its opaque words");

static pthread_mutex_t pt_thread_guard = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t pt_thread_ended;         /* broadcast at the end of each thread */
static struct sim_thread *pt_thread_alive;     /* list of the threads that have not ended */
static pthread_once_t pt_thread_prepared = PTHREAD_ONCE_INIT;
static _Thread_local struct sim_thread *pt_thread_self; /* NULL: not started by pt_thread_start() */

static struct pt_thread *pt_thread_state(struct sim_thread *thread)
{
	return (struct pt_thread *)thread->opaque;
}

static void pt_thread_link(struct sim_thread *thread)
{
	struct pt_thread *state = pt_thread_state(thread);

	state->progress = PT_THREAD_ALIVE;
	state->previous = NULL;
	state->next = pt_thread_alive;
	if (state->next != NULL)
		pt_thread_state(state->next)->previous = thread;
	pt_thread_alive = thread;
}

static void pt_thread_unlink(struct sim_thread *thread, enum pt_thread_progress progress)
{
	struct pt_thread *state = pt_thread_state(thread);

	if (state->previous != NULL)
		pt_thread_state(state->previous)->next = state->next;
	else
		pt_thread_alive = state->next;
	if (state->next != NULL)
		pt_thread_state(state->next)->previous = state->previous;
	state->progress = progress;
}

/* At exit: a program ends when its threads have ended. A thread that called exit() itself would wait for itself. */
static void pt_thread_wait_for_all(void)
{
	if (pt_thread_self != NULL)
		return;
	pthread_mutex_lock(&pt_thread_guard);
	while (pt_thread_alive != NULL)
		pthread_cond_wait(&pt_thread_ended, &pt_thread_guard);
	pthread_mutex_unlock(&pt_thread_guard);
}

static void pt_thread_before_fork(void)
{
	pthread_mutex_lock(&pt_thread_guard);
}

static void pt_thread_after_fork(void)
{
	pthread_mutex_unlock(&pt_thread_guard);
}

/* Only the forking thread lives on in the child; waiting for the others there would last for ever. */
static void pt_thread_in_child(void)
{
	struct sim_thread *thread = pt_thread_alive;

	while (thread != NULL) {
		struct sim_thread *next = pt_thread_state(thread)->next;

		if (thread != pt_thread_self)
			pt_thread_unlink(thread, PT_THREAD_ENDED);
		thread = next;
	}
	pt_cond_init(&pt_thread_ended);
	pthread_mutex_unlock(&pt_thread_guard);
}

static void pt_thread_prepare(void)
{
	pt_cond_init(&pt_thread_ended);
	pthread_atfork(pt_thread_before_fork, pt_thread_after_fork, pt_thread_in_child);
	atexit(pt_thread_wait_for_all);
}

/* Runs however the thread ends: by returning, by pthread_exit(), by cancellation. */
static void pt_thread_end(void *argument)
{
	struct sim_thread *thread = argument;

	pthread_mutex_lock(&pt_thread_guard);
	pt_thread_self = NULL;
	pt_thread_unlink(thread, PT_THREAD_ENDED);
	pthread_cond_broadcast(&pt_thread_ended);
	pthread_mutex_unlock(&pt_thread_guard);
}

static void *pt_thread_run(void *argument)
{
	struct sim_thread *thread = argument;

	pt_thread_self = thread;
	pt_choose_begin(pt_thread_state(thread)->origin);
	if (thread->name != NULL) {
		char name[16]; /* what Linux shows of it, the terminating zero included */

		snprintf(name, sizeof(name), "%s", thread->name);
		pthread_setname_np(pthread_self(), name);
	}
	pthread_cleanup_push(pt_thread_end, thread);
	thread->function(thread->argument);
	pthread_cleanup_pop(1);
	return NULL;
}

static int pt_thread_create(struct sim_thread *thread)
{
	pthread_attr_t attributes;
	pthread_t id;
	int error;

	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	error = pthread_create(&id, &attributes, pt_thread_run, thread);
	pthread_attr_destroy(&attributes);
	return error;
}

enum sim_status pt_thread_start(struct sim_thread *thread)
{
	enum sim_status status = SIM_OK;

	pthread_once(&pt_thread_prepared, pt_thread_prepare);
	pthread_mutex_lock(&pt_thread_guard);
	if (pt_thread_state(thread)->progress != PT_THREAD_UNSTARTED) {
		status = SIM_MISUSE;
	} else {
		pt_thread_state(thread)->origin = pt_choose_origin_of_child();
		pt_thread_link(thread);
		if (pt_thread_create(thread) != 0) {
			pt_thread_unlink(thread, PT_THREAD_UNSTARTED);
			status = SIM_NOMEM;
		}
	}
	pthread_mutex_unlock(&pt_thread_guard);
	if (status == SIM_MISUSE)
		pt_misuse("start-twice", "a thread was started that had been started before");
	return status;
}

/* The part of a join after the checks, with the guard held. Returns whether the thread has ended. */
static bool pt_thread_wait_end(struct sim_thread *thread, int64_t timeout_ns)
{
	struct pt_deadline deadline = pt_deadline_after(timeout_ns);
	bool in_time = timeout_ns != 0;

	while (pt_thread_state(thread)->progress == PT_THREAD_ALIVE && in_time)
		in_time = pt_cond_wait_until(&pt_thread_ended, &pt_thread_guard, &deadline);
	return pt_thread_state(thread)->progress != PT_THREAD_ALIVE;
}

enum sim_status pt_thread_join(struct sim_thread *thread, int64_t timeout_ns)
{
	bool unstarted, ended = false;

	if (thread == pt_thread_self) {
		pt_misuse("join-self", "a thread joins itself");
		return SIM_MISUSE;
	}
	pthread_mutex_lock(&pt_thread_guard);
	unstarted = pt_thread_state(thread)->progress == PT_THREAD_UNSTARTED;
	if (!unstarted)
		ended = pt_thread_wait_end(thread, timeout_ns);
	pthread_mutex_unlock(&pt_thread_guard);
	if (unstarted) {
		pt_misuse("join-unstarted", "a thread was joined that has not been started");
		return SIM_MISUSE;
	}
	if (ended)
		return SIM_OK;
	return timeout_ns == 0 ? SIM_BUSY : SIM_TIMEOUT;
}

bool pt_thread_is_alive(struct sim_thread *thread)
{
	bool alive;

	pthread_mutex_lock(&pt_thread_guard);
	alive = pt_thread_state(thread)->progress == PT_THREAD_ALIVE;
	pthread_mutex_unlock(&pt_thread_guard);
	return alive;
}

struct sim_thread *pt_thread_current(void)
{
	return pt_thread_self;
}

void pt_thread_yield(void)
{
	sched_yield();
}
