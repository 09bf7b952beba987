/*
 * What the files of the cooperative backend share. All functions: [thread].
 */
#ifndef SIM_COOP_H
#define SIM_COOP_H

#include <stdint.h>

#include "backend.h"
#include "object.h"

/* The index of the world's object for the primitive at `address`, which begins with its name. It is kept in the primitive's
 * word `known` (plus one): a primitive with 0 there is a new object, also where another one used to be. */
uint32_t coop_object(const void *address, uint64_t *known, enum sim_object_kind kind);

/* Makes `op` timed, unless the timeout is SIM_FOREVER. */
void coop_set_timeout(struct sim_op *op, int64_t timeout_ns);

/* Reports a broken rule and stops the calling thread. */
void coop_misuse(const char *cause, const char *what);

/* coop_thread.c */
enum sim_status coop_thread_start(struct sim_thread *thread);
enum sim_status coop_thread_join(struct sim_thread *thread, int64_t timeout_ns);
bool coop_thread_is_alive(struct sim_thread *thread);
struct sim_thread *coop_thread_current(void);
void coop_thread_yield(void);
uint64_t coop_thread_ident(struct sim_thread *thread);
void coop_thread_renamed(struct sim_thread *thread);
int coop_thread_enumerate(struct sim_thread **list, int max);
void coop_thread_failed(const char *error);
_Noreturn void coop_thread_exit(void);

/* coop_compose.c: the slots that compositions keep their data with. */
void coop_reads(const void *memory, size_t size);
void coop_writes(void *memory, size_t size);
void *coop_allocate(size_t size);
void coop_release(void *memory);
void **coop_locals(void);
uint64_t coop_ident(void);
bool coop_elapsed(int64_t since_ns, int64_t interval_ns);
void coop_print(const char *text, size_t n);

/* coop_semaphore.c */
enum sim_status coop_semaphore_acquire(struct sim_semaphore *semaphore, int64_t timeout_ns);
enum sim_status coop_semaphore_release(struct sim_semaphore *semaphore, int n);

/* coop_event.c */
void coop_event_set(struct sim_event_flag *event);
void coop_event_clear(struct sim_event_flag *event);
bool coop_event_is_set(struct sim_event_flag *event);
enum sim_status coop_event_wait(struct sim_event_flag *event, int64_t timeout_ns);

/* coop_rwlock.c */
enum sim_status coop_rwlock_read_acquire(struct sim_rwlock *lock, int64_t timeout_ns);
enum sim_status coop_rwlock_write_acquire(struct sim_rwlock *lock, int64_t timeout_ns);
enum sim_status coop_rwlock_release(struct sim_rwlock *lock);

/* coop_barrier.c */
enum sim_status coop_barrier_wait(struct sim_barrier *barrier, int64_t timeout_ns, int *index);
enum sim_status coop_barrier_abort(struct sim_barrier *barrier);
enum sim_status coop_barrier_reset(struct sim_barrier *barrier);
int coop_barrier_n_waiting(struct sim_barrier *barrier);
bool coop_barrier_broken(struct sim_barrier *barrier);

/* coop_once.c */
enum sim_status coop_once_call(struct sim_once *once, void (*function)(void *), void *argument);

/* coop_queue.c */
enum sim_status coop_queue_put(struct sim_queue *queue, void *item, int64_t priority, int64_t timeout_ns);
enum sim_status coop_queue_get(struct sim_queue *queue, void **item, int64_t timeout_ns);
int coop_queue_size(struct sim_queue *queue);
enum sim_status coop_queue_task_done(struct sim_queue *queue);
enum sim_status coop_queue_join(struct sim_queue *queue, int64_t timeout_ns);

#endif
