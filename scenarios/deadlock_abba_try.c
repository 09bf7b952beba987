/*
 * Two locks in opposite order, and no deadlock, because nobody waits for the second.
 *
 * Another way out of deadlock_abba.c, for when the order cannot be the same everywhere. fun2 has B and tries A: if
 * fun1 holds it, fun2 lets go of B and does not make its change. A thread that never waits while it holds something
 * cannot be part of a cycle. The price: what was not done has to be done later, or never; here it is only counted.
 *
 * Trying again at once, in a loop, would be a mistake of its own: two threads that both step back can go on doing so
 * for ever.
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
	if (sim_lock_try_acquire(&A)) {
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
