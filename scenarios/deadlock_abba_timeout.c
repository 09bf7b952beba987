/*
 * Two locks in opposite order, and no deadlock, because one thread waits for its second lock only for a while.
 *
 * As deadlock_abba_try.c, but more patient: fun2 waits a second for A, and only then lets go of B. The cycle can still
 * come about, and lasts for that second. One thread with a timeout is enough to end it.
 *
 * simcheck does not count seconds: a timeout may come whenever the lock is not free, however soon, and the program has
 * to be right then, too. That is what makes this a proof, whatever the machine and its load.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_lock A, B;
static int savings = 100, wallet = 10; /* savings: protected by A, wallet: by B */
static int n_given_up;                 /* written by fun2 */

static void fun1(void *unused)
{
	(void)unused;
	sim_lock_acquire(&A);
	sim_lock_acquire(&B);
	savings -= 5;
	wallet += 5;
	sim_lock_release(&B);
	sim_lock_release(&A);
}

static void fun2(void *unused)
{
	(void)unused;
	sim_lock_acquire(&B);
	if (sim_lock_acquire_for(&A, SIM_NS_PER_S) == SIM_OK) {
		wallet -= 3;
		savings += 3;
		sim_lock_release(&A);
	} else {
		n_given_up++;
	}
	sim_lock_release(&B);
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
	assert(savings == 98 - 3 * n_given_up && wallet == 12 + 3 * n_given_up);
	return 0;
}
