/* What atomic blocks of verification benchmarks, and assumptions, cannot contain. */
#include <pthread.h>
#include <stdlib.h>

extern void __VERIFIER_atomic_begin(void), __VERIFIER_atomic_end(void), __VERIFIER_assume(int holds);
extern void *__VERIFIER_nondet_pointer(void);

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;

static void *use(void *unused)
{
	__VERIFIER_atomic_begin();
	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
	__VERIFIER_atomic_end();
	return unused;
}

void lock_that_is_held(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, use, NULL);
	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
}

void thread_started(void)
{
	pthread_t thread;

	__VERIFIER_atomic_begin();
	pthread_create(&thread, NULL, use, NULL);
	__VERIFIER_atomic_end();
}

void wait_for_a_condition(void)
{
	pthread_mutex_lock(&mutex);
	__VERIFIER_atomic_begin();
	pthread_cond_wait(&condition, &mutex);
	__VERIFIER_atomic_end();
}

void end_of_the_program(void)
{
	__VERIFIER_atomic_begin();
	exit(0);
}

void all_pruned(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, use, NULL);
	__VERIFIER_assume(0);
}

void address_chosen(void)
{
	if (__VERIFIER_nondet_pointer())
		abort();
}
