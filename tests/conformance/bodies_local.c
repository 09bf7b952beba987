/* The bodies of per-thread values (bodies.h says how they are run). Each starts from zero-filled objects. */
#include "body.h"

static struct sim_local local, other;
static struct sim_thread first, second;

void local_is_null_at_first(void)
{
	assert(sim_local_get(&local) == NULL);
	assert(sim_local_get(&local) == NULL);
}

void local_keeps_its_value(void)
{
	int one, two;

	assert(sim_local_set(&local, &one) == SIM_OK);
	assert(sim_local_get(&local) == &one);
	assert(sim_local_set(&local, &two) == SIM_OK);
	assert(sim_local_get(&local) == &two);
	assert(sim_local_set(&local, NULL) == SIM_OK);
	assert(sim_local_get(&local) == NULL);
}

void local_of_two_variables(void)
{
	int one, two;

	assert(sim_local_set(&local, &one) == SIM_OK);
	assert(sim_local_get(&other) == NULL);
	assert(sim_local_set(&other, &two) == SIM_OK);
	assert(sim_local_get(&local) == &one);
	assert(sim_local_get(&other) == &two);
}

static void set_and_get(void *value)
{
	assert(sim_local_get(&local) == NULL);
	assert(sim_local_set(&local, value) == SIM_OK);
	sim_thread_yield();
	assert(sim_local_get(&local) == value);
}

/* Nobody sees what others have set, nor what the thread that started it had set. */
void local_is_per_thread(void)
{
	int mine, one, two;

	assert(sim_local_set(&local, &mine) == SIM_OK);
	start(&first, set_and_get, &one);
	start(&second, set_and_get, &two);
	assert(sim_local_get(&local) == &mine);
	join(&first);
	join(&second);
	assert(sim_local_get(&local) == &mine);
}

void local_initialised_again(void)
{
	int one;

	assert(sim_local_init(&local) == SIM_OK);
	assert(sim_local_get(&local) == NULL);
	assert(sim_local_set(&local, &one) == SIM_OK);
	assert(sim_local_init(&local) == SIM_OK);
	assert(sim_local_get(&local) == NULL);
}

void local_set_null(void)
{
	assert(sim_local_set(NULL, &local) == SIM_MISUSE);
}
