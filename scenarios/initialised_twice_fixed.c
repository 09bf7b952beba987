/*
 * Whoever comes first sets things up, and the others wait until that is done.
 *
 * The repaired twin of initialised_twice.c. sim_once_call() calls the function for the first who asks; a thread that
 * comes while it runs waits for its end, a thread that comes later goes on at once. Whoever gets past it sees what the
 * function wrote.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_once setup;
static int n_setups;

static void set_up(void *unused)
{
	(void)unused;
	n_setups++;
}

static void use(void *unused)
{
	(void)unused;
	sim_once_call(&setup, set_up, NULL);
	assert(n_setups == 1);
}

int main(void)
{
	struct sim_thread first, second;

	sim_thread_init(&first, "first", use, NULL);
	sim_thread_init(&second, "second", use, NULL);
	sim_thread_start(&first);
	sim_thread_start(&second);
	use(NULL);
	sim_thread_join(&first);
	sim_thread_join(&second);
	return 0;
}
