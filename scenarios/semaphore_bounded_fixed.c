/*
 * Every thread gives back exactly what it took.
 *
 * The repaired twin of semaphore_bounded.c: the permit is released in one place only. The bounded semaphore has nothing
 * to complain about, and in the end all permits are there again, and no more.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_semaphore permits = { .initial = 2, .bounded = true };

static void work(void *unused)
{
	(void)unused;
	sim_semaphore_acquire(&permits);
	sim_semaphore_release(&permits, 1);
}

int main(void)
{
	struct sim_thread first, second;

	sim_thread_init(&first, "first", work, NULL);
	sim_thread_init(&second, "second", work, NULL);
	sim_thread_start(&first);
	sim_thread_start(&second);
	sim_thread_join(&first);
	sim_thread_join(&second);
	assert(sim_semaphore_try_acquire(&permits));
	assert(sim_semaphore_try_acquire(&permits));
	assert(!sim_semaphore_try_acquire(&permits));
	return 0;
}
