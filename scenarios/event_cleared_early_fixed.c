/*
 * The event is cleared when what it says is no longer wanted, not a moment after it was set.
 *
 * The repaired twin of event_cleared_early.c. A second event says that the visitor is through; the keeper waits for it
 * before it closes the gate. Whether the visitor comes before the gate is opened or after, it finds it open.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_event_flag gate, through;

static void visit(void *unused)
{
	(void)unused;
	sim_event_wait(&gate);
	sim_event_set(&through);
}

static void open_and_close(void *unused)
{
	(void)unused;
	sim_event_set(&gate);
	sim_event_wait(&through);
	sim_event_clear(&gate);
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
	assert(!sim_event_is_set(&gate));
	return 0;
}
