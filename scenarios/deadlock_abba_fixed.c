/*
 * Two locks, taken in the same order everywhere: no ABBA deadlock.
 *
 * The repaired twin of deadlock_abba.c. Both threads take A before B. Whoever has A will get B, because nobody who
 * has B still wants A; so somebody can always go on, and the other one follows.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_lock A, B; /* taken in this order */
static int savings = 100, wallet = 10; /* savings: protected by A, wallet: by B */

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
	sim_lock_acquire(&A);
	sim_lock_acquire(&B);
	wallet -= 3;
	savings += 3;
	sim_lock_release(&B);
	sim_lock_release(&A);
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
