/*
 * Images are decoded by a thread in the background; who wants one waits for it, on a condition
 * that is there only while a decoding is. The decoder signals while it holds the mutex, so that the other cannot go on
 * before.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

static struct decoding {
	pthread_mutex_t lock;
	pthread_cond_t done;
	bool is_done;
	int width;
} decoding;

static void *decode(void *unused)
{
	pthread_mutex_lock(&decoding.lock);
	decoding.width = 640;
	decoding.is_done = true;
	pthread_cond_signal(&decoding.done);
	pthread_mutex_unlock(&decoding.lock);
	return unused;
}

/* Returns the width of the image. */
static int wait_for_image(pthread_t *decoder)
{
	int width;

	pthread_mutex_init(&decoding.lock, NULL);
	pthread_cond_init(&decoding.done, NULL);
	decoding.is_done = false;
	pthread_create(decoder, NULL, decode, NULL);
	pthread_mutex_lock(&decoding.lock);
	while (!decoding.is_done)
		pthread_cond_wait(&decoding.done, &decoding.lock);
	width = decoding.width;
	pthread_mutex_unlock(&decoding.lock);
	pthread_cond_destroy(&decoding.done);
	pthread_mutex_destroy(&decoding.lock);
	return width;
}

int main(void)
{
	pthread_t decoder;

	assert(wait_for_image(&decoder) == 640);
	pthread_join(decoder, NULL);
	return 0;
}
