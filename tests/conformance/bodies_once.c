/* The bodies of once (bodies.h says how they are run). Each starts from zero-filled objects. */
#include <string.h>

#include "body.h"

static struct sim_once once, other;
static struct sim_thread first, second;
static int n_calls, value;

static void count(void *argument)
{
	n_calls++;
	value = argument != NULL ? *(int *)argument : 1;
}

void once_called_once(void)
{
	int five = 5;

	assert(sim_once_call(&once, count, &five) == SIM_OK);
	assert(n_calls == 1 && value == 5);
	assert(sim_once_call(&once, count, NULL) == SIM_OK);
	assert(n_calls == 1 && value == 5);
}

/* Whoever comes back from it sees what the function did. */
static void call_and_look(void *unused)
{
	(void)unused;
	assert(sim_once_call(&once, count, NULL) == SIM_OK);
	assert(n_calls == 1 && value == 1);
}

void once_by_several_threads(void)
{
	start(&first, call_and_look, NULL);
	start(&second, call_and_look, NULL);
	call_and_look(NULL);
	join(&first);
	join(&second);
}

static void call_other(void *unused)
{
	(void)unused;
	assert(sim_once_call(&other, count, NULL) == SIM_OK);
}

void once_within_another(void)
{
	assert(sim_once_call(&once, call_other, NULL) == SIM_OK);
	assert(n_calls == 1);
	assert(sim_once_call(&other, count, NULL) == SIM_OK);
	assert(n_calls == 1);
}

void once_initialised_with_a_name(void)
{
	struct sim_once local;

	memset(&local, 0xff, sizeof(local));
	sim_once_init(&local, "setup");
	assert(strcmp(local.name, "setup") == 0);
	assert(sim_once_call(&local, count, NULL) == SIM_OK);
	assert(n_calls == 1);
}

void once_initialised_again(void)
{
	assert(sim_once_call(&once, count, NULL) == SIM_OK);
	sim_once_init(&once, NULL);
	assert(sim_once_call(&once, count, NULL) == SIM_OK);
	assert(n_calls == 2);
}

void once_call_null(void)
{
	assert(sim_once_call(NULL, count, NULL) == SIM_MISUSE);
}

void once_call_without_function(void)
{
	assert(sim_once_call(&once, NULL, NULL) == SIM_MISUSE);
}
