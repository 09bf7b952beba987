/*
 * Two threads print the even and the odd numbers in turn, in order, and both end.
 *
 * The repaired twin of even_odd.c. Whose turn it is, is written down: `next` is the next number. A thread waits while
 * the next number is not of its kind, so it does not matter who comes first; it releases the lock after each number;
 * and it waits before its number, not after, so that nobody waits when all is done.
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

static void print_from(int first)
{
	for (int i = first; i <= LAST; i += 2) {
		sim_condition_acquire(&turn);
		while (next % 2 != i % 2)
			sim_condition_wait(&turn);
		assert(next == i);
		printf("%d\n", i);
		next++;
		sim_condition_notify(&turn, 1);
		sim_condition_release(&turn);
	}
}

static void print_even(void *unused)
{
	(void)unused;
	print_from(0);
}

static void print_odd(void *unused)
{
	(void)unused;
	print_from(1);
}

int main(void)
{
	struct sim_thread even, odd;

	sim_thread_init(&even, "even", print_even, NULL);
	sim_thread_init(&odd, "odd", print_odd, NULL);
	sim_thread_start(&odd);
	sim_thread_start(&even);
	sim_thread_join(&odd);
	sim_thread_join(&even);
	assert(next == LAST + 1);
	return 0;
}
