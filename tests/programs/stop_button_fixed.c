/*
 * A worker counts what it has done until somebody presses the stop button, and reports how far it came. The button is
 * atomic, so that what was set before it was pressed is known to who finds it pressed.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

static atomic_bool stopped;
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
