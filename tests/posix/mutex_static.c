/* Mutexes that nobody initialises by a call: the static initialisers of each type, a zero-filled one, one on the heap. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t zero_filled;
static pthread_mutex_t normal = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t recursive = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static pthread_mutex_t checking = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;
static pthread_mutex_t adaptive = PTHREAD_ADAPTIVE_MUTEX_INITIALIZER_NP;
static struct account {
	pthread_mutex_t lock;
	int balance;
} *account;

static void *deposit(void *unused)
{
	pthread_mutex_t *all[] = {&zero_filled, &normal, &recursive, &checking, &adaptive};

	assert(pthread_mutex_lock(&account->lock) == 0);
	account->balance += 10;
	assert(pthread_mutex_unlock(&account->lock) == 0);
	for (int i = 0; i < 5; i++) {
		assert(pthread_mutex_lock(all[i]) == 0);
		assert(pthread_mutex_unlock(all[i]) == 0);
	}
	return unused;
}

int main(void)
{
	pthread_t thread;

	account = calloc(1, sizeof *account);
	pthread_create(&thread, NULL, deposit, NULL);
	pthread_mutex_lock(&account->lock);
	account->balance += 1;
	pthread_mutex_unlock(&account->lock);
	pthread_join(thread, NULL);
	assert(pthread_mutex_lock(&recursive) == 0 && pthread_mutex_lock(&recursive) == 0);
	assert(pthread_mutex_lock(&checking) == 0 && pthread_mutex_lock(&checking) == EDEADLK);
	assert(pthread_mutex_unlock(&checking) == 0 && pthread_mutex_unlock(&checking) == EPERM);
	assert(pthread_mutex_trylock(&adaptive) == 0 && pthread_mutex_trylock(&adaptive) == EBUSY);
	/* What was destroyed may be initialised again, by a call or by an assignment. */
	assert(pthread_mutex_destroy(&normal) == 0);
	normal = (pthread_mutex_t)PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
	assert(pthread_mutex_lock(&normal) == 0 && pthread_mutex_lock(&normal) == 0);
	printf("balance %d\n", account->balance);
	free(account);
	return 0;
}
