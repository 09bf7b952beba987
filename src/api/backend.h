/*
 * The vtable: every primitive twice. A backend is one static table; the facade (src/api) forwards each public call to
 * the table that sim_backend_current() names. `pthread_backend` runs on POSIX threads, `coop_backend` announces each
 * call to the simulated world. One conformance body per primitive runs on both (tests/conformance).
 *
 * Rules for every slot: the facade has checked that pointers are not NULL and that a timeout is SIM_FOREVER or >= 0; a
 * zero-filled object is a valid, never-used one; a misuse is reported through misuse() and returns SIM_MISUSE. An
 * attempt with timeout 0 that would have had to wait returns SIM_BUSY (locks, join, semaphore, event); a wait on a
 * condition with timeout 0 returns SIM_TIMEOUT, for it does release the lock and take it again, and so does one at a
 * barrier, which it breaks.
 */
#ifndef SIM_BACKEND_H
#define SIM_BACKEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <simcheck/simcheck.h>

struct sim_backend {
	const char *name; /* "pthread" or "cooperative" */

	/*
	 * Threads. `start` settles thread->daemon and thread->own_name and has thread_run() (thread.h) called on a new thread,
	 * once; a second start is a misuse (start-twice). The main thread, thread_shared.main, counts as started.
	 */
	enum sim_status (*thread_start)(struct sim_thread *thread);
	enum sim_status (*thread_join)(struct sim_thread *thread, int64_t timeout_ns);
	bool (*thread_is_alive)(struct sim_thread *thread);
	struct sim_thread *(*thread_current)(void); /* NULL in foreign threads */
	void (*thread_yield)(void);
	uint64_t (*thread_ident)(struct sim_thread *thread); /* 0: has not been started */
	void (*thread_renamed)(struct sim_thread *thread);   /* a started one: its name has changed */
	int (*thread_enumerate)(struct sim_thread **list, int max); /* those alive: how many; up to `max` go to the list */
	void (*thread_failed)(const char *error); /* reports what the calling thread is about to end by */
	__attribute__((noreturn)) void (*thread_exit)(void); /* ends the calling thread; in the main thread: main returns */

	/* Has an invariant watched from now on; before main. */
	void (*invariant_add)(struct sim_invariant *invariant);

	/* Time, in nanoseconds; `now` has an arbitrary origin and never goes back. */
	void (*sleep)(int64_t duration_ns);
	int64_t (*now)(void);

	/* Lock: not re-entrant; may be released by a thread that does not hold it; timeout 0 does not wait. */
	enum sim_status (*lock_acquire)(struct sim_lock *lock, int64_t timeout_ns);
	enum sim_status (*lock_release)(struct sim_lock *lock);
	bool (*lock_locked)(struct sim_lock *lock);
	/* Whether the caller was the last to take the lock, and nobody has released it since; never waits. */
	bool (*lock_is_mine)(struct sim_lock *lock);

	/* Condition: the caller holds condition->lock, which the wait releases and takes again before it returns. */
	enum sim_status (*condition_wait)(struct sim_condition *condition, int64_t timeout_ns);
	enum sim_status (*condition_notify)(struct sim_condition *condition, int n);
	enum sim_status (*condition_notify_all)(struct sim_condition *condition);

	/* Semaphore: its initial value is in its public fields, not below 0; n is at least 1; timeout 0 does not wait. */
	enum sim_status (*semaphore_acquire)(struct sim_semaphore *semaphore, int64_t timeout_ns);
	enum sim_status (*semaphore_release)(struct sim_semaphore *semaphore, int n);

	/* Event: a flag; a wait that began before a set ends with SIM_OK even if the flag is cleared at once. */
	void (*event_set)(struct sim_event_flag *event);
	void (*event_clear)(struct sim_event_flag *event);
	bool (*event_is_set)(struct sim_event_flag *event);
	enum sim_status (*event_wait)(struct sim_event_flag *event, int64_t timeout_ns);

	/* Read-write lock: not re-entrant; released by a thread that holds it; timeout 0 does not wait. */
	enum sim_status (*rwlock_read_acquire)(struct sim_rwlock *lock, int64_t timeout_ns);
	enum sim_status (*rwlock_write_acquire)(struct sim_rwlock *lock, int64_t timeout_ns);
	enum sim_status (*rwlock_release)(struct sim_rwlock *lock);

	/* Barrier: has at least one party; `index` may be NULL; otherwise it is set whatever the result. */
	enum sim_status (*barrier_wait)(struct sim_barrier *barrier, int64_t timeout_ns, int *index);
	enum sim_status (*barrier_abort)(struct sim_barrier *barrier);
	enum sim_status (*barrier_reset)(struct sim_barrier *barrier);
	int (*barrier_n_waiting)(struct sim_barrier *barrier);
	bool (*barrier_broken)(struct sim_barrier *barrier);

	/* Once: calls the function or waits for the end of that call. */
	enum sim_status (*once_call)(struct sim_once *once, void (*function)(void *), void *argument);

	/* Queue: an item that does not fit in, or is not there, in time is SIM_FULL or SIM_EMPTY whatever the timeout; `item`
	 * is not NULL. A join with timeout 0 that would have had to wait returns SIM_BUSY. */
	enum sim_status (*queue_put)(struct sim_queue *queue, void *item, int64_t priority, int64_t timeout_ns);
	enum sim_status (*queue_get)(struct sim_queue *queue, void **item, int64_t timeout_ns);
	int (*queue_size)(struct sim_queue *queue);
	enum sim_status (*queue_task_done)(struct sim_queue *queue);
	enum sim_status (*queue_join)(struct sim_queue *queue, int64_t timeout_ns);

	/* One of n outcomes, 0..n-1: explored one after the other by the checker, drawn at random on real threads. */
	int (*choose)(int n);

	/*
	 * What is composed of other slots (src/api/rlock.c, src/compose) keeps its own data with these. `reads` and `writes`
	 * come before each access to memory that threads share: to the checker it is one of the program. Real threads need
	 * none of it. `allocate` gives zeroed memory, NULL if there is none left; `release` takes it back, from any thread.
	 */
	void (*reads)(const void *memory, size_t size);
	void (*writes)(void *memory, size_t size);
	void *(*allocate)(size_t size);
	void (*release)(void *memory);
	void **(*locals)(void);    /* a word of the calling thread's own, zero at its beginning */
	uint64_t (*ident)(void);   /* of the calling thread; not 0, and unlike that of all others that ever live */
	/* Whether `interval_ns` have passed since `since_ns`, or may have for all that the checker knows. */
	bool (*elapsed)(int64_t since_ns, int64_t interval_ns);
	void (*print)(const char *text, size_t n); /* to the program's standard output, in one piece */

	/* Reports a broken rule: `cause` is the finding's cause ("unlock-not-owner"), `what` a sentence about it. */
	void (*misuse)(const char *cause, const char *what);
};

extern const struct sim_backend pthread_backend;
extern const struct sim_backend coop_backend;

/* The lock of a condition; a zero-filled condition has its own. */
static inline struct sim_lock *backend_condition_lock(struct sim_condition *condition)
{
	return condition->lock != NULL ? condition->lock : &condition->own;
}

/*
 * The backend in force: the one that sim_backend_select() named last, else the default of the program. Process-wide;
 * select it before any primitive is used. With neither the process aborts: it was linked wrongly.
 */
const struct sim_backend *sim_backend_current(void);
void sim_backend_select(const struct sim_backend *backend);

/*
 * The default. Each program links exactly one definition: libsimcheck.a has the one of src/pthread/default.c, so that
 * programs run on real threads unasked; the library sim_api alone has default_none.c, so that the worker, which
 * selects its backend, does not draw in the pthread backend.
 */
extern const struct sim_backend *const sim_backend_default;

/* The handler that sim_on_misuse() installed; NULL: none. Backends on which handlers count ask here. */
sim_misuse_handler *misuse_handler(void);

#endif
