/*
 * A cache of sessions: one thread serves requests, another one expires sessions that are too old. Everybody who has a session
 * is counted, the cache included, and the last one frees it.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <pthread.h>
#include <stdlib.h>

struct session {
	int id;
	int n_requests;
	int n_users;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct session *cached;

static struct session *session_open(int id)
{
	struct session *session = calloc(1, sizeof *session);

	session->id = id;
	session->n_users = 1;
	return session;
}

static struct session *session_get(void)
{
	pthread_mutex_lock(&lock);
	struct session *found = cached;
	if (found)
		found->n_users++;
	pthread_mutex_unlock(&lock);
	return found;
}

static void session_put(struct session *session)
{
	pthread_mutex_lock(&lock);
	int left = --session->n_users;
	pthread_mutex_unlock(&lock);
	if (left == 0)
		free(session);
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
	session_put(session);
	return argument;
}

static void *expire(void *argument)
{
	pthread_mutex_lock(&lock);
	struct session *session = cached;
	cached = NULL;
	pthread_mutex_unlock(&lock);
	if (session)
		session_put(session);
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
