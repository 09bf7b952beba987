/* Spin locks of POSIX. */
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

static pthread_spinlock_t lock;
static int n;

static void *count(void *unused)
{
	for (int i = 0; i < 2; i++) {
		assert(pthread_spin_lock(&lock) == 0);
		n++;
		assert(pthread_spin_unlock(&lock) == 0);
	}
	return unused;
}

/* While main holds the lock. */
static void *try_it(void *unused)
{
	assert(pthread_spin_trylock(&lock) == EBUSY);
	return unused;
}

int main(void)
{
	pthread_t thread;

	assert(pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE) == 0);
	pthread_create(&thread, NULL, count, NULL);
	count(NULL);
	pthread_join(thread, NULL);
	assert(pthread_spin_trylock(&lock) == 0);
	pthread_create(&thread, NULL, try_it, NULL);
	pthread_join(thread, NULL);
	assert(pthread_spin_unlock(&lock) == 0);
	assert(pthread_spin_destroy(&lock) == 0);
	assert(pthread_spin_init(&lock, PTHREAD_PROCESS_SHARED) == 0);
	assert(pthread_spin_lock(&lock) == 0 && pthread_spin_unlock(&lock) == 0);
	printf("%d\n", n);
	return 0;
}
