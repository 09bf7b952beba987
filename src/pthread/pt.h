/*
 * What the files of the pthread backend share.
 *
 * Locking order: one guard of a gate, or the guard of the threads (pt_thread.c), never both; both before the guard of
 * lazy initialisation (pt_gate.c). No guard is held while foreign code runs: misuse is reported after the guard is
 * released.
 */
#ifndef SIM_PT_H
#define SIM_PT_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "backend.h"

/* The pthread objects live in the opaque words of the public ones. */
#define PT_IN_OPAQUE __attribute__((may_alias))

/* Lifetime: one wait. A moment on CLOCK_MONOTONIC until which to wait. */
struct pt_deadline {
	bool forever;
	struct timespec at; /* undefined if forever */
};

/*
 * What the state of a primitive is guarded by, and what changes of it are told with. All zero: never used; several threads
 * may be the first to. The guard is held for a few instructions only. Lifetime: that of what it is part of.
 */
struct PT_IN_OPAQUE pt_gate {
	atomic_int prepared; /* the others are initialised */
	pthread_mutex_t guard;
	pthread_cond_t changed;
};

/*
 * State of a lock, in sim_lock.opaque; all zero: free and never used. The guard protects the waiters of the conditions
 * over the lock as well; `changed` is signalled at each release. Lifetime: from the first use until the memory goes away.
 */
struct PT_IN_OPAQUE pt_lock {
	struct pt_gate gate;
	uint64_t owner; /* pt_self() of the thread that took it; 0: free */
};

/* pt_time.c */
struct pt_deadline pt_deadline_after(int64_t timeout_ns);
/* A condition variable whose timeouts run on CLOCK_MONOTONIC. */
void pt_cond_init(pthread_cond_t *cond);
/* Waits for a signal, or without cause, until the deadline at most. Returns false when the deadline has passed. */
bool pt_cond_wait_until(pthread_cond_t *cond, pthread_mutex_t *guard, const struct pt_deadline *deadline);
void pt_sleep(int64_t duration_ns);
int64_t pt_now(void);

/* pt_gate.c */
/* Prepares the gate for use, if nobody has. */
void pt_gate_prepare(struct pt_gate *gate);
/* Waits, with the guard held, for a change until the deadline at most. Returns false when the deadline has passed. */
static inline bool pt_gate_wait(struct pt_gate *gate, const struct pt_deadline *deadline)
{
	return pt_cond_wait_until(&gate->changed, &gate->guard, deadline);
}

/* pt_self.c */
/* A number that no other thread of the process has, had, or will have; never 0. A new thread may adopt one that was drawn
 * for it, before it asks for its own. */
enum { PT_SELF_MAIN = 1 }; /* that of the main thread */
uint64_t pt_self(void);
uint64_t pt_self_draw(void);
void pt_self_adopt(uint64_t self);

/* pt_lock.c */
/* The state of `lock`, ready for use. */
struct pt_lock *pt_lock_state(struct sim_lock *lock);
/* With the guard held: take the lock, waiting until `deadline` at most (returns whether it did); free it. */
bool pt_lock_take(struct pt_lock *state, const struct pt_deadline *deadline);
void pt_lock_free(struct pt_lock *state);
enum sim_status pt_lock_acquire(struct sim_lock *lock, int64_t timeout_ns);
enum sim_status pt_lock_release(struct sim_lock *lock);
bool pt_lock_locked(struct sim_lock *lock);
bool pt_lock_is_mine(struct sim_lock *lock);

/* pt_condition.c */
enum sim_status pt_condition_wait(struct sim_condition *condition, int64_t timeout_ns);
enum sim_status pt_condition_notify(struct sim_condition *condition, int n);
enum sim_status pt_condition_notify_all(struct sim_condition *condition);

/* pt_semaphore.c */
enum sim_status pt_semaphore_acquire(struct sim_semaphore *semaphore, int64_t timeout_ns);
enum sim_status pt_semaphore_release(struct sim_semaphore *semaphore, int n);

/* pt_event.c */
void pt_event_set(struct sim_event_flag *event);
void pt_event_clear(struct sim_event_flag *event);
bool pt_event_is_set(struct sim_event_flag *event);
enum sim_status pt_event_wait(struct sim_event_flag *event, int64_t timeout_ns);

/* pt_rwlock.c */
enum sim_status pt_rwlock_read_acquire(struct sim_rwlock *lock, int64_t timeout_ns);
enum sim_status pt_rwlock_write_acquire(struct sim_rwlock *lock, int64_t timeout_ns);
enum sim_status pt_rwlock_release(struct sim_rwlock *lock);

/* pt_barrier.c */
enum sim_status pt_barrier_wait(struct sim_barrier *barrier, int64_t timeout_ns, int *index);
enum sim_status pt_barrier_abort(struct sim_barrier *barrier);
enum sim_status pt_barrier_reset(struct sim_barrier *barrier);
int pt_barrier_n_waiting(struct sim_barrier *barrier);
bool pt_barrier_broken(struct sim_barrier *barrier);

/* pt_once.c */
enum sim_status pt_once_call(struct sim_once *once, void (*function)(void *), void *argument);

/* pt_queue.c */
enum sim_status pt_queue_put(struct sim_queue *queue, void *item, int64_t priority, int64_t timeout_ns);
enum sim_status pt_queue_get(struct sim_queue *queue, void **item, int64_t timeout_ns);
int pt_queue_size(struct sim_queue *queue);
enum sim_status pt_queue_task_done(struct sim_queue *queue);
enum sim_status pt_queue_join(struct sim_queue *queue, int64_t timeout_ns);

/* pt_thread.c */
enum sim_status pt_thread_start(struct sim_thread *thread);
enum sim_status pt_thread_join(struct sim_thread *thread, int64_t timeout_ns);
bool pt_thread_is_alive(struct sim_thread *thread);
struct sim_thread *pt_thread_current(void);
void pt_thread_yield(void);
uint64_t pt_thread_ident(struct sim_thread *thread);
void pt_thread_renamed(struct sim_thread *thread);
int pt_thread_enumerate(struct sim_thread **list, int max);
void pt_thread_failed(const char *error);
_Noreturn void pt_thread_exit(void);

/* pt_invariant.c */
void pt_invariant_add(struct sim_invariant *invariant);

/* pt_choose.c */
/* What the sequence of the thread that the caller starts next depends on, and how that thread adopts it. `nth` is set to
 * the number of threads that the caller has started, that one included. */
uint64_t pt_choose_origin_of_child(uint64_t *nth);
void pt_choose_begin(uint64_t origin);
int pt_choose(int n);

/* pt_compose.c */
void pt_reads(const void *memory, size_t size);
void pt_writes(void *memory, size_t size);
void *pt_allocate(size_t size);
void pt_release(void *memory);
void **pt_locals(void);
bool pt_elapsed(int64_t since_ns, int64_t interval_ns);
void pt_print(const char *text, size_t n);

/* pt_backend.c */
void pt_misuse(const char *cause, const char *what);

#endif
