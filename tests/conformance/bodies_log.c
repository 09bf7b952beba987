/* The bodies of logging (bodies.h says how they are run). What is printed: tests/conformance/test_conformance_pthread.c. */
#include "body.h"

static struct sim_thread first, second;

static void log_number(void *number)
{
	sim_log("number %d", *(int *)number);
}

void log_lines_with_names(void)
{
	int one = 1, two = 2;

	sim_thread_init(&first, "first", log_number, &one);
	assert(sim_thread_start(&first) == SIM_OK);
	start(&second, log_number, &two);
	sim_log("%0300d", 0);
	join(&first);
	join(&second);
}
