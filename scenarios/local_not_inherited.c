/*
 * A new thread does not see the value that main has given to a per-thread variable.
 *
 * A value belongs to the thread that has set it, and is not handed on to the threads that this one starts: they begin
 * without any. What a thread is to know from its starter goes into its argument.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_local value;

static void look(void *argument)
{
	assert(sim_local_get(&value) == NULL);
	sim_local_set(&value, argument);
	assert(sim_local_get(&value) == argument);
}

int main(void)
{
	struct sim_thread thread;
	int mine = 1, its = 2;

	sim_local_set(&value, &mine);
	sim_thread_init(&thread, NULL, look, &its);
	sim_thread_start(&thread);
	sim_thread_join(&thread);
	assert(sim_local_get(&value) == &mine);
	return 0;
}
