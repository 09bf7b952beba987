/* Three threads sleep for as many seconds as the number that each prints: so the numbers come out in order. */
#include <stdio.h>

#include <simcheck/simcheck.h>

static void print_later(void *number)
{
	sim_sleep(*(int *)number * SIM_NS_PER_S);
	printf("%d\n", *(int *)number);
}

int main(void)
{
	static int numbers[] = {3, 1, 2};
	struct sim_thread threads[3];

	for (int i = 0; i < 3; i++) {
		sim_thread_init(&threads[i], NULL, print_later, &numbers[i]);
		sim_thread_start(&threads[i]);
	}
	for (int i = 0; i < 3; i++)
		sim_thread_join(&threads[i]);
	printf("%d seconds later\n", (int)(sim_now() / SIM_NS_PER_S));
	return 0;
}
