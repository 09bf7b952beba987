/*
 * A connection that is closed by whoever finds a reason first: the peer's goodbye, or the watchdog. Whether it is still there
 * is asked under the lock, but it is closed after that: when both find it there, it is freed twice.
 *
 * SIMCHECK-EXPECT: memory double-free
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct connection {
	int socket;
	bool is_open;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct connection *connection;

static void connection_close(void)
{
	pthread_mutex_lock(&lock);
	struct connection *mine = connection;
	pthread_mutex_unlock(&lock);
	if (!mine)
		return;
	/* ... here the socket is shut down ... */
	pthread_mutex_lock(&lock);
	connection = NULL;
	free(mine);
	pthread_mutex_unlock(&lock);
}

/* The peer has said goodbye. */
static void *receive(void *unused)
{
	connection_close();
	return unused;
}

/* Nothing was heard of the peer for too long. */
static void *watch(void *unused)
{
	connection_close();
	return unused;
}

int main(void)
{
	pthread_t receiver, watchdog;

	connection = malloc(sizeof *connection);
	*connection = (struct connection){.socket = 3, .is_open = true};
	pthread_create(&receiver, NULL, receive, NULL);
	pthread_create(&watchdog, NULL, watch, NULL);
	pthread_join(receiver, NULL);
	pthread_join(watchdog, NULL);
	return 0;
}
