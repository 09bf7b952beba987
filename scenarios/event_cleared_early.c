/*
 * An event that is set and cleared at once is seen only by those who wait already.
 *
 * The gate opens and closes again: `set`, then `clear`. Whoever stands before it at that moment gets through, also if it
 * takes a while to move. Who comes a moment later finds the gate closed, and nobody will open it again.
 *
 * Setting an event is meant to last: the flag says that something is so, and it should be cleared only when it is no
 * longer so. event_cleared_early_fixed.c leaves the gate open until the visitor says that it is through.
 *
 * SIMCHECK-EXPECT: deadlock lost-wakeup
 */
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_event_flag gate;

static void visit(void *unused)
{
	(void)unused;
	sim_event_wait(&gate);
}

static void open_and_close(void *unused)
{
	(void)unused;
	sim_event_set(&gate);
	sim_event_clear(&gate); /* has everybody come? */
}

int main(void)
{
	struct sim_thread visitor, keeper;

	sim_thread_init(&visitor, "visitor", visit, NULL);
	sim_thread_init(&keeper, "keeper", open_and_close, NULL);
	sim_thread_start(&visitor);
	sim_thread_start(&keeper);
	sim_thread_join(&visitor);
	sim_thread_join(&keeper);
	return 0;
}
