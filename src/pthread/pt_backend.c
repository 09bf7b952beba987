/* The table of the pthread backend, and how it reports misuse. */
#include <stdio.h>
#include <stdlib.h>

#include "pt.h"

void pt_misuse(const char *cause, const char *what)
{
	sim_misuse_handler *handler = misuse_handler();

	if (handler != NULL) {
		handler(cause, what);
		return;
	}
	fprintf(stderr, "simcheck: misuse (%s): %s\n", cause, what);
	abort();
}

const struct sim_backend pthread_backend = {
	.name = "pthread",
	.thread_start = pt_thread_start,
	.thread_join = pt_thread_join,
	.thread_is_alive = pt_thread_is_alive,
	.thread_current = pt_thread_current,
	.thread_yield = pt_thread_yield,
	.thread_ident = pt_thread_ident,
	.thread_renamed = pt_thread_renamed,
	.thread_enumerate = pt_thread_enumerate,
	.thread_failed = pt_thread_failed,
	.thread_exit = pt_thread_exit,
	.sleep = pt_sleep,
	.now = pt_now,
	.lock_acquire = pt_lock_acquire,
	.lock_release = pt_lock_release,
	.lock_locked = pt_lock_locked,
	.lock_is_mine = pt_lock_is_mine,
	.condition_wait = pt_condition_wait,
	.condition_notify = pt_condition_notify,
	.condition_notify_all = pt_condition_notify_all,
	.semaphore_acquire = pt_semaphore_acquire,
	.semaphore_release = pt_semaphore_release,
	.event_set = pt_event_set,
	.event_clear = pt_event_clear,
	.event_is_set = pt_event_is_set,
	.event_wait = pt_event_wait,
	.rwlock_read_acquire = pt_rwlock_read_acquire,
	.rwlock_write_acquire = pt_rwlock_write_acquire,
	.rwlock_release = pt_rwlock_release,
	.barrier_wait = pt_barrier_wait,
	.barrier_abort = pt_barrier_abort,
	.barrier_reset = pt_barrier_reset,
	.barrier_n_waiting = pt_barrier_n_waiting,
	.barrier_broken = pt_barrier_broken,
	.once_call = pt_once_call,
	.queue_put = pt_queue_put,
	.queue_get = pt_queue_get,
	.queue_size = pt_queue_size,
	.queue_task_done = pt_queue_task_done,
	.queue_join = pt_queue_join,
	.invariant_add = pt_invariant_add,
	.choose = pt_choose,
	.reads = pt_reads,
	.writes = pt_writes,
	.allocate = pt_allocate,
	.release = pt_release,
	.locals = pt_locals,
	.ident = pt_self,
	.elapsed = pt_elapsed,
	.print = pt_print,
	.misuse = pt_misuse,
};
