/*
 * A cache of sessions: one thread serves requests, another one expires sessions that are too old. Who has found a session
 * gives the lock back before it uses it, so that it may have expired meanwhile: it is used after it was freed.
 *
 * SIMCHECK-EXPECT: memory use-after-free
 */
#include <pthread.h>
#include <stdlib.h>

struct session {
	int id;
	int n_requests;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct session *cached;

static struct session *session_open(int id)
{
	struct session *session = calloc(1, sizeof *session);

	session->id = id;
	return session;
}

static struct session *session_get(void)
{
	pthread_mutex_lock(&lock);
	struct session *found = cached;
	pthread_mutex_unlock(&lock);
	return found;
}

static void *serve(void *argument)
{
	struct session *session = session_get();

	if (!session)
		return argument;
	/* ... here the request is read ... */
	pthread_mutex_lock(&lock);
	session->n_requests++;
	pthread_mutex_unlock(&lock);
	return argument;
}

static void *expire(void *argument)
{
	pthread_mutex_lock(&lock);
	struct session *session = cached;
	cached = NULL;
	free(session);
	pthread_mutex_unlock(&lock);
	return argument;
}

int main(void)
{
	pthread_t server, reaper;

	cached = session_open(7);
	pthread_create(&server, NULL, serve, NULL);
	pthread_create(&reaper, NULL, expire, NULL);
	pthread_join(server, NULL);
	pthread_join(reaper, NULL);
	return 0;
}
