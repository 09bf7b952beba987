/* A lock that prefers writers: readers that come while a writer waits come after it. Without recursion nothing else changes. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
static int value;

static void *write_once(void *unused)
{
	assert(pthread_rwlock_wrlock(&lock) == 0);
	value++;
	assert(pthread_rwlock_unlock(&lock) == 0);
	return unused;
}

static void *read_twice(void *unused)
{
	int first, second;

	assert(pthread_rwlock_rdlock(&lock) == 0);
	first = value;
	assert(pthread_rwlock_unlock(&lock) == 0);
	assert(pthread_rwlock_rdlock(&lock) == 0);
	second = value;
	assert(pthread_rwlock_unlock(&lock) == 0);
	assert(first <= second && second <= 1);
	return unused;
}

int main(void)
{
	pthread_t threads[3];

	/* Nobody waits: a thread may read-lock again. */
	assert(pthread_rwlock_rdlock(&lock) == 0 && pthread_rwlock_rdlock(&lock) == 0 && pthread_rwlock_tryrdlock(&lock) == 0);
	assert(pthread_rwlock_trywrlock(&lock) == EBUSY);
	for (int i = 0; i < 3; i++)
		assert(pthread_rwlock_unlock(&lock) == 0);
	for (int i = 0; i < 3; i++)
		assert(pthread_create(&threads[i], NULL, i ? read_twice : write_once, NULL) == 0);
	for (int i = 0; i < 3; i++)
		assert(pthread_join(threads[i], NULL) == 0);
	printf("value %d\n", value);
	return 0;
}
