/*
 * One thread adds, one subtracts, and one of the two changes gets lost.
 *
 * `number += 10` looks like one step, but it is three: read the number, add, write the result back. If both threads
 * read 100 before either writes, one writes 110 and the other 90; whoever writes last wins, and the other change was
 * never made. In the end the number is 110 or 90 instead of 100.
 *
 * simcheck reports two things: first the data race, two accesses to `number` with nothing that orders them, which is
 * the mistake; then its consequence, the assertion that fails. lost_update_fixed.c makes the three steps one, with a
 * lock.
 *
 * SIMCHECK-EXPECT: data-race
 * SIMCHECK-EXPECT: assertion
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static int number = 100;

static void add(void *unused)
{
	(void)unused;
	number += 10;
}

static void subtract(void *unused)
{
	(void)unused;
	number -= 10;
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
