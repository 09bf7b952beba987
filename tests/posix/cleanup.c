/* Cleanup handlers and pthread_exit: last pushed, first called, then the destructors of thread-specific data. */
#include <assert.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_key_t key;
static int order;

static void at(void *place)
{
	assert(order++ == (int)(intptr_t)place);
}

static void give_up(void *mutex)
{
	assert(order++ == 1);
	assert(pthread_mutex_unlock(mutex) == 0);
}

static void leave_from_below(int depth)
{
	if (depth > 0)
		leave_from_below(depth - 1);
	pthread_cleanup_push(at, (void *)0);
	pthread_exit((void *)17);
	pthread_cleanup_pop(0);
}

static void *leaves(void *argument)
{
	assert(pthread_setspecific(key, (void *)3) == 0);
	pthread_cleanup_push(at, (void *)2);
	assert(pthread_mutex_lock(&lock) == 0);
	pthread_cleanup_push(give_up, &lock);
	leave_from_below(5);
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(0);
	return argument;
}

static void *stays(void *argument)
{
	order = 0;
	pthread_cleanup_push(at, (void *)1);
	pthread_cleanup_push(at, (void *)0);
	pthread_cleanup_pop(1);
	pthread_cleanup_pop(1);
	pthread_cleanup_push(at, NULL);
	pthread_cleanup_pop(0);
	return argument;
}

int main(void)
{
	pthread_t thread;
	void *result;

	assert(pthread_key_create(&key, at) == 0);
	assert(pthread_create(&thread, NULL, leaves, NULL) == 0);
	assert(pthread_join(thread, &result) == 0);
	assert(order == 4 && pthread_mutex_trylock(&lock) == 0);
	printf("%d in order, result %d\n", order, (int)(intptr_t)result);
	assert(pthread_create(&thread, NULL, stays, NULL) == 0);
	assert(pthread_join(thread, NULL) == 0 && order == 2);
	return 0;
}
