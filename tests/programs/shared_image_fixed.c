/*
 * An image that two views show, freed by the last of them: each drops its reference when it is closed. Subtracting
 * tells what the count was, so that exactly one of them is the last.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct image {
	atomic_int references;
	unsigned char *pixels;
};

static atomic_int n_freed;

static void image_drop(struct image *image)
{
	if (atomic_fetch_sub(&image->references, 1) != 1)
		return;
	free(image->pixels);
	free(image);
	n_freed++;
}

static void *close_view(void *image)
{
	image_drop(image);
	return NULL;
}

int main(void)
{
	struct image *image = malloc(sizeof *image);
	pthread_t first, second;

	assert(image);
	image->references = 2;
	image->pixels = malloc(16);
	pthread_create(&first, NULL, close_view, image);
	pthread_create(&second, NULL, close_view, image);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	assert(n_freed == 1);
	return 0;
}
