/* Mutexes of C11: each type, each way to lock, and what the functions return. */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <threads.h>
#include <time.h>

static mtx_t mutex;
static int n;
static const struct timespec past = {.tv_sec = 1};

static void *count(void *unused)
{
	assert(mtx_lock(&mutex) == thrd_success);
	n++;
	assert(mtx_unlock(&mutex) == thrd_success);
	return unused;
}

/* While main holds the mutex, which supports timeouts if there is an argument. */
static void *try_it(void *timed)
{
	const struct timespec negative = {.tv_nsec = -1};

	assert(mtx_trylock(&mutex) == thrd_busy);
	if (!timed)
		return NULL;
	assert(mtx_timedlock(&mutex, &past) == thrd_timedout);
	assert(mtx_timedlock(&mutex, &negative) == thrd_error);
	return NULL;
}

static void run(void *(*body)(void *), void *argument)
{
	pthread_t thread;

	pthread_create(&thread, NULL, body, argument);
	pthread_join(thread, NULL);
}

static void check(int type)
{
	pthread_t thread;

	assert(mtx_init(&mutex, type) == thrd_success);
	n = 0;
	pthread_create(&thread, NULL, count, NULL);
	count(NULL);
	pthread_join(thread, NULL);
	assert(n == 2);
	assert(mtx_trylock(&mutex) == thrd_success);
	if (type & mtx_recursive) {
		assert(mtx_lock(&mutex) == thrd_success && mtx_trylock(&mutex) == thrd_success);
		assert(mtx_unlock(&mutex) == thrd_success && mtx_unlock(&mutex) == thrd_success);
	}
	run(try_it, type & mtx_timed ? &n : NULL);
	assert(mtx_unlock(&mutex) == thrd_success);
	if (type & mtx_timed) {
		assert(mtx_timedlock(&mutex, &past) == thrd_success);
		assert(mtx_unlock(&mutex) == thrd_success);
	}
	mtx_destroy(&mutex);
	printf("type %d\n", type);
}

int main(void)
{
	check(mtx_plain);
	check(mtx_timed);
	check(mtx_plain | mtx_recursive);
	check(mtx_timed | mtx_recursive);
	return 0;
}
