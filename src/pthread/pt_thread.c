/*
 * Threads on real threads: detached POSIX threads, and a list of those that have not ended.
 *
 * Detached, because a sim_thread may be joined any number of times or never. A join waits for the state to change
 * instead; one guard and one condition variable serve all threads, since starts, joins and ends are rare. A sim_thread
 * is not touched any more once its state is "ended" and the guard released, so that a joiner may reuse its memory.
 *
 * The main thread has ended when its exit begins: at the first of our handlers, in which it then waits for the others.
 */
#include <assert.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

#include "pt.h"
#include "thread.h"

enum pt_thread_progress { PT_THREAD_UNSTARTED, PT_THREAD_ALIVE, PT_THREAD_ENDED };

/* In sim_thread.opaque; all zero: unstarted. Protected by pt_thread_guard. Lifetime: as long as the sim_thread. */
struct PT_IN_OPAQUE pt_thread {
	uint64_t progress; /* enum pt_thread_progress */
	uint64_t origin;   /* of its choices */
	uint64_t ident;    /* its pt_self() */
	struct sim_thread *next, *previous; /* in the list of those alive */
};

static_assert(sizeof(struct pt_thread) <= sizeof(((struct sim_thread *)0)->opaque),
	"a thread fits in its opaque words");

static pthread_mutex_t pt_thread_guard = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t pt_thread_ended;   /* broadcast at the end of each thread */
static struct sim_thread *pt_thread_first, *pt_thread_last; /* list of the threads alive, in the order of their starts */
static struct pt_thread pt_thread_of_main = { .progress = PT_THREAD_ALIVE, .ident = PT_SELF_MAIN }; /* not in the list */
static pthread_once_t pt_thread_prepared = PTHREAD_ONCE_INIT;
static _Thread_local struct sim_thread *pt_thread_self; /* NULL: not started by pt_thread_start() */

static struct pt_thread *pt_thread_state(struct sim_thread *thread)
{
	return thread == &thread_shared.main ? &pt_thread_of_main : (struct pt_thread *)thread->opaque;
}

/* ---- the list --------------------------------------------------------------------------------------------------- */

static void pt_thread_link(struct sim_thread *thread)
{
	struct pt_thread *state = pt_thread_state(thread);

	state->progress = PT_THREAD_ALIVE;
	state->next = NULL;
	state->previous = pt_thread_last;
	if (pt_thread_last != NULL)
		pt_thread_state(pt_thread_last)->next = thread;
	else
		pt_thread_first = thread;
	pt_thread_last = thread;
}

static void pt_thread_unlink(struct sim_thread *thread, enum pt_thread_progress progress)
{
	struct pt_thread *state = pt_thread_state(thread);

	if (state->previous != NULL)
		pt_thread_state(state->previous)->next = state->next;
	else
		pt_thread_first = state->next;
	if (state->next != NULL)
		pt_thread_state(state->next)->previous = state->previous;
	else
		pt_thread_last = state->previous;
	state->progress = progress;
}

static bool pt_thread_detain(void)
{
	for (struct sim_thread *thread = pt_thread_first; thread != NULL; thread = pt_thread_state(thread)->next)
		if (thread->daemon != THREAD_DAEMON)
			return true;
	return false;
}

/* ---- the process ------------------------------------------------------------------------------------------------ */

/* Whether the caller is the thread that the process began with. */
static bool pt_thread_is_main(void)
{
	return pt_self() == PT_SELF_MAIN;
}

/*
 * At exit: a program ends when its threads have ended, but for daemons. A thread that called exit() itself would wait
 * for itself.
 */
static void pt_thread_wait_for_all(void)
{
	if (pt_thread_self != NULL)
		return;
	pthread_mutex_lock(&pt_thread_guard);
	if (pt_thread_is_main()) {
		pt_thread_of_main.progress = PT_THREAD_ENDED;
		pthread_cond_broadcast(&pt_thread_ended);
	}
	while (pt_thread_detain())
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
	struct sim_thread *thread = pt_thread_first;

	while (thread != NULL) {
		struct sim_thread *next = pt_thread_state(thread)->next;

		if (thread != pt_thread_self)
			pt_thread_unlink(thread, PT_THREAD_ENDED);
		thread = next;
	}
	if (!pt_thread_is_main())
		pt_thread_of_main.progress = PT_THREAD_ENDED;
	pt_cond_init(&pt_thread_ended);
	pthread_mutex_unlock(&pt_thread_guard);
}

static void pt_thread_prepare(void)
{
	pt_cond_init(&pt_thread_ended);
	pthread_atfork(pt_thread_before_fork, pt_thread_after_fork, pt_thread_in_child);
	atexit(pt_thread_wait_for_all);
}

/* ---- start and end ---------------------------------------------------------------------------------------------- */

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

/* For debuggers. */
static void pt_thread_name_native(const struct sim_thread *thread)
{
	char name[16]; /* what Linux shows of it, the terminating zero included */

	snprintf(name, sizeof(name), "%.15s", thread->name != NULL ? thread->name : thread->own_name);
	pthread_setname_np(pthread_self(), name);
}

static void *pt_thread_main(void *argument)
{
	struct sim_thread *thread = argument;

	pt_thread_self = thread;
	pt_self_adopt(pt_thread_state(thread)->ident);
	pt_choose_begin(pt_thread_state(thread)->origin);
	pt_thread_name_native(thread);
	pthread_cleanup_push(pt_thread_end, thread);
	thread_run(thread);
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
	error = pthread_create(&id, &attributes, pt_thread_main, thread);
	pthread_attr_destroy(&attributes);
	return error;
}

/* What the thread is, before it runs. Threads that were not started by us name theirs as the main thread does. */
static void pt_thread_settle(struct sim_thread *thread)
{
	struct pt_thread *state = pt_thread_state(thread);
	uint64_t nth;

	state->origin = pt_choose_origin_of_child(&nth);
	state->ident = pt_self_draw();
	thread->daemon = thread_becomes_daemon(thread) ? THREAD_DAEMON : THREAD_WAITED_FOR;
	if (pt_thread_self == NULL)
		snprintf(thread->own_name, sizeof(thread->own_name), "Thread-%u", (unsigned)nth);
	else
		snprintf(thread->own_name, sizeof(thread->own_name), "%.28s.%u", pt_thread_self->own_name, (unsigned)nth);
}

enum sim_status pt_thread_start(struct sim_thread *thread)
{
	enum sim_status status = SIM_OK;

	pthread_once(&pt_thread_prepared, pt_thread_prepare);
	pthread_mutex_lock(&pt_thread_guard);
	if (pt_thread_state(thread)->progress != PT_THREAD_UNSTARTED) {
		status = SIM_MISUSE;
	} else {
		uint64_t daemon = thread->daemon;

		pt_thread_settle(thread);
		pt_thread_link(thread);
		if (pt_thread_create(thread) != 0) {
			pt_thread_unlink(thread, PT_THREAD_UNSTARTED);
			pt_thread_state(thread)->ident = 0;
			thread->daemon = daemon;
			status = SIM_NOMEM;
		}
	}
	pthread_mutex_unlock(&pt_thread_guard);
	if (status == SIM_MISUSE)
		pt_misuse("start-twice", "a thread was started that had been started before");
	return status;
}

void pt_thread_failed(const char *error)
{
	struct sim_thread *thread = pt_thread_current();

	fprintf(stderr, "simcheck: exception in %s: %s\n", thread != NULL ? sim_thread_name(thread) : "a thread", error);
}

void pt_thread_exit(void)
{
	if (pt_thread_is_main())
		exit(EXIT_FAILURE);
	pthread_exit(NULL);
}

/* ---- joins ------------------------------------------------------------------------------------------------------ */

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

	if (thread == pt_thread_current()) {
		pt_misuse("join-self", "a thread joins itself");
		return SIM_MISUSE;
	}
	pthread_once(&pt_thread_prepared, pt_thread_prepare);
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

/* ---- what threads are ------------------------------------------------------------------------------------------- */

bool pt_thread_is_alive(struct sim_thread *thread)
{
	bool alive;

	pthread_mutex_lock(&pt_thread_guard);
	alive = pt_thread_state(thread)->progress == PT_THREAD_ALIVE;
	pthread_mutex_unlock(&pt_thread_guard);
	return alive;
}

uint64_t pt_thread_ident(struct sim_thread *thread)
{
	uint64_t ident;

	pthread_mutex_lock(&pt_thread_guard);
	ident = pt_thread_state(thread)->ident;
	pthread_mutex_unlock(&pt_thread_guard);
	return ident;
}

/* Only its own thread can tell the system without the risk that it has just ended. */
void pt_thread_renamed(struct sim_thread *thread)
{
	if (thread == pt_thread_self)
		pt_thread_name_native(thread);
}

int pt_thread_enumerate(struct sim_thread **list, int max)
{
	int n = 0;

	pthread_mutex_lock(&pt_thread_guard);
	if (pt_thread_of_main.progress == PT_THREAD_ALIVE) {
		if (n < max)
			list[n] = &thread_shared.main;
		n++;
	}
	for (struct sim_thread *thread = pt_thread_first; thread != NULL; thread = pt_thread_state(thread)->next) {
		if (n < max)
			list[n] = thread;
		n++;
	}
	pthread_mutex_unlock(&pt_thread_guard);
	return n;
}

struct sim_thread *pt_thread_current(void)
{
	return pt_thread_is_main() ? &thread_shared.main : pt_thread_self;
}

void pt_thread_yield(void)
{
	sched_yield();
}
