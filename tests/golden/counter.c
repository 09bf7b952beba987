#include <assert.h>
#include <stdio.h>
#include <simcheck/simcheck.h>

static int counter;

static void increment(void *unused)
{
	(void)unused;
	counter++;
}

int main(void)
{
	struct sim_thread a, b;

	sim_thread_init(&a, 0, increment, 0);
	sim_thread_init(&b, 0, increment, 0);
	sim_thread_start(&a);
	sim_thread_start(&b);
	sim_thread_join(&a);
	sim_thread_join(&b);
	printf("counter is %d\n", counter);
	assert(counter == 2);
	return 0;
}
