/* Named semaphores: a name is created once, opened as often as one likes, and forgotten; what is open lives on. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char name[64]; /* one that no other program has */
static int n_created;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Both want to be the one that creates it. */
static void *compete(void *unused)
{
	sem_t *sem = sem_open(name, O_CREAT | O_EXCL, 0600, 0);

	if (sem == SEM_FAILED) {
		assert(errno == EEXIST);
		sem = sem_open(name, 0);
		assert(sem != SEM_FAILED);
		assert(sem_post(sem) == 0);
	} else {
		pthread_mutex_lock(&lock);
		n_created++;
		pthread_mutex_unlock(&lock);
		assert(sem_wait(sem) == 0);
	}
	assert(sem_close(sem) == 0);
	return unused;
}

static void alone(void)
{
	char longest[254];
	sem_t *first, *second, other;
	int value;

	assert(sem_unlink(name) == -1 && errno == ENOENT);
	assert(sem_open(name, 0) == SEM_FAILED && errno == ENOENT);
	assert(sem_open(name, O_CREAT, 0600, SEM_VALUE_MAX + 1u) == SEM_FAILED && errno == EINVAL);
	assert(sem_open("/", O_CREAT, 0600, 1) == SEM_FAILED && errno == EINVAL);
	assert(sem_open("/a/b", O_CREAT, 0600, 1) == SEM_FAILED && errno == EINVAL);
	memset(longest, 'a', sizeof longest);
	longest[sizeof longest - 1] = 0;
	assert(sem_open(longest, O_CREAT, 0600, 1) == SEM_FAILED && errno == ENAMETOOLONG);

	first = sem_open(name, O_CREAT, 0600, 3);
	second = sem_open(name, O_CREAT, 0600, 7); /* is there already: its value stays */
	assert(first != SEM_FAILED && second == first);
	assert(sem_getvalue(second, &value) == 0 && value == 3);
	assert(sem_wait(first) == 0 && sem_close(first) == 0);
	assert(sem_getvalue(second, &value) == 0 && value == 2);

	assert(sem_unlink(name) == 0 && sem_unlink(name) == -1 && errno == ENOENT);
	first = sem_open(name, O_CREAT | O_EXCL, 0600, 5); /* another one, beside that which is still open */
	assert(first != SEM_FAILED && first != second);
	assert(sem_getvalue(first, &value) == 0 && value == 5);
	assert(sem_getvalue(second, &value) == 0 && value == 2);
	assert(sem_close(second) == 0 && sem_close(first) == 0);

	first = sem_open(name, 0); /* closed, but not forgotten */
	assert(first != SEM_FAILED && sem_getvalue(first, &value) == 0 && value == 5);
	assert(sem_close(first) == 0 && sem_unlink(name) == 0);
	assert(sem_init(&other, 0, 1) == 0 && sem_close(&other) == -1 && errno == EINVAL);
	printf("value %d\n", value);
}

int main(void)
{
	pthread_t threads[2];

	snprintf(name, sizeof name, "/simcheck-posix-%ld", (long)getpid());
	alone();
	for (int i = 0; i < 2; i++)
		assert(pthread_create(&threads[i], NULL, compete, NULL) == 0);
	for (int i = 0; i < 2; i++)
		assert(pthread_join(threads[i], NULL) == 0);
	assert(n_created == 1);
	assert(sem_unlink(name) == 0);
	return 0;
}
