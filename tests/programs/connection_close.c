/*
 * A connection (here a pipe) that a thread sends a farewell over, while the one who shuts it down closes it: the
 * farewell may go nowhere, or, should the number of the descriptor have been given to something else, into that.
 *
 * SIMCHECK-EXPECT: data-race
 * SIMCHECK-EXPECT: assertion
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char farewell[] = "bye";

struct connection {
	int from_us, to_us;
};

static struct connection connection;

static void *talk(void *unused)
{
	assert(write(connection.from_us, farewell, sizeof farewell) == sizeof farewell);
	return unused;
}

static void shut_down(pthread_t talker)
{
	close(connection.from_us);
	pthread_join(talker, NULL);
}

int main(void)
{
	int ends[2];
	char got[8] = "";
	pthread_t talker;

	if (pipe(ends))
		return 1;
	connection = (struct connection){.from_us = ends[1], .to_us = ends[0]};
	pthread_create(&talker, NULL, talk, NULL);
	shut_down(talker);
	while (read(connection.to_us, got, sizeof got) > 0)
		printf("received %s\n", got);
	close(connection.to_us);
	return 0;
}
