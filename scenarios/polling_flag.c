/*
 * A thread polls a plain variable to see whether another one has finished its part.
 *
 * It looks reasonable: the worker computes `result`, then sets `finished`; the other one looks at `finished` again and
 * again, and then uses `result`. But neither variable says that threads share it. The compiler may read `finished`
 * once and then poll a register for ever, or write `finished` before `result`; and so may the processor.
 *
 * simcheck reports both data races: on the flag, and on the result that the flag was meant to guard.
 * polling_flag_fixed.c makes the flag atomic, and that is enough for both.
 *
 * SIMCHECK-EXPECT: data-race
 */
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static int result;
static bool finished;

static void work(void *unused)
{
	(void)unused;
	result = 42;
	finished = true;
}

static void poll(void *unused)
{
	(void)unused;
	while (!finished)
		; /* busy */
	assert(result == 42);
}

int main(void)
{
	struct sim_thread worker, poller;

	sim_thread_init(&worker, "worker", work, NULL);
	sim_thread_init(&poller, "poller", poll, NULL);
	sim_thread_start(&worker);
	sim_thread_start(&poller);
	sim_thread_join(&worker);
	sim_thread_join(&poller);
	return 0;
}
