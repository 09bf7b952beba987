/* Read-write locks of the default kind: results, limits of time, attributes; readers share, and read-lock again. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER, zeros;
static int data, copy;
static const struct timespec past = {0}, invalid = {.tv_nsec = 1000000000};

/* What each way to lock says while the main thread holds it. */
static void try_all(pthread_rwlock_t *l, int reads)
{
	assert(pthread_rwlock_tryrdlock(l) == reads);
	if (reads == 0)
		assert(pthread_rwlock_unlock(l) == 0);
	assert(pthread_rwlock_timedrdlock(l, &past) == (reads ? ETIMEDOUT : 0));
	if (reads == 0)
		assert(pthread_rwlock_unlock(l) == 0);
	assert(pthread_rwlock_trywrlock(l) == EBUSY);
	assert(pthread_rwlock_clockwrlock(l, CLOCK_MONOTONIC, &past) == ETIMEDOUT);
}

static void *while_reading(void *unused)
{
	try_all(&lock, 0);
	return unused;
}

static void *while_writing(void *unused)
{
	try_all(&lock, EBUSY);
	return unused;
}

static void run(void *(*function)(void *))
{
	pthread_t thread;

	assert(pthread_create(&thread, NULL, function, NULL) == 0);
	assert(pthread_join(thread, NULL) == 0);
}

static void own_locks(void)
{
	assert(pthread_rwlock_wrlock(&lock) == 0);
	assert(pthread_rwlock_rdlock(&lock) == EDEADLK && pthread_rwlock_wrlock(&lock) == EDEADLK);
	assert(pthread_rwlock_tryrdlock(&lock) == EBUSY && pthread_rwlock_trywrlock(&lock) == EBUSY);
	assert(pthread_rwlock_timedrdlock(&lock, &past) == EDEADLK && pthread_rwlock_timedwrlock(&lock, &past) == EDEADLK);
	run(while_writing);
	assert(pthread_rwlock_unlock(&lock) == 0);

	assert(pthread_rwlock_rdlock(&lock) == 0 && pthread_rwlock_rdlock(&lock) == 0);
	assert(pthread_rwlock_tryrdlock(&lock) == 0 && pthread_rwlock_clockrdlock(&lock, CLOCK_REALTIME, &past) == 0);
	assert(pthread_rwlock_trywrlock(&lock) == EBUSY && pthread_rwlock_timedwrlock(&lock, &past) == ETIMEDOUT);
	for (int held = 4; held > 0; held--) {
		run(while_reading);
		assert(pthread_rwlock_unlock(&lock) == 0);
	}
	assert(pthread_rwlock_trywrlock(&lock) == 0 && pthread_rwlock_unlock(&lock) == 0);

	assert(pthread_rwlock_timedrdlock(&lock, &invalid) == EINVAL && pthread_rwlock_timedwrlock(&lock, &invalid) == EINVAL);
	assert(pthread_rwlock_clockrdlock(&lock, CLOCK_PROCESS_CPUTIME_ID, &past) == EINVAL);
	assert(pthread_rwlock_clockwrlock(&lock, CLOCK_PROCESS_CPUTIME_ID, &past) == EINVAL);
	puts("own locks as they should be");
}

static void attributes(void)
{
	pthread_rwlockattr_t attributes;
	pthread_rwlock_t local;
	int kind = -1, shared = -1;

	assert(pthread_rwlockattr_init(&attributes) == 0);
	assert(pthread_rwlockattr_getkind_np(&attributes, &kind) == 0 && kind == PTHREAD_RWLOCK_DEFAULT_NP);
	assert(pthread_rwlockattr_setkind_np(&attributes, 77) == EINVAL);
	assert(pthread_rwlockattr_setkind_np(&attributes, PTHREAD_RWLOCK_PREFER_WRITER_NP) == 0);
	assert(pthread_rwlockattr_getkind_np(&attributes, &kind) == 0 && kind == PTHREAD_RWLOCK_PREFER_WRITER_NP);
	assert(pthread_rwlockattr_getpshared(&attributes, &shared) == 0 && shared == PTHREAD_PROCESS_PRIVATE);
	assert(pthread_rwlockattr_setpshared(&attributes, 77) == EINVAL);
	assert(pthread_rwlockattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0);
	for (int life = 0; life < 2; life++) {
		memset(&local, 0x55, sizeof local);
		assert(pthread_rwlock_init(&local, life ? &attributes : NULL) == 0);
		assert(pthread_rwlock_rdlock(&local) == 0 && pthread_rwlock_rdlock(&local) == 0);
		assert(pthread_rwlock_unlock(&local) == 0 && pthread_rwlock_unlock(&local) == 0);
		assert(pthread_rwlock_wrlock(&local) == 0 && pthread_rwlock_unlock(&local) == 0);
		assert(pthread_rwlock_destroy(&local) == 0);
	}
	assert(pthread_rwlockattr_destroy(&attributes) == 0);
}

static void *writes(void *unused)
{
	assert(pthread_rwlock_wrlock(&zeros) == 0);
	data = 1;
	data = 2;
	assert(pthread_rwlock_unlock(&zeros) == 0);
	return unused;
}

static void *reads(void *seen)
{
	assert(pthread_rwlock_rdlock(&zeros) == 0);
	*(int *)seen = data;
	assert(pthread_rwlock_unlock(&zeros) == 0);
	return NULL;
}

int main(void)
{
	pthread_t threads[2];

	own_locks();
	attributes();
	assert(pthread_create(&threads[0], NULL, writes, NULL) == 0);
	assert(pthread_create(&threads[1], NULL, reads, &copy) == 0);
	assert(pthread_rwlock_rdlock(&zeros) == 0);
	assert(data == 0 || data == 2);
	assert(pthread_rwlock_unlock(&zeros) == 0);
	for (int i = 0; i < 2; i++)
		assert(pthread_join(threads[i], NULL) == 0);
	assert(copy == 0 || copy == 2);
	assert(pthread_rwlock_destroy(&zeros) == 0 && pthread_rwlock_destroy(&lock) == 0);
	printf("data %d\n", data);
	return 0;
}
