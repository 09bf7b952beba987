/* Conditions of C11. */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <threads.h>
#include <time.h>

static mtx_t mutex;
static cnd_t filled, emptied;
static int n_items, n_taken;

static void *put(void *unused)
{
	for (int i = 0; i < 2; i++) {
		assert(mtx_lock(&mutex) == thrd_success);
		while (n_items == 1)
			assert(cnd_wait(&emptied, &mutex) == thrd_success);
		n_items++;
		assert(cnd_signal(&filled) == thrd_success);
		assert(mtx_unlock(&mutex) == thrd_success);
	}
	return unused;
}

static void take(void)
{
	mtx_lock(&mutex);
	while (n_items == 0)
		assert(cnd_wait(&filled, &mutex) == thrd_success);
	n_items--;
	n_taken++;
	assert(cnd_broadcast(&emptied) == thrd_success);
	mtx_unlock(&mutex);
}

int main(void)
{
	const struct timespec past = {.tv_sec = 1}, negative = {.tv_nsec = -1};
	pthread_t thread;

	assert(mtx_init(&mutex, mtx_plain) == thrd_success);
	assert(cnd_init(&filled) == thrd_success && cnd_init(&emptied) == thrd_success);
	pthread_create(&thread, NULL, put, NULL);
	take();
	take();
	pthread_join(thread, NULL);
	mtx_lock(&mutex);
	assert(cnd_timedwait(&filled, &mutex, &past) == thrd_timedout);
	assert(cnd_timedwait(&filled, &mutex, &negative) == thrd_error);
	mtx_unlock(&mutex);
	cnd_destroy(&filled);
	cnd_destroy(&emptied);
	mtx_destroy(&mutex);
	printf("%d taken\n", n_taken);
	return 0;
}
