/* The beginning and the end of mutexes, condition variables and threads: rules kept, and rules broken. */
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include <simcheck/simcheck.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;

static void *use(void *argument)
{
	pthread_mutex_t *own = argument;

	pthread_mutex_lock(own);
	pthread_mutex_unlock(own);
	return NULL;
}

/* ---- mutexes ---------------------------------------------------------------------------------------------------- */

/* The user may lock before the destruction, be in the middle, or come too late. */
void destroyed_while_used(void)
{
	pthread_t user;

	pthread_create(&user, NULL, use, &mutex);
	pthread_mutex_destroy(&mutex);
	pthread_join(user, NULL);
}

void freed_while_used(void)
{
	pthread_mutex_t *own = malloc(sizeof *own);
	pthread_t user;

	pthread_mutex_init(own, NULL);
	pthread_create(&user, NULL, use, own);
	free(own);
	pthread_join(user, NULL);
}

void initialised_while_used(void)
{
	pthread_t user;

	pthread_create(&user, NULL, use, &mutex);
	pthread_mutex_init(&mutex, NULL);
	pthread_join(user, NULL);
}

void used_after_its_destruction(void)
{
	pthread_mutex_destroy(&mutex);
	pthread_mutex_lock(&mutex);
}

struct shared {
	pthread_mutex_t mutex;
	int users;
};

static void *leave(void *argument)
{
	struct shared *shared = argument;
	int last;

	pthread_mutex_lock(&shared->mutex);
	last = --shared->users == 0;
	pthread_mutex_unlock(&shared->mutex);
	if (last) {
		pthread_mutex_destroy(&shared->mutex);
		free(shared);
	}
	return NULL;
}

/* Whoever comes last is ordered after all others by the mutex. 2 classes: who locks first. */
void last_user_frees(void)
{
	struct shared *shared = malloc(sizeof *shared);
	pthread_t one, two;

	pthread_mutex_init(&shared->mutex, NULL);
	shared->users = 2;
	pthread_create(&one, NULL, leave, shared);
	pthread_create(&two, NULL, leave, shared);
	pthread_join(one, NULL);
	pthread_join(two, NULL);
}

static void once(void)
{
	pthread_mutex_t local = PTHREAD_MUTEX_INITIALIZER;

	pthread_mutex_lock(&local);
	pthread_mutex_unlock(&local);
	pthread_mutex_destroy(&local);
}

/* Two mutexes, one after the other at the same address. */
void a_new_one_at_the_old_place(void)
{
	once();
	once();
}

/* ---- condition variables ---------------------------------------------------------------------------------------- */

static void *wait(void *unused)
{
	(void)unused;
	pthread_mutex_lock(&mutex);
	pthread_cond_wait(&condition, &mutex);
	pthread_mutex_unlock(&mutex);
	return NULL;
}

/* Destroyed before the wait, between its beginning and its queueing up, or while it waits. */
void destroyed_while_waited_for(void)
{
	pthread_t waiter;

	pthread_create(&waiter, NULL, wait, NULL);
	pthread_cond_destroy(&condition);
}

/* The wait would give up the mutex once, and it would stay locked. */
void waiting_with_a_mutex_locked_twice(void)
{
	pthread_mutexattr_t attributes;
	pthread_mutex_t recursive;
	struct timespec now = {0};

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
	pthread_mutex_init(&recursive, &attributes);
	pthread_mutex_lock(&recursive);
	pthread_mutex_lock(&recursive);
	pthread_cond_timedwait(&condition, &recursive, &now);
}

/* ---- threads ---------------------------------------------------------------------------------------------------- */

static void *idle(void *unused)
{
	return unused;
}

void joined_twice(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, idle, NULL);
	pthread_join(thread, NULL);
	pthread_join(thread, NULL);
}

void joined_after_detaching(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, idle, NULL);
	pthread_detach(thread);
	pthread_join(thread, NULL);
}

static void *detach_itself(void *unused)
{
	(void)unused;
	pthread_detach(pthread_self());
	return NULL;
}

/* Whether the join begins before or after that: it returns to a thread that was detached. */
void joined_while_detaching_itself(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, detach_itself, NULL);
	pthread_join(thread, NULL);
}

void started_detached_and_joined(void)
{
	pthread_attr_t attributes;
	pthread_t thread;

	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	pthread_create(&thread, &attributes, idle, NULL);
	pthread_attr_destroy(&attributes);
	pthread_join(thread, NULL);
}

static void *join_other(void *argument)
{
	pthread_join(*(pthread_t *)argument, NULL);
	return NULL;
}

/* Both find it ended; the second of them is wrong, whichever that is. */
void joined_by_two(void)
{
	pthread_t thread, one, two;

	pthread_create(&thread, NULL, idle, NULL);
	pthread_create(&one, NULL, join_other, &thread);
	pthread_create(&two, NULL, join_other, &thread);
	pthread_join(one, NULL);
	pthread_join(two, NULL);
}

/* ---- blocks of the heap ----------------------------------------------------------------------------------------- */

static void *release(void *block)
{
	free(block);
	return NULL;
}

/* A block of no bytes is one, too. 1 class: the mistake is the same whoever comes second. */
void empty_block_freed_by_two(void)
{
	void *block = malloc(0);
	pthread_t one, two;

	pthread_create(&one, NULL, release, block);
	pthread_create(&two, NULL, release, block);
	pthread_join(one, NULL);
	pthread_join(two, NULL);
}

static void take_and_leave(void *lock)
{
	sim_lock_acquire(lock);
}

static void take_and_give_back(void *lock)
{
	sim_lock_acquire(lock);
	sim_lock_release(lock);
}

static void use_a_lock(void (*by_thread)(void *), bool by_both)
{
	struct sim_thread thread;
	struct sim_lock lock;

	sim_lock_init(&lock, NULL);
	sim_thread_init(&thread, NULL, by_thread, &lock);
	sim_thread_start(&thread);
	if (by_both)
		take_and_give_back(&lock);
	sim_thread_join(&thread);
}

/* Two locks, one after the other at the same place of the stack. The first is left held, which is nothing to the second:
 * 2! = 2 orders of its two sections. */
void lock_left_held_at_the_same_place(void)
{
	use_a_lock(take_and_leave, false);
	use_a_lock(take_and_give_back, true);
}
