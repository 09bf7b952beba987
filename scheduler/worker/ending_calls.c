/*
 * What one of these functions does when its thread is alone depends only on its arguments, on memory that it announces, and
 * on the state that an ending is recognised by; or it asks for an object or for a block of the heap, or announces an
 * operation, which ends the recording of the ending. Functions with a state of their own (errno, streams that are read,
 * thread-specific data) are not among them.
 */
#include "ending_calls.h"

#include <stddef.h>

#include "outside.h"

static const char *const ending_calls[] = {
	"_ITM_deregisterTMCloneTable",
	"_ITM_registerTMCloneTable",
	"__cxa_finalize",
	"__gmon_start__",
	"__wrap___assert_fail",
	"__wrap___ubsan_handle_out_of_bounds",
	"__wrap_abort",
	"__wrap_calloc",
	"__wrap_free",
	"__wrap_malloc",
	"__wrap_printf",
	"__wrap_pthread_barrier_destroy",
	"__wrap_pthread_barrier_init",
	"__wrap_pthread_barrier_wait",
	"__wrap_pthread_cond_broadcast",
	"__wrap_pthread_cond_destroy",
	"__wrap_pthread_cond_init",
	"__wrap_pthread_cond_signal",
	"__wrap_pthread_cond_wait",
	"__wrap_pthread_create",
	"__wrap_pthread_detach",
	"__wrap_pthread_equal",
	"__wrap_pthread_join",
	"__wrap_pthread_mutex_destroy",
	"__wrap_pthread_mutex_init",
	"__wrap_pthread_mutex_lock",
	"__wrap_pthread_mutex_trylock",
	"__wrap_pthread_mutex_unlock",
	"__wrap_pthread_rwlock_destroy",
	"__wrap_pthread_rwlock_init",
	"__wrap_pthread_rwlock_rdlock",
	"__wrap_pthread_rwlock_unlock",
	"__wrap_pthread_rwlock_wrlock",
	"__wrap_pthread_self",
	"__wrap_putchar",
	"__wrap_puts",
	"__wrap_sem_destroy",
	"__wrap_sem_init",
	"__wrap_sem_post",
	"__wrap_sem_wait",
	NULL,
};

bool ending_calls_are_known(const struct loaded *loaded)
{
	return outside_refers_only(loaded, ending_calls);
}
