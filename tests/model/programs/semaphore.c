/* What a semaphore makes visible, and what it does not. */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_semaphore semaphore;
static struct sim_thread writer, other;
static int value;

static void write_and_release(void *unused)
{
	(void)unused;
	value = 7;
	sim_semaphore_release(&semaphore, 1);
}

static void release(void *unused)
{
	(void)unused;
	sim_semaphore_release(&semaphore, 1);
}

static void start(void)
{
	sim_thread_init(&writer, NULL, write_and_release, NULL);
	sim_thread_init(&other, NULL, release, NULL);
	sim_thread_start(&writer);
}

static void start_both(void)
{
	start();
	sim_thread_start(&other);
}

static void read_and_join(void)
{
	assert(value == 0 || value == 7);
	sim_thread_join(&writer);
}

/* 1 class with the attempt after the release, 2 with it before, where the read comes before the write or after. */
void read_after_a_vain_attempt(void)
{
	start();
	sim_semaphore_try_acquire(&semaphore);
	read_and_join();
}

/* Whose permit it was is not told. The acquisition comes after both releases or after the writer's, 2 classes; or after the
 * other's only: then the read comes before the write or after, 2 more. */
void read_after_the_wrong_release(void)
{
	start_both();
	sim_semaphore_acquire(&semaphore);
	read_and_join();
	sim_thread_join(&other);
}

/* With both permits the writer's is among them. The first acquisition comes after either release or after both: 3 classes. */
void read_after_both_releases(void)
{
	start_both();
	sim_semaphore_acquire(&semaphore);
	sim_semaphore_acquire(&semaphore);
	assert(value == 7);
	read_and_join();
	sim_thread_join(&other);
}
