/*
 * A lock made of one flag, raised and looked at in one step.
 *
 * The repaired twin of two_flags.c. The exchange raises the flag and says whether it was up before, and nothing fits
 * in between: of two threads that come at once exactly one sees it down. This is a spin lock.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static atomic_bool flag;
static int counter; /* protected by flag */

static void count(void *unused)
{
	(void)unused;
	while (atomic_exchange(&flag, true))
		; /* somebody is inside */
	counter++;
	flag = false;
}

int main(void)
{
	struct sim_thread t1, t2;

	sim_thread_init(&t1, "T1", count, NULL);
	sim_thread_init(&t2, "T2", count, NULL);
	sim_thread_start(&t1);
	sim_thread_start(&t2);
	sim_thread_join(&t1);
	sim_thread_join(&t2);
	assert(counter == 2);
	return 0;
}
