/*
 * Ten threads, each with a name, each printing its name.
 *
 * In which order the lines come is open: ten threads can begin in 3,628,800 orders, and on real threads one sees a
 * few of them. simcheck needs one execution all the same. Threads that only print do not meet anywhere, so no order
 * of theirs can lead to anything that another does not.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <simcheck/simcheck.h>

enum { N_THREADS = 10 };

static void print_name(void *expected)
{
	const char *name = sim_thread_name(sim_thread_current());

	assert(strcmp(name, expected) == 0);
	printf("%s\n", name);
}

int main(void)
{
	static char names[N_THREADS][16];
	struct sim_thread threads[N_THREADS];

	for (int i = 0; i < N_THREADS; i++) {
		snprintf(names[i], sizeof(names[i]), "worker-%d", i);
		sim_thread_init(&threads[i], names[i], print_name, names[i]);
		sim_thread_start(&threads[i]);
	}
	for (int i = 0; i < N_THREADS; i++)
		sim_thread_join(&threads[i]);
	return 0;
}
