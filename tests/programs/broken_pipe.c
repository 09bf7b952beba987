/*
 * A search: one thread sends what there is to be looked at through a pipe, another looks at it and stops when it has
 * found what it looks for. Then nobody reads any more, and the next write ends the whole program (SIGPIPE).
 *
 * SIMCHECK-EXPECT: crash broken-pipe
 */
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static int pipe_ends[2];
static int found;

static void *search(void *unused)
{
	int candidate;

	while (read(pipe_ends[0], &candidate, sizeof candidate) == sizeof candidate && !found)
		found = candidate % 2 == 0 ? candidate : 0;
	close(pipe_ends[0]);
	return unused;
}

static void send_all(int n)
{
	for (int i = 1; i <= n; i++)
		if (write(pipe_ends[1], &i, sizeof i) < 0) {
			assert(errno == EPIPE);
			return;
		}
}

int main(void)
{
	pthread_t searcher;

	if (pipe(pipe_ends))
		return 1;
	pthread_create(&searcher, NULL, search, NULL);
	send_all(4);
	close(pipe_ends[1]);
	pthread_join(searcher, NULL);
	assert(found == 2);
	return 0;
}
