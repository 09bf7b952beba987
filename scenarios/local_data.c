/*
 * Two threads write and read one variable, and each finds what it has written itself.
 *
 * The variable is a sim_local: it has a value of its own in each thread. What looks like a data race is none, and no
 * lock is needed, since no thread ever sees what another has put there.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_local value;

static void set_and_read(void *mine)
{
	sim_local_set(&value, mine);
	sim_thread_yield();
	assert(sim_local_get(&value) == mine);
}

int main(void)
{
	struct sim_thread t1, t2;
	int one = 1, two = 2;

	sim_thread_init(&t1, "T1", set_and_read, &one);
	sim_thread_init(&t2, "T2", set_and_read, &two);
	sim_thread_start(&t1);
	sim_thread_start(&t2);
	sim_thread_join(&t1);
	sim_thread_join(&t2);
	return 0;
}
