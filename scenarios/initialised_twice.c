/*
 * Whoever comes first sets things up. Two come first.
 *
 * The table is made when it is needed for the first time. "If it is not there yet, make it": between the look and the
 * making there is time for another thread to look as well. Then both make it, and one of the two tables is lost,
 * with all that was put into it meanwhile. That the flag is read by one thread while another one writes it is a data
 * race, too: even a thread that finds the flag set need not see the table that goes with it.
 *
 * initialised_twice_fixed.c uses what is there for this.
 *
 * SIMCHECK-EXPECT: data-race
 * SIMCHECK-EXPECT: assertion
 */
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static bool is_ready;
static int n_setups;

static void set_up(void)
{
	n_setups++;
}

static void use(void *unused)
{
	(void)unused;
	if (!is_ready) {
		set_up(); /* both may get here */
		is_ready = true;
	}
}

int main(void)
{
	struct sim_thread first, second;

	sim_thread_init(&first, "first", use, NULL);
	sim_thread_init(&second, "second", use, NULL);
	sim_thread_start(&first);
	sim_thread_start(&second);
	sim_thread_join(&first);
	sim_thread_join(&second);
	assert(n_setups == 1);
	return 0;
}
