/* Read-write locks, barriers, once and semaphores of POSIX: what goes wrong with them, and in how many ways they meet. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stddef.h>

static pthread_rwlock_t rwlock, strict = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
static pthread_barrier_t barrier;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static sem_t sem, other_sem;
static atomic_int n_begun, n_refused;

static void run_two(void *(*first)(void *), void *(*second)(void *))
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, first, NULL);
	pthread_create(&threads[1], NULL, second, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
}

/* ---- read-write locks ---- */

static void *reads(void *unused)
{
	pthread_rwlock_rdlock(&rwlock);
	pthread_rwlock_unlock(&rwlock);
	return unused;
}

static void *writes(void *unused)
{
	pthread_rwlock_wrlock(&rwlock);
	pthread_rwlock_unlock(&rwlock);
	return unused;
}

static void *reads_twice(void *unused)
{
	pthread_rwlock_rdlock(&rwlock);
	pthread_rwlock_rdlock(&rwlock);
	pthread_rwlock_unlock(&rwlock);
	pthread_rwlock_unlock(&rwlock);
	return unused;
}

/* Readers have no order: 1 class. */
void two_readers(void)
{
	run_two(reads, reads);
}

/* The writer is first, or the reader: 2 classes. */
void reader_and_writer(void)
{
	run_two(reads, writes);
}

/* The second lock for reading passes a writer that waits, and is nothing that others see: 2 classes. */
void reads_again_and_writer(void)
{
	run_two(reads_twice, writes);
}

/* 2! classes. */
void two_writers(void)
{
	run_two(writes, writes);
}

void upgraded(void)
{
	pthread_rwlock_rdlock(&rwlock);
	pthread_rwlock_wrlock(&rwlock);
}

static void *reads_strictly_twice(void *unused)
{
	pthread_rwlock_rdlock(&strict);
	pthread_rwlock_rdlock(&strict);
	pthread_rwlock_unlock(&strict);
	pthread_rwlock_unlock(&strict);
	return unused;
}

static void *writes_strictly(void *unused)
{
	pthread_rwlock_wrlock(&strict);
	pthread_rwlock_unlock(&strict);
	return unused;
}

/* The writer comes before both locks for reading, between them, or after them: 3 classes. */
void read_again_while_a_writer_waits(void)
{
	run_two(reads_strictly_twice, writes_strictly);
}

static void *unlocks(void *unused)
{
	pthread_rwlock_unlock(&rwlock);
	return unused;
}

void unlocked_by_another(void)
{
	pthread_t thread;

	pthread_rwlock_rdlock(&rwlock);
	pthread_create(&thread, NULL, unlocks, NULL);
	pthread_join(thread, NULL);
}

void destroyed_while_read(void)
{
	pthread_rwlock_rdlock(&rwlock);
	pthread_rwlock_destroy(&rwlock);
}

void used_after_its_destruction(void)
{
	pthread_rwlock_destroy(&rwlock);
	pthread_rwlock_rdlock(&rwlock);
}

void copied_while_read(void)
{
	pthread_rwlock_t copy;

	pthread_rwlock_rdlock(&rwlock);
	copy = rwlock;
	pthread_rwlock_unlock(&copy);
}

/* ---- barriers and once ---- */

static void *meets(void *unused)
{
	pthread_barrier_wait(&barrier);
	return unused;
}

void barrier_never_initialised(void)
{
	pthread_barrier_wait(&barrier);
}

/* 2! orders of arrival. */
void two_of_three(void)
{
	pthread_barrier_init(&barrier, NULL, 3);
	run_two(meets, meets);
}

void barrier_destroyed_while_awaited(void)
{
	pthread_t thread;

	pthread_barrier_init(&barrier, NULL, 2);
	pthread_create(&thread, NULL, meets, NULL);
	pthread_barrier_destroy(&barrier);
}

static void needs_itself(void)
{
	pthread_once(&once, needs_itself);
}

void once_needs_itself(void)
{
	pthread_once(&once, needs_itself);
}

static void ends_at_first(void)
{
	if (n_begun++ == 0)
		pthread_exit(NULL);
}

static void *does_once(void *unused)
{
	pthread_once(&once, ends_at_first);
	return unused;
}

/* Whoever begins gives up, and the other does it: 2 classes. */
void once_given_up(void)
{
	run_two(does_once, does_once);
	assert(n_begun == 2);
}

/* ---- semaphores ---- */

void semaphore_never_initialised(void)
{
	sem_wait(&sem);
}

void semaphore_copied(void)
{
	sem_init(&sem, 0, 1);
	other_sem = sem;
	sem_wait(&other_sem);
}

void semaphore_used_after_its_destruction(void)
{
	sem_init(&sem, 0, 1);
	sem_destroy(&sem);
	sem_post(&sem);
}

void semaphore_starved(void)
{
	sem_init(&sem, 0, 1);
	sem_wait(&sem);
	sem_wait(&sem);
}

static void *posts(void *unused)
{
	if (sem_post(&sem) != 0) {
		assert(errno == EOVERFLOW);
		n_refused++;
	}
	return unused;
}

/* Room for one of two: 2 classes. */
void semaphore_full(void)
{
	sem_init(&sem, 0, SEM_VALUE_MAX - 1);
	run_two(posts, posts);
	assert(n_refused == 1);
}

/* The question comes before or after each of the posts, which have no order: 4 classes. */
void asked_while_posted(void)
{
	pthread_t threads[2];
	int value;

	sem_init(&sem, 0, 0);
	pthread_create(&threads[0], NULL, posts, NULL);
	pthread_create(&threads[1], NULL, posts, NULL);
	sem_getvalue(&sem, &value);
	assert(value >= 0 && value <= 2);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
}

void named_destroyed(void)
{
	sem_destroy(sem_open("/one", O_CREAT, 0600, 1));
}

void named_used_after_closing(void)
{
	sem_t *named = sem_open("/one", O_CREAT, 0600, 1);

	sem_close(named);
	sem_wait(named);
}

static void *creates(void *unused)
{
	if (sem_open("/one", O_CREAT | O_EXCL, 0600, 1) == SEM_FAILED)
		assert(errno == EEXIST);
	return unused;
}

/* Either of them creates it: 2 classes. */
void named_created_by_two(void)
{
	run_two(creates, creates);
}
