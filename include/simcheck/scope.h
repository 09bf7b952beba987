/*
 * Scoped locking: what a block acquires at its top is released on every way out of it.
 *
 *	{
 *		SIM_SCOPED(&lock);
 *		if (n_items == 0)
 *			return NULL;    releases
 *		...
 *	}                               releases
 *
 * Semantics: Python's `with lock:`. Falling off the end, return, break, continue and goto release; several of a
 * block are released in reverse order. Ways out that do not unwind a C block release nothing: sim_thread_fail(),
 * exit(), longjmp(), pthread_exit(). C only; needs the attribute `cleanup` of gcc and clang.
 */
#ifndef SIMCHECK_SCOPE_H
#define SIMCHECK_SCOPE_H

#include <simcheck/condition.h>
#include <simcheck/gil.h>
#include <simcheck/lock.h>
#include <simcheck/rlock.h>
#include <simcheck/semaphore.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a block holds. Lifetime: that of the block. */
struct sim_scope {
	void *object; /* NULL: nothing */
	int kind;
};

#define SIM_SCOPE_JOIN_(a, b) a##b
#define SIM_SCOPE_NAME_(line) SIM_SCOPE_JOIN_(sim_scope_, line)

/*
 * As a declaration: acquires `object`, a pointer to a sim_lock, sim_rlock, sim_condition (its lock), sim_semaphore or sim_gil,
 * and releases it at the end of the enclosing block. After a misuse (null-argument) nothing is held. One on each line.
 */
#define SIM_SCOPED(object) \
	struct sim_scope SIM_SCOPE_NAME_(__LINE__) __attribute__((cleanup(sim_scope_end), unused)) = _Generic((object), \
		struct sim_lock *: sim_scope_lock, \
		struct sim_rlock *: sim_scope_rlock, \
		struct sim_condition *: sim_scope_condition, \
		struct sim_semaphore *: sim_scope_semaphore, \
		struct sim_gil *: sim_scope_gil)(object)

/* What SIM_SCOPED() is made of: acquire, and release what was acquired. */
struct sim_scope sim_scope_lock(struct sim_lock *lock);
struct sim_scope sim_scope_rlock(struct sim_rlock *rlock);
struct sim_scope sim_scope_condition(struct sim_condition *condition);
struct sim_scope sim_scope_semaphore(struct sim_semaphore *semaphore);
struct sim_scope sim_scope_gil(struct sim_gil *gil);
void sim_scope_end(struct sim_scope *scope);

#ifdef __cplusplus
}
#endif

#endif
