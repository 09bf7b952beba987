/* Starting and joining threads: arguments arrive, and results come back from return and from pthread_exit. */
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

static void *returns(void *argument)
{
	return (void *)((intptr_t)argument * 2);
}

static void *exits(void *argument)
{
	pthread_exit((void *)((intptr_t)argument * 3));
}

int main(void)
{
	pthread_t first, second;
	void *result;

	assert(pthread_create(&first, NULL, returns, (void *)21) == 0);
	assert(pthread_create(&second, NULL, exits, (void *)5) == 0);
	assert(!pthread_equal(first, second) && pthread_equal(pthread_self(), pthread_self()));
	assert(pthread_join(first, &result) == 0);
	printf("returned %d\n", (int)(intptr_t)result);
	assert(pthread_join(second, &result) == 0);
	printf("exited with %d\n", (int)(intptr_t)result);
	assert(pthread_join(pthread_self(), NULL) == EDEADLK);
	return 0;
}
