/*
 * Workers look up their level of detail in the environment, which an administrator's thread changes while they run.
 * Nothing protects the environment: getenv() may walk through it while setenv() moves it.
 *
 * SIMCHECK-EXPECT: data-race
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static int detail(void)
{
	const char *value = getenv("DETAIL");

	return value ? atoi(value) : 0;
}

static void *worker(void *level)
{
	*(int *)level = detail();
	return NULL;
}

static void *administrator(void *unused)
{
	setenv("DETAIL", "3", 1);
	return unused;
}

int main(void)
{
	pthread_t threads[2];
	int level = -1;

	setenv("DETAIL", "1", 1);
	pthread_create(&threads[0], NULL, worker, &level);
	pthread_create(&threads[1], NULL, administrator, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	printf("%d, then %d\n", level, detail());
	return 0;
}
