/*
 * One thread takes a lock twice, and may: the lock is re-entrant.
 *
 * The repaired twin of lock_twice.c. An RLock knows its owner, and lets it in again; deposit() can call audit() with
 * the lock held or without. main shows what an attempt that does not wait says: false for a plain lock that one holds
 * oneself, true for a re-entrant one.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_rlock lock;
static struct sim_lock plain;
static int balance; /* protected by the lock */

static void audit(void)
{
	sim_rlock_acquire(&lock);
	assert(balance >= 0);
	sim_rlock_release(&lock);
}

static void deposit(void *amount)
{
	sim_rlock_acquire(&lock);
	balance += *(int *)amount;
	audit();
	sim_rlock_release(&lock);
}

int main(void)
{
	struct sim_thread thread;
	int amount = 5;

	sim_thread_init(&thread, "teller", deposit, &amount);
	sim_thread_start(&thread);
	sim_lock_acquire(&plain);
	assert(!sim_lock_try_acquire(&plain));
	sim_lock_release(&plain);
	sim_rlock_acquire(&lock);
	assert(sim_rlock_try_acquire(&lock));
	sim_rlock_release(&lock);
	sim_rlock_release(&lock);
	sim_thread_join(&thread);
	assert(balance == 5);
	return 0;
}
