/*
 * From reading to writing in one step: a thread waits for itself.
 *
 * Many threads may read at once, but a writer must be alone. The lookup reads; if what it looks for is not there, it wants
 * to write, and keeps the lock for reading meanwhile, lest somebody else come in between. But the writer has to wait
 * until all readers have left, and one of them is the thread itself. It will not leave before it has written.
 *
 * rwlock_upgrade_fixed.c gives the lock back first, and looks again afterwards.
 *
 * SIMCHECK-EXPECT: deadlock self-deadlock
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_rwlock catalogue;
static int entry; /* protected by catalogue; 0: not there yet */

static void look_up(void *unused)
{
	(void)unused;
	sim_rwlock_read_acquire(&catalogue);
	if (entry == 0) {
		sim_rwlock_write_acquire(&catalogue); /* here, always: it reads itself */
		entry = 42;
		sim_rwlock_release(&catalogue);
	}
	assert(entry == 42);
	sim_rwlock_release(&catalogue);
}

int main(void)
{
	struct sim_thread reader, other;

	sim_thread_init(&reader, "reader", look_up, NULL);
	sim_thread_init(&other, "other", look_up, NULL);
	sim_thread_start(&reader);
	sim_thread_start(&other);
	sim_thread_join(&reader);
	sim_thread_join(&other);
	return 0;
}
