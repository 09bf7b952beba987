/*
 * The ABBA deadlock on plain pthreads.
 *
 * deadlock_abba.c once more, as a program that knows nothing of simcheck: the same mistake, and simcheck finds it in
 * the unchanged source. `deposit` takes the ledger, then the account; `audit` takes the account, then the ledger.
 * When each has its first mutex, neither will ever get its second.
 *
 * SIMCHECK-EXPECT: deadlock lock-cycle
 */
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t ledger = PTHREAD_MUTEX_INITIALIZER, account = PTHREAD_MUTEX_INITIALIZER;
static int n_entries; /* protected by ledger */
static int balance;   /* protected by account */

static void *deposit(void *unused)
{
	(void)unused;
	pthread_mutex_lock(&ledger);
	pthread_mutex_lock(&account); /* here, if audit has it */
	balance += 10;
	n_entries++;
	pthread_mutex_unlock(&account);
	pthread_mutex_unlock(&ledger);
	return NULL;
}

static void *audit(void *unused)
{
	(void)unused;
	pthread_mutex_lock(&account);
	pthread_mutex_lock(&ledger); /* and here, if deposit has it */
	assert(balance == 10 * n_entries);
	pthread_mutex_unlock(&ledger);
	pthread_mutex_unlock(&account);
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
