/*
 * Two threads print the even and the odd numbers in turn: each takes the lock in every round, and never releases it.
 *
 * The odd thread waits until it is told, prints, and tells the even thread; the even thread prints, tells, and waits.
 * That the lock is never released seems to do no harm: it is one that its owner may take again, and a wait gives it up
 * altogether. So they do take turns, and all seems well until the end:
 *
 * - The odd thread comes first: the numbers come in order, but then the odd thread ends, and it still has the lock.
 *   The even thread has been notified, and can never return from its wait: nobody is left to release the lock.
 * - The even thread comes first: it notifies before the odd thread waits, and nobody hears it.
 *
 * SIMCHECK-EXPECT: deadlock orphaned-lock
 * SIMCHECK-EXPECT: deadlock lost-wakeup
 */
#include <stddef.h>
#include <stdio.h>

#include <simcheck/simcheck.h>

enum { LAST = 3 };

static struct sim_rlock lock;
static struct sim_condition turn; /* over lock */

static void print_even(void *unused)
{
	(void)unused;
	for (int i = 0; i <= LAST; i += 2) {
		sim_condition_acquire(&turn);
		printf("%d\n", i);
		sim_condition_notify(&turn, 1);
		sim_condition_wait(&turn);
	}
}

static void print_odd(void *unused)
{
	(void)unused;
	for (int i = 1; i <= LAST; i += 2) {
		sim_condition_acquire(&turn);
		sim_condition_wait(&turn);
		printf("%d\n", i);
		sim_condition_notify(&turn, 1);
	}
}

int main(void)
{
	struct sim_thread even, odd;

	sim_condition_init_rlock(&turn, NULL, &lock);
	sim_thread_init(&even, "even", print_even, NULL);
	sim_thread_init(&odd, "odd", print_odd, NULL);
	sim_thread_start(&odd);
	sim_thread_start(&even);
	sim_thread_join(&odd);
	sim_thread_join(&even);
	return 0;
}
