/*
 * Settings that one thread loads and another one uses. They are shown to others when they are complete.
 *
 * SIMCHECK-OPTIONS: --uninit
 * SIMCHECK-EXPECT: safe
 */
#include <pthread.h>
#include <stdlib.h>

struct settings {
	int port;
	int n_workers;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t loaded = PTHREAD_COND_INITIALIZER;
static struct settings *settings;

static void *load(void *unused)
{
	struct settings *mine = malloc(sizeof *mine);

	mine->port = 8080;
	mine->n_workers = 2;
	pthread_mutex_lock(&lock);
	settings = mine;
	pthread_cond_signal(&loaded);
	pthread_mutex_unlock(&lock);
	return unused;
}

static void *serve(void *unused)
{
	pthread_mutex_lock(&lock);
	while (!settings)
		pthread_cond_wait(&loaded, &lock);
	int port = settings->port;
	pthread_mutex_unlock(&lock);
	return port ? NULL : unused;
}

int main(void)
{
	pthread_t loader, server;

	pthread_create(&loader, NULL, load, NULL);
	pthread_create(&server, NULL, serve, NULL);
	pthread_join(loader, NULL);
	pthread_join(server, NULL);
	free(settings);
	return 0;
}
