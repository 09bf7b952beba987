/*
 * A thread ends by an error, and its work is missing.
 *
 * A thread that reports an error ends alone: the program goes on, and a join of that thread returns as if all were
 * well. Whoever needs its result has to ask whether there is one. Here nobody does; the error itself is reported, and
 * so is what comes of it.
 *
 * SIMCHECK-EXPECT: exception
 * SIMCHECK-EXPECT: assertion
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static int result; /* written by the reader, read after it has ended */

static void read_input(void *input)
{
	const char *digit = input;

	if (*digit < '0' || *digit > '9')
		sim_thread_fail("the input is not a digit");
	result = *digit - '0';
}

int main(void)
{
	static char input[] = "x";
	struct sim_thread reader;

	result = -1;
	sim_thread_init(&reader, "reader", read_input, input);
	sim_thread_start(&reader);
	sim_thread_join(&reader);
	assert(result >= 0);
	return 0;
}
