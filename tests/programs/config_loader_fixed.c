/*
 * A service whose configuration is loaded by a thread of its own, while workers that need it wait for it. A worker waits
 * until it is there, however often its wait ends by itself.
 *
 * SIMCHECK-OPTIONS: --spurious-wakeups=1
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

static struct config {
	pthread_mutex_t lock;
	pthread_cond_t loaded;
	bool is_loaded;
	int limit_ms;
} config = {.lock = PTHREAD_MUTEX_INITIALIZER, .loaded = PTHREAD_COND_INITIALIZER};

static void *load(void *unused)
{
	pthread_mutex_lock(&config.lock);
	config.limit_ms = 250;
	config.is_loaded = true;
	pthread_cond_broadcast(&config.loaded);
	pthread_mutex_unlock(&config.lock);
	return unused;
}

static int config_limit_ms(void)
{
	pthread_mutex_lock(&config.lock);
	while (!config.is_loaded)
		pthread_cond_wait(&config.loaded, &config.lock);
	int limit_ms = config.limit_ms;
	pthread_mutex_unlock(&config.lock);
	return limit_ms;
}

static void *work(void *unused)
{
	assert(config_limit_ms() > 0);
	return unused;
}

int main(void)
{
	pthread_t loader, workers[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&workers[i], NULL, work, NULL);
	pthread_create(&loader, NULL, load, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(workers[i], NULL);
	pthread_join(loader, NULL);
	return 0;
}
