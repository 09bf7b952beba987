/* The threads and the thread-specific storage of C11. */
#include <assert.h>
#include <stdio.h>
#include <threads.h>

static tss_t key;
static int n_destroyed;
static thread_local int own = 7;

static void destroy(void *value)
{
	n_destroyed++;
	assert(value == &n_destroyed);
}

static int returns(void *argument)
{
	assert(own == 7);
	own = *(int *)argument;
	assert(tss_get(key) == NULL && tss_set(key, &n_destroyed) == thrd_success);
	assert(tss_get(key) == &n_destroyed);
	return own + 1;
}

static int exits(void *argument)
{
	(void)argument;
	thrd_yield();
	thrd_exit(-3);
}

static int is_detached(void *argument)
{
	(void)argument;
	assert(thrd_detach(thrd_current()) == thrd_success);
	return 0;
}

int main(void)
{
	struct timespec moment = {.tv_nsec = 1000}, wrong = {.tv_nsec = 1000000000};
	int argument = 41, result = 0;
	thrd_t first, second, third;

	assert(tss_create(&key, destroy) == thrd_success);
	assert(thrd_create(&first, returns, &argument) == thrd_success);
	assert(thrd_create(&second, exits, NULL) == thrd_success);
	assert(!thrd_equal(first, second) && thrd_equal(thrd_current(), thrd_current()));
	assert(thrd_join(first, &result) == thrd_success);
	printf("returned %d, destroyed %d\n", result, n_destroyed);
	assert(thrd_join(second, &result) == thrd_success && own == 7);
	printf("exited with %d\n", result);
	assert(thrd_create(&third, is_detached, NULL) == thrd_success);
	assert(thrd_sleep(&moment, NULL) == 0);
	assert(thrd_sleep(&wrong, NULL) < -1);
	tss_delete(key);
	return 0;
}
