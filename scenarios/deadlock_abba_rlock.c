/*
 * The two functions of deadlock_abba.c, with one re-entrant lock in the place of both: no deadlock.
 *
 * There each function takes two locks, in opposite order. Where one lock protects all, there is no order to get
 * wrong, and as it may be taken again by the thread that has it, the functions can stay as they are: the second
 * acquire is a matter of counting. The price is that two changes of different accounts now wait for each other.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_rlock lock;
static struct sim_rlock *A = &lock, *B = &lock;
static int savings = 100, wallet = 10; /* protected by the lock */

static void fun1(void *unused)
{
	(void)unused;
	sim_rlock_acquire(A);
	sim_rlock_acquire(B);
	savings -= 5;
	wallet += 5;
	sim_rlock_release(B);
	sim_rlock_release(A);
}

static void fun2(void *unused)
{
	(void)unused;
	sim_rlock_acquire(B);
	sim_rlock_acquire(A);
	wallet -= 3;
	savings += 3;
	sim_rlock_release(A);
	sim_rlock_release(B);
}

int main(void)
{
	struct sim_thread t1, t2;

	sim_thread_init(&t1, "T1", fun1, NULL);
	sim_thread_init(&t2, "T2", fun2, NULL);
	sim_thread_start(&t1);
	sim_thread_start(&t2);
	sim_thread_join(&t1);
	sim_thread_join(&t2);
	assert(savings == 98 && wallet == 12);
	return 0;
}
