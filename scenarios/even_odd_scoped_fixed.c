/*
 * Two threads print the even and the odd numbers in turn, with scoped locking, in order, and both end.
 *
 * The repaired twin of even_odd_scoped.c. A thread waits before its number, for the fact that it is its turn, and for
 * nothing after it: the wait at the top of the next round is enough, and there is none after the last.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>
#include <stdio.h>

#include <simcheck/simcheck.h>

enum { LAST = 3 };

static struct sim_condition turn;
static int next; /* protected by the lock of `turn` */

static void print_from(void *first)
{
	for (int i = *(int *)first; i <= LAST; i += 2) {
		SIM_SCOPED(&turn);
		while (next != i)
			sim_condition_wait(&turn);
		printf("%d\n", i);
		next++;
		sim_condition_notify(&turn, 1);
	}
}

int main(void)
{
	struct sim_thread even, odd;
	int zero = 0, one = 1;

	sim_thread_init(&even, "even", print_from, &zero);
	sim_thread_init(&odd, "odd", print_from, &one);
	sim_thread_start(&odd);
	sim_thread_start(&even);
	sim_thread_join(&odd);
	sim_thread_join(&even);
	assert(next == LAST + 1);
	return 0;
}
