/*
 * A server notes when each request came. Each request has a struct tm of its own.
 *
 * SIMCHECK-EXPECT: safe
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
	struct tm date;

	localtime_r(&request->came, &date);
	strftime(request->year, sizeof request->year, "%Y", &date);
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
