/* The bodies of choices (bodies.h says how they are run). */
#include "body.h"

static struct sim_thread first, second;

void choose_in_range(void)
{
	for (int i = 0; i < 3; i++) {
		int chosen = sim_choose(3);

		assert(chosen >= 0 && chosen < 3);
	}
}

void choose_among_one(void)
{
	assert(sim_choose(1) == 0);
	assert(sim_choose(1) == 0);
}

static void choose_and_keep(void *chosen)
{
	*(int *)chosen = sim_choose(2);
}

void choose_in_two_threads(void)
{
	int here = -1, there = -1;

	start(&first, choose_and_keep, &here);
	start(&second, choose_and_keep, &there);
	join(&first);
	join(&second);
	assert(here == 0 || here == 1);
	assert(there == 0 || there == 1);
}

void choose_among_none(void)
{
	assert(sim_choose(0) == 0);
}
