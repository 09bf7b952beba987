/*
 * A worker counts what it has done until somebody presses the stop button, and reports how far it came. The button is a
 * volatile variable: reading it while another thread writes it is a race, and it does not say that the report is asked
 * for after the limit was set.
 *
 * SIMCHECK-EXPECT: data-race
 * SIMCHECK-EXPECT: data-race
 */
#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

static volatile bool stopped;
static int limit;

static void *work(void *unused)
{
	while (!stopped)
		;
	assert(limit == 100);
	return unused;
}

int main(void)
{
	pthread_t worker;

	pthread_create(&worker, NULL, work, NULL);
	limit = 100;
	stopped = true;
	pthread_join(worker, NULL);
	return 0;
}
