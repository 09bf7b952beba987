/*
 * Threads as objects: each has data of its own, and a function that works on it.
 *
 * The thread is a part of the object, and its function finds the object around it. What is in the object before the
 * start are the thread's arguments; what is there after the join is its result. No lock is needed: start and join
 * order all accesses, and nobody else knows the object.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

struct summer {
	struct sim_thread thread;
	int from, to; /* arguments */
	int sum;      /* result */
};

static void summer_run(struct sim_thread *thread)
{
	struct summer *summer = SIM_CONTAINER_OF(thread, struct summer, thread);

	for (int i = summer->from; i <= summer->to; i++)
		summer->sum += i;
}

static void summer_start(struct summer *summer, int from, int to)
{
	*summer = (struct summer){ .from = from, .to = to };
	sim_thread_init_object(&summer->thread, NULL, summer_run);
	sim_thread_start(&summer->thread);
}

int main(void)
{
	struct summer low, high;

	summer_start(&low, 1, 50);
	summer_start(&high, 51, 100);
	sim_thread_join(&low.thread);
	sim_thread_join(&high.thread);
	assert(low.sum + high.sum == 5050);
	return 0;
}
