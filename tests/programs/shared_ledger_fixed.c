/*
 * A ledger whose clients may break off in the middle of a booking: so that the others can go on, its mutex is robust. A
 * client that is told that the one before ended with the mutex takes back what that one has done, and says that the ledger
 * is consistent again.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

static struct ledger {
	pthread_mutex_t lock;
	int debit, credit;
} ledger;

static void ledger_init(void)
{
	pthread_mutexattr_t attributes;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&ledger.lock, &attributes);
	pthread_mutexattr_destroy(&attributes);
}

static bool ledger_enter(void)
{
	int error = pthread_mutex_lock(&ledger.lock);

	if (error == EOWNERDEAD) {
		ledger.debit = ledger.credit;
		error = pthread_mutex_consistent(&ledger.lock);
	}
	return error == 0;
}

static void ledger_leave(void)
{
	pthread_mutex_unlock(&ledger.lock);
}

static void *book(void *valid)
{
	if (!ledger_enter())
		assert(!"the ledger is lost");
	assert(ledger.debit == ledger.credit);
	ledger.debit += 100;
	if (!valid)
		pthread_exit(NULL);
	ledger.credit += 100;
	ledger_leave();
	return NULL;
}

int main(void)
{
	pthread_t clients[2];
	bool valid = true;

	ledger_init();
	pthread_create(&clients[0], NULL, book, &valid);
	pthread_create(&clients[1], NULL, book, NULL);
	pthread_join(clients[0], NULL);
	pthread_join(clients[1], NULL);
	book(&valid);
	return 0;
}
