/*
 * Settings that one thread loads and another one uses. That they are allocated is taken for a sign that they are loaded: the
 * port may be read before anything was written there.
 *
 * SIMCHECK-OPTIONS: --uninit
 * SIMCHECK-EXPECT: memory uninitialised
 */
#include <pthread.h>
#include <stdlib.h>

struct settings {
	int port;
	int n_workers;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct settings *settings;

static void *load(void *unused)
{
	pthread_mutex_lock(&lock);
	settings->port = 8080;
	settings->n_workers = 2;
	pthread_mutex_unlock(&lock);
	return unused;
}

static void *serve(void *unused)
{
	pthread_mutex_lock(&lock);
	int port = settings ? settings->port : 0;
	pthread_mutex_unlock(&lock);
	return port ? NULL : unused;
}

int main(void)
{
	pthread_t loader, server;

	settings = malloc(sizeof *settings);
	pthread_create(&loader, NULL, load, NULL);
	pthread_create(&server, NULL, serve, NULL);
	pthread_join(loader, NULL);
	pthread_join(server, NULL);
	free(settings);
	return 0;
}
