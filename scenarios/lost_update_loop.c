/*
 * Two threads go through their changes in a loop, and at the end the number is not what was counted.
 *
 * lost_update.c with more than one change each: `number = number + amount` as often as `number = number - amount`, so
 * the number should be what it was, 100. Each round is a chance to lose a change, and the more rounds there are, the
 * further off the result can be: a thread that has read 100 can sleep through all rounds of the other and then write
 * its own result over them.
 *
 * SIMCHECK-EXPECT: data-race
 * SIMCHECK-EXPECT: assertion
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

enum { ROUNDS = 2 };

static int number = 100;

static void add(void *amount)
{
	for (int i = 0; i < ROUNDS; i++)
		number = number + *(const int *)amount;
}

static void subtract(void *amount)
{
	for (int i = 0; i < ROUNDS; i++)
		number = number - *(const int *)amount;
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
