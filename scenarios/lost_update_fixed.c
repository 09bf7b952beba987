/*
 * One thread adds, one subtracts, each under the same lock: no change gets lost.
 *
 * The repaired twin of lost_update.c. Between the reading and the writing of one thread the other cannot come in,
 * for it would need the lock. Which of the two comes first is still open, and does not matter: 100 + 10 - 10 = 100 -
 * 10 + 10. main needs no lock to read the number: after the joins nobody else is there.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_lock lock;
static int number = 100; /* protected by lock */

static void add(void *unused)
{
	(void)unused;
	sim_lock_acquire(&lock);
	number += 10;
	sim_lock_release(&lock);
}

static void subtract(void *unused)
{
	(void)unused;
	sim_lock_acquire(&lock);
	number -= 10;
	sim_lock_release(&lock);
}

int main(void)
{
	struct sim_thread adder, subtracter;

	sim_thread_init(&adder, "adder", add, NULL);
	sim_thread_init(&subtracter, "subtracter", subtract, NULL);
	sim_thread_start(&adder);
	sim_thread_start(&subtracter);
	sim_thread_join(&adder);
	sim_thread_join(&subtracter);
	assert(number == 100);
	return 0;
}
