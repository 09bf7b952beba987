/*
 * Two locks, taken in opposite order: the ABBA deadlock.
 *
 * fun1 takes A, then B. fun2 takes B, then A. As long as one of them gets both locks before the other begins, all
 * goes well, and that is what happens nearly always. But let each take its first lock: now fun1 waits for B, which
 * fun2 holds, and fun2 waits for A, which fun1 holds. Neither will give up what it has, so both wait for ever, and
 * main, which waits for the two, waits with them.
 *
 * The sign is a cycle: A -> B in one thread, B -> A in another. deadlock_abba_fixed.c breaks it by taking the locks
 * in the same order everywhere.
 *
 * SIMCHECK-EXPECT: deadlock lock-cycle
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_lock A, B;
static int savings = 100, wallet = 10; /* savings: protected by A, wallet: by B */

static void fun1(void *unused)
{
	(void)unused;
	sim_lock_acquire(&A);
	sim_lock_acquire(&B); /* here, if fun2 has B */
	savings -= 5;
	wallet += 5;
	sim_lock_release(&B);
	sim_lock_release(&A);
}

static void fun2(void *unused)
{
	(void)unused;
	sim_lock_acquire(&B);
	sim_lock_acquire(&A); /* and here, if fun1 has A */
	wallet -= 3;
	savings += 3;
	sim_lock_release(&A);
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
	assert(savings == 98 && wallet == 12);
	return 0;
}
