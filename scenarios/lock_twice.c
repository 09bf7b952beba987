/*
 * One thread takes a plain lock twice: it waits for itself, for ever.
 *
 * deposit() takes the lock, and so does audit(), which deposit() calls while it holds it. A plain lock does not know
 * who has it: the second acquire waits for a release that only the waiting thread could make. No second thread is
 * needed, and every run hangs.
 *
 * SIMCHECK-EXPECT: deadlock self-deadlock
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_lock lock;
static int balance; /* protected by the lock */

static void audit(void)
{
	sim_lock_acquire(&lock);
	assert(balance >= 0);
	sim_lock_release(&lock);
}

static void deposit(void *amount)
{
	sim_lock_acquire(&lock);
	balance += *(int *)amount;
	audit();
	sim_lock_release(&lock);
}

int main(void)
{
	struct sim_thread thread;
	int amount = 5;

	sim_thread_init(&thread, "teller", deposit, &amount);
	sim_thread_start(&thread);
	sim_thread_join(&thread);
	return 0;
}
