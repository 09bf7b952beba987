/*
 * Three threads meet at a barrier, and each gets a number of its own.
 *
 * Waiting at a barrier tells each thread how many of its round came before it: 0, 1 or 2. Which thread gets which is
 * open, but no two get the same. That is useful to choose one of them for something that one has to do, once all are
 * there: here, whoever has number 0 adds up what all three have written. No lock is needed for that: what was written
 * before the barrier is visible behind it.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

enum { N_WORKERS = 3 };

static struct sim_barrier meeting = { .parties = N_WORKERS };
static int part[N_WORKERS], index_of[N_WORKERS];
static int total;

static void work(void *argument)
{
	int *mine = argument, number = (int)(mine - part);

	*mine = 10 * (number + 1);
	assert(sim_barrier_wait(&meeting, &index_of[number]) == SIM_OK);
	if (index_of[number] == 0)
		total = part[0] + part[1] + part[2];
}

int main(void)
{
	struct sim_thread workers[N_WORKERS];

	for (int i = 0; i < N_WORKERS; i++) {
		sim_thread_init(&workers[i], NULL, work, &part[i]);
		sim_thread_start(&workers[i]);
	}
	for (int i = 0; i < N_WORKERS; i++)
		sim_thread_join(&workers[i]);
	assert(index_of[0] != index_of[1] && index_of[0] != index_of[2] && index_of[1] != index_of[2]);
	assert(total == 60);
	return 0;
}
