/*
 * Two threads print the even and the odd numbers in turn, with scoped locking: all goes well up to the last number.
 *
 * The lock is released on every way out of a round, and whose turn it is, is written down: the mistakes of even_odd.c
 * are not made here. But after its number each thread waits until the other has printed the next one. After the last
 * number there is no next one: whoever has printed it waits for a notification that nobody will send.
 *
 * SIMCHECK-EXPECT: deadlock lost-wakeup
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
		sim_condition_wait(&turn); /* until the other has printed */
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
