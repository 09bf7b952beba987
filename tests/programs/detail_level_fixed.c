/*
 * Workers look up their level of detail, which an administrator's thread changes while they run. The environment is read
 * once, at the beginning; what changes is a variable with a lock.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int current;

static int detail(void)
{
	pthread_mutex_lock(&lock);
	int value = current;
	pthread_mutex_unlock(&lock);
	return value;
}

static void *worker(void *level)
{
	*(int *)level = detail();
	return NULL;
}

static void *administrator(void *unused)
{
	pthread_mutex_lock(&lock);
	current = strtol("3", NULL, 10);
	pthread_mutex_unlock(&lock);
	return unused;
}

int main(void)
{
	pthread_t threads[2];
	int level = -1;

	setenv("DETAIL", "1", 1);
	current = atoi(getenv("DETAIL"));
	pthread_create(&threads[0], NULL, worker, &level);
	pthread_create(&threads[1], NULL, administrator, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	printf("%d, then %d\n", level, detail());
	assert((level == 1 || level == 3) && detail() == 3);
	return 0;
}
