/* A thread that polls and counts its attempts where debug information names no place on the stack. */
#include <pthread.h>
#include <stdatomic.h>

static atomic_int flag;

static void *poll(void *unused)
{
	register int tries = 0;

	(void)unused;
	while (tries < 3 && !atomic_load(&flag))
		tries++;
	return NULL;
}

static void *set(void *unused)
{
	(void)unused;
	atomic_store(&flag, 1);
	return NULL;
}

/* 4 classes: the store comes before the first, the second, the third attempt, or after all of them. */
void poll_three_times_by_a_register(void)
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, poll, NULL);
	pthread_create(&threads[1], NULL, set, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
}
