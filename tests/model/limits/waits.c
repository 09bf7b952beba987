/* Waits that end by themselves, which is not explored unless asked for: doc/limits.md. */
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int is_ready;

static void *wait_until_ready(void *unused)
{
	pthread_mutex_lock(&mutex);
	if (!is_ready)
		pthread_cond_wait(&changed, &mutex);
	assert(is_ready);
	pthread_mutex_unlock(&mutex);
	return unused;
}

/* Whoever is woken finds it ready. */
void if_instead_of_while(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, wait_until_ready, NULL);
	pthread_mutex_lock(&mutex);
	is_ready = 1;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&mutex);
	pthread_join(thread, NULL);
}
