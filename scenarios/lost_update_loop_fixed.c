/*
 * Two threads go through their changes in a loop, each change under a lock, and the sum is right.
 *
 * The repaired twin of lost_update_loop.c. The lock is taken for each change, not for the whole loop: the threads
 * take turns in any order, and each change is whole. `amount` needs no lock, for nobody writes it after the start.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

enum { ROUNDS = 2 };

static struct sim_lock lock;
static int number = 100; /* protected by lock */

static void add(void *amount)
{
	for (int i = 0; i < ROUNDS; i++) {
		sim_lock_acquire(&lock);
		number = number + *(const int *)amount;
		sim_lock_release(&lock);
	}
}

static void subtract(void *amount)
{
	for (int i = 0; i < ROUNDS; i++) {
		sim_lock_acquire(&lock);
		number = number - *(const int *)amount;
		sim_lock_release(&lock);
	}
}

int main(void)
{
	struct sim_thread adder, subtracter;
	int amount = 10;

	sim_thread_init(&adder, "adder", add, &amount);
	sim_thread_init(&subtracter, "subtracter", subtract, &amount);
	sim_thread_start(&adder);
	sim_thread_start(&subtracter);
	sim_thread_join(&adder);
	sim_thread_join(&subtracter);
	assert(number == 100);
	return 0;
}
