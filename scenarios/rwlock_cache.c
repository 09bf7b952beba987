/*
 * Two readers and a writer: readers side by side, the writer alone.
 *
 * The price and the quantity of an article belong together: their product must always be 100. The writer changes one
 * after the other, and in between that is not true. Under a read-write lock nobody sees the in-between: while it writes no
 * reader is there. The readers do not get into each other's way: they may all be inside at once, in any order, and since
 * that order makes no difference the checker does not try it.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

enum { N_READERS = 3 };

static struct sim_rwlock article;
static int price = 10, quantity = 10; /* protected by article */

static void look(void *unused)
{
	(void)unused;
	sim_rwlock_read_acquire(&article);
	assert(price * quantity == 100);
	sim_rwlock_release(&article);
}

static void change(void *unused)
{
	(void)unused;
	sim_rwlock_write_acquire(&article);
	price = 20;
	quantity = 5;
	sim_rwlock_release(&article);
}

int main(void)
{
	struct sim_thread readers[N_READERS], writer;

	sim_thread_init(&writer, "writer", change, NULL);
	sim_thread_start(&writer);
	for (int i = 0; i < N_READERS; i++) {
		sim_thread_init(&readers[i], NULL, look, NULL);
		sim_thread_start(&readers[i]);
	}
	sim_thread_join(&writer);
	for (int i = 0; i < N_READERS; i++)
		sim_thread_join(&readers[i]);
	assert(price == 20 && quantity == 5);
	return 0;
}
