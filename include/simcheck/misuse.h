/*
 * What happens when a primitive's rules are broken.
 *
 * Each broken rule has a cause, a short name that reports and tests rely on:
 *   release-unlocked      sim_lock_release() of a lock that nobody holds
 *   release-not-owner     sim_rlock_release() or sim_gil_release() by a thread that does not hold it
 *   wait-without-lock     sim_condition_wait() by a thread that does not hold the condition's lock
 *   notify-without-lock   sim_condition_notify() by a thread that does not hold the condition's lock
 *   release-above-initial sim_semaphore_release() of a bounded semaphore above its initial value
 *   negative-value        a semaphore whose initial value is below 0
 *   bad-count             sim_semaphore_release() of fewer than one
 *   release-not-holder    sim_rwlock_release() by a thread that holds the lock neither for reading nor for writing
 *   bad-parties           sim_barrier_wait() at a barrier for fewer than one thread
 *   start-twice           sim_thread_start() of a thread that was started before
 *   join-unstarted        sim_thread_join() of a thread that was not started
 *   join-self             sim_thread_join() of the calling thread
 *   daemon-after-start    sim_thread_set_daemon() of a thread that was started before
 *   done-too-often        sim_queue_task_done() more often than items were put
 *   bad-timeout           a negative duration other than SIM_FOREVER, or one above SIM_TIMEOUT_MAX
 *   bad-order             a queue whose order is none of enum sim_queue_order
 *   submit-after-shutdown sim_executor_submit() to an executor that was shut down
 *   bad-workers           sim_executor_submit() to an executor whose max_workers is out of range
 *   bad-choice            sim_choose() among fewer than one outcome
 *   null-argument         NULL where an object or a function is needed
 *
 * Under the checker a misuse is a finding (kind "misuse"): it ends the thread that made the call, the others go on,
 * and handlers are not called. On real threads the handler decides; without one the process prints "simcheck: misuse
 * (CAUSE): SENTENCE" on standard error and aborts. That is stricter than Python, where misuse raises an exception, and
 * the same in spirit: C has nothing that an unprepared caller could not overlook.
 */
#ifndef SIMCHECK_MISUSE_H
#define SIMCHECK_MISUSE_H

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Called on real threads with the cause and a sentence; both strings are valid during the call only. It runs on the
 * thread that broke the rule, with none of the library's internal locks held, and may be called by several threads at
 * once. When it returns, the misusing call changes nothing and returns SIM_MISUSE (false, 0 or nothing where it has no
 * status). It may also leave by abort(), exit() or longjmp().
 */
typedef void sim_misuse_handler(const char *cause, const char *what);

/*
 * Installs `handler` for the whole process; NULL brings the default back. Returns the handler that was installed
 * before, NULL for the default. Any thread, any time.
 */
sim_misuse_handler *sim_on_misuse(sim_misuse_handler *handler);

#ifdef __cplusplus
}
#endif

#endif
