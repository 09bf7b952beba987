/*
 * A thread ends by an error, and the program is prepared for it.
 *
 * The repaired twin of thread_fails.c. A handler takes note of the error, on the thread that it ends; main asks after
 * the join. The error is not reported any more: the program has said what becomes of it.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static int result;      /* written by the reader, read after it has ended */
static const char *why; /* the same */

static void note(struct sim_thread *thread, const char *error)
{
	assert(thread == sim_thread_current());
	why = error;
}

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

	sim_on_thread_failure(note);
	sim_thread_init(&reader, "reader", read_input, input);
	sim_thread_start(&reader);
	sim_thread_join(&reader);
	if (why != NULL)
		sim_log("no result: %s", why);
	assert(why != NULL || result >= 0);
	return 0;
}
