/*
 * A server's sessions and its audit log, each in a file of its own with a lock of its own. A login is noted while the store is
 * locked; the summary asks the store first, and locks the log when it has the answer.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <pthread.h>

#include "store.h"

static void *serve(void *unused)
{
	store_login(7);
	return unused;
}

static void *report(void *unused)
{
	audit_summary();
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, serve, NULL);
	pthread_create(&threads[1], NULL, report, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	assert(store_count() == 1);
	return 0;
}
