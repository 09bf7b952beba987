/*
 * Plain pthreads, with the mutexes taken in the same order everywhere: no ABBA deadlock.
 *
 * The repaired twin of pthread_abba.c: `audit` takes the ledger first, as `deposit` does.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

/* Taken in this order. */
static pthread_mutex_t ledger = PTHREAD_MUTEX_INITIALIZER, account = PTHREAD_MUTEX_INITIALIZER;
static int n_entries; /* protected by ledger */
static int balance;   /* protected by account */

static void *deposit(void *unused)
{
	(void)unused;
	pthread_mutex_lock(&ledger);
	pthread_mutex_lock(&account);
	balance += 10;
	n_entries++;
	pthread_mutex_unlock(&account);
	pthread_mutex_unlock(&ledger);
	return NULL;
}

static void *audit(void *unused)
{
	(void)unused;
	pthread_mutex_lock(&ledger);
	pthread_mutex_lock(&account);
	assert(balance == 10 * n_entries);
	pthread_mutex_unlock(&account);
	pthread_mutex_unlock(&ledger);
	return NULL;
}

int main(void)
{
	pthread_t depositor, auditor;

	pthread_create(&depositor, NULL, deposit, NULL);
	pthread_create(&auditor, NULL, audit, NULL);
	pthread_join(depositor, NULL);
	pthread_join(auditor, NULL);
	assert(n_entries == 1);
	return 0;
}
