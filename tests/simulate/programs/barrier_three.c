/* Three threads reach a barrier after one, two and three seconds, and leave it together, after the last
 * has come. With N=2 only two of the three come, and the barrier is aborted. */
#include <stdio.h>

#include <simcheck/simcheck.h>

#ifndef N
#define N 3
#endif

static struct sim_barrier barrier;

static void meet(void *seconds)
{
	const char *name = sim_thread_current()->name;

	sim_sleep(*(const int *)seconds * SIM_NS_PER_S);
	printf("%s: waits with %d others\n", name, sim_barrier_n_waiting(&barrier));
	if (sim_barrier_wait(&barrier, NULL) == SIM_OK)
		printf("%s: goes on after %d s\n", name, (int)(sim_now() / SIM_NS_PER_S));
	else
		printf("%s: the barrier is broken after %d s\n", name, (int)(sim_now() / SIM_NS_PER_S));
}

int main(void)
{
	static const char *const names[] = {"one", "two", "three"};
	static const int seconds[] = {1, 2, 3};
	struct sim_thread threads[3];

	sim_barrier_init(&barrier, "barrier", 3, NULL, NULL);
	for (int i = 0; i < N; i++) {
		sim_thread_init(&threads[i], names[i], meet, (void *)&seconds[i]);
		sim_thread_start(&threads[i]);
	}
	if (N < 3) {
		sim_sleep(4 * SIM_NS_PER_S);
		sim_barrier_abort(&barrier);
	}
	for (int i = 0; i < N; i++)
		sim_thread_join(&threads[i]);
	return 0;
}
