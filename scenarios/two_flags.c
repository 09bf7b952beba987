/*
 * A lock made of two flags: each thread raises its own, then waits until the other's is down.
 *
 * As a lock it works: the two are never inside together. But let both raise their flags before either looks: now each
 * waits for the other to take its flag down, and neither will. Both are busy all the time and get nowhere. That is a
 * livelock: a deadlock that uses up the processors.
 *
 * two_flags_fixed.c looks and raises in one step.
 *
 * SIMCHECK-EXPECT: livelock
 */
#include <assert.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static atomic_bool flag_1, flag_2;
static int counter; /* protected by the flags */

static void count_1(void *unused)
{
	(void)unused;
	flag_1 = true;
	while (flag_2)
		; /* after you */
	counter++;
	flag_1 = false;
}

static void count_2(void *unused)
{
	(void)unused;
	flag_2 = true;
	while (flag_1)
		; /* no, after you */
	counter++;
	flag_2 = false;
}

int main(void)
{
	struct sim_thread t1, t2;

	sim_thread_init(&t1, "T1", count_1, NULL);
	sim_thread_init(&t2, "T2", count_2, NULL);
	sim_thread_start(&t1);
	sim_thread_start(&t2);
	sim_thread_join(&t1);
	sim_thread_join(&t2);
	assert(counter == 2);
	return 0;
}
