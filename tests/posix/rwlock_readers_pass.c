/*
 * A writer that waits keeps no reader out, where the kind of the lock does not ask for that: a thread that reads may wait
 * for another one to read, or read-lock again, whatever a writer does meanwhile.
 */
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <unistd.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static sem_t reading, has_read;
static int n_written;

static void *write_once(void *unused)
{
	assert(pthread_rwlock_wrlock(&lock) == 0);
	n_written++;
	assert(pthread_rwlock_unlock(&lock) == 0);
	return unused;
}

/* Reads while the main thread does, and in two ways. */
static void *read_too(void *unused)
{
	assert(sem_wait(&reading) == 0);
	assert(pthread_rwlock_rdlock(&lock) == 0);
	assert(pthread_rwlock_unlock(&lock) == 0);
	assert(pthread_rwlock_tryrdlock(&lock) == 0);
	assert(pthread_rwlock_trywrlock(&lock) == EBUSY);
	assert(pthread_rwlock_unlock(&lock) == 0);
	assert(sem_post(&has_read) == 0);
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	assert(sem_init(&reading, 0, 0) == 0 && sem_init(&has_read, 0, 0) == 0);
	assert(pthread_create(&threads[0], NULL, write_once, NULL) == 0);
	assert(pthread_create(&threads[1], NULL, read_too, NULL) == 0);
	assert(pthread_rwlock_rdlock(&lock) == 0);
	assert(sem_post(&reading) == 0);
	usleep(1000); /* for the writer to come */
	assert(pthread_rwlock_rdlock(&lock) == 0);
	assert(sem_wait(&has_read) == 0);
	assert(pthread_rwlock_unlock(&lock) == 0 && pthread_rwlock_unlock(&lock) == 0);
	for (int i = 0; i < 2; i++)
		assert(pthread_join(threads[i], NULL) == 0);
	printf("written %d time\n", n_written);
	return 0;
}
