/* Memory that one thread hands over to another: rightly, by everything that orders accesses, and wrongly. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static _Atomic(int *) box;

static void *fill_box(void *unused)
{
	int *value = malloc(sizeof *value);

	(void)unused;
	*value = 7;
	atomic_store_explicit(&box, value, memory_order_release);
	return NULL;
}

/* A relaxed load orders nothing, so the two writes race. 2 classes: the load before or after the store. */
void hand_over_relaxed(void)
{
	pthread_t filler;
	int *value;

	pthread_create(&filler, NULL, fill_box, NULL);
	value = atomic_load_explicit(&box, memory_order_relaxed);
	if (value)
		*value = 8;
	pthread_join(filler, NULL);
	free(atomic_load(&box));
}
