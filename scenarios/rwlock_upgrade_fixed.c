/*
 * From reading to writing in two steps, and a second look in between.
 *
 * The repaired twin of rwlock_upgrade.c. The reader gives the lock back before it asks for it as a writer. In between
 * another thread may have written the entry, so it looks again before it writes: without that second look both would
 * fill it in.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_rwlock catalogue;
static int entry, n_fills; /* protected by catalogue; entry 0: not there yet */

static void fill_in(void)
{
	sim_rwlock_write_acquire(&catalogue);
	if (entry == 0) {
		entry = 42;
		n_fills++;
	}
	sim_rwlock_release(&catalogue);
}

static void look_up(void *unused)
{
	int found;

	(void)unused;
	sim_rwlock_read_acquire(&catalogue);
	found = entry;
	sim_rwlock_release(&catalogue);
	if (found == 0)
		fill_in();
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
	assert(entry == 42 && n_fills == 1);
	return 0;
}
