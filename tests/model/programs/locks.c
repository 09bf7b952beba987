/* Mutexes, condition variables and spin locks of POSIX and C11: what breaks their rules, and what only seems to. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER, other_mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static pthread_spinlock_t spin, other_spin;
static mtx_t c11;
static const struct timespec past = {.tv_sec = 1};

static void run(void *(*body)(void *), void *argument)
{
	pthread_t thread;

	pthread_create(&thread, NULL, body, argument);
	pthread_join(thread, NULL);
}

/* ---- mutexes ---------------------------------------------------------------------------------------------------- */

static void *unlock(void *unused)
{
	pthread_mutex_unlock(&mutex);
	return unused;
}

void unlocked_by_another(void)
{
	pthread_mutex_lock(&mutex);
	run(unlock, NULL);
}

void unlocked_twice(void)
{
	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
	pthread_mutex_unlock(&mutex);
}

void locked_twice(void)
{
	pthread_mutex_lock(&mutex);
	pthread_mutex_lock(&mutex);
}

void adaptive_locked_twice(void)
{
	pthread_mutex_t adaptive = PTHREAD_ADAPTIVE_MUTEX_INITIALIZER_NP;

	pthread_mutex_lock(&adaptive);
	pthread_mutex_lock(&adaptive);
}

void destroyed_while_locked(void)
{
	pthread_mutex_lock(&mutex);
	pthread_mutex_destroy(&mutex);
}

void initialised_while_locked(void)
{
	pthread_mutex_lock(&mutex);
	pthread_mutex_init(&mutex, NULL);
}

void never_initialised(void)
{
	pthread_mutex_t local;

	memset(&local, 0x55, sizeof local);
	pthread_mutex_lock(&local);
}

static void leave_locked(void)
{
	pthread_mutex_t local = PTHREAD_MUTEX_INITIALIZER;

	pthread_mutex_lock(&local);
}

/* The second one is at the place of the first, and free. */
void left_locked_at_the_same_place(void)
{
	leave_locked();
	leave_locked();
}

static void *lock(void *unused)
{
	pthread_mutex_lock(&mutex);
	return unused;
}

/* Not robust: main comes second, and waits for ever, or first. 2 classes. */
void owner_ends(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, lock, NULL);
	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
	pthread_join(thread, NULL);
}

/* Memory for a part of a mutex; all zero, which would be one. */
void less_than_a_mutex(void)
{
	pthread_mutex_t *small = calloc(1, sizeof *small / 2);

	pthread_mutex_lock(small);
}

void less_than_a_condition(void)
{
	pthread_cond_t *small = calloc(1, sizeof *small / 2);

	pthread_cond_signal(small);
}

void freed_mutex_locked(void)
{
	pthread_mutex_t *own = calloc(1, sizeof *own);

	free(own);
	pthread_mutex_lock(own);
}

/* ---- robust mutexes --------------------------------------------------------------------------------------------- */

static void make_robust(void)
{
	pthread_mutexattr_t attributes;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&mutex, &attributes);
}

/* 2 classes: who locks first, and only in one of them is anything wrong with the mutex. */
void robust_owner_ends(void)
{
	pthread_t thread;

	make_robust();
	pthread_create(&thread, NULL, lock, NULL);
	int result = pthread_mutex_lock(&mutex);
	assert(result == 0 || result == EOWNERDEAD);
	if (result == EOWNERDEAD)
		pthread_mutex_consistent(&mutex);
	pthread_mutex_unlock(&mutex);
	pthread_join(thread, NULL);
}

void robust_owner_unknown_to_the_next(void)
{
	pthread_t thread;

	make_robust();
	pthread_create(&thread, NULL, lock, NULL);
	assert(pthread_mutex_lock(&mutex) == 0);
	pthread_mutex_unlock(&mutex);
	pthread_join(thread, NULL);
}

static void *try_lost(void *unused)
{
	int result = pthread_mutex_trylock(&mutex);

	assert(result == EBUSY || result == ENOTRECOVERABLE);
	return unused;
}

/* Held by main, which gives it up for good. From then on each attempt takes it for a moment, to learn that it is lost. The
 * other's attempt comes before main gives it up, or after main's own attempt; or one of the two meets the other's moment, or
 * main's attempt comes after the other's: 5 classes. */
void lost_for_whoever_tries(void)
{
	pthread_t thread;

	make_robust();
	run(lock, NULL);
	assert(pthread_mutex_lock(&mutex) == EOWNERDEAD);
	pthread_create(&thread, NULL, try_lost, NULL);
	pthread_mutex_unlock(&mutex);
	assert(pthread_mutex_trylock(&mutex) == ENOTRECOVERABLE);
	pthread_join(thread, NULL);
}

/* ---- condition variables ---------------------------------------------------------------------------------------- */

void waiting_without_the_mutex(void)
{
	pthread_cond_wait(&condition, &mutex);
}

void condition_never_initialised(void)
{
	pthread_cond_t local;

	memset(&local, 0x55, sizeof local);
	pthread_cond_signal(&local);
}

static void *wait_a_moment(void *with)
{
	pthread_mutex_lock(with);
	pthread_cond_timedwait(&condition, with, &past);
	pthread_mutex_unlock(with);
	return NULL;
}

/* One has left before the other comes, or they wait at the same time: 2 classes each, by who comes first. */
void waiting_with_different_mutexes(void)
{
	pthread_t one, two;

	pthread_create(&one, NULL, wait_a_moment, &mutex);
	pthread_create(&two, NULL, wait_a_moment, &other_mutex);
	pthread_join(one, NULL);
	pthread_join(two, NULL);
}

void waiting_with_different_mutexes_in_turn(void)
{
	wait_a_moment(&mutex);
	run(wait_a_moment, &other_mutex);
}

static void *wait(void *unused)
{
	pthread_mutex_lock(&mutex);
	pthread_cond_wait(&condition, &mutex);
	pthread_mutex_unlock(&mutex);
	return unused;
}

void condition_initialised_while_waited_for(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, wait, NULL);
	pthread_mutex_lock(&mutex);
	pthread_cond_init(&condition, NULL);
	pthread_cond_signal(&condition);
	pthread_mutex_unlock(&mutex);
	pthread_join(thread, NULL);
}

/* ---- spin locks ------------------------------------------------------------------------------------------------- */

static void *unlock_spin(void *unused)
{
	pthread_spin_unlock(&spin);
	return unused;
}

void spin_unlocked_by_another(void)
{
	pthread_spin_init(&spin, 0);
	pthread_spin_lock(&spin);
	run(unlock_spin, NULL);
}

void spin_unlocked_twice(void)
{
	pthread_spin_init(&spin, 0);
	pthread_spin_lock(&spin);
	pthread_spin_unlock(&spin);
	pthread_spin_unlock(&spin);
}

void spin_locked_twice(void)
{
	pthread_spin_init(&spin, 0);
	pthread_spin_lock(&spin);
	pthread_spin_lock(&spin);
}

void spin_never_initialised(void)
{
	pthread_spin_lock(&spin);
}

void spin_used_after_its_destruction(void)
{
	pthread_spin_init(&spin, 0);
	pthread_spin_destroy(&spin);
	pthread_spin_trylock(&spin);
}

void spin_destroyed_while_locked(void)
{
	pthread_spin_init(&spin, 0);
	pthread_spin_lock(&spin);
	pthread_spin_destroy(&spin);
}

static void *other_way_round(void *unused)
{
	pthread_spin_lock(&other_spin);
	pthread_spin_lock(&spin);
	pthread_spin_unlock(&spin);
	pthread_spin_unlock(&other_spin);
	return unused;
}

/* As with mutexes, 3 classes: either has both before the other has any, or each has one. */
void spin_locks_in_different_orders(void)
{
	pthread_t thread;

	pthread_spin_init(&spin, 0);
	pthread_spin_init(&other_spin, 0);
	pthread_create(&thread, NULL, other_way_round, NULL);
	pthread_spin_lock(&spin);
	pthread_spin_lock(&other_spin);
	pthread_spin_unlock(&other_spin);
	pthread_spin_unlock(&spin);
	pthread_join(thread, NULL);
}

/* ---- C11 -------------------------------------------------------------------------------------------------------- */

void mtx_of_no_type(void)
{
	mtx_init(&c11, 77);
}

void mtx_timed_without_support(void)
{
	mtx_init(&c11, mtx_plain);
	mtx_timedlock(&c11, &past);
}

/* POSIX would return an error; C11 leaves it undefined. */
void mtx_recursive_unlocked_once_more(void)
{
	mtx_init(&c11, mtx_plain | mtx_recursive);
	mtx_lock(&c11);
	mtx_unlock(&c11);
	mtx_unlock(&c11);
}

void mtx_locked_twice(void)
{
	mtx_init(&c11, mtx_plain);
	mtx_lock(&c11);
	mtx_lock(&c11);
}

void mtx_destroyed_while_locked(void)
{
	mtx_init(&c11, mtx_plain);
	mtx_lock(&c11);
	mtx_destroy(&c11);
}

void cnd_waiting_without_the_mutex(void)
{
	cnd_t changed;

	cnd_init(&changed);
	mtx_init(&c11, mtx_plain | mtx_recursive);
	cnd_wait(&changed, &c11);
}
