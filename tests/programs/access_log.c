/*
 * A server notes when each request came. localtime() gives all threads the same struct tm: while one request formats its
 * time, another overwrites it.
 *
 * SIMCHECK-EXPECT: data-race
 * SIMCHECK-EXPECT: assertion
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

struct request {
	time_t came;
	char year[8];
	const char *expected;
};

static void *serve(void *argument)
{
	struct request *request = argument;
	struct tm *date = localtime(&request->came);

	snprintf(request->year, sizeof request->year, "%d", date->tm_year + 1900);
	return NULL;
}

int main(void)
{
	static struct request requests[] = {{0, "", "1970"}, {1700000000, "", "2023"}};
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, serve, &requests[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	for (int i = 0; i < 2; i++) {
		printf("%s\n", requests[i].year);
		assert(strcmp(requests[i].year, requests[i].expected) == 0);
	}
	return 0;
}
