/*
 * A thread polls an atomic variable to see whether another one has finished its part.
 *
 * The repaired twin of polling_flag.c. Who reads true from the atomic flag also sees everything that was written
 * before it was set: `result` needs no protection of its own. simcheck also proves that the loop ends: it lets the
 * poller wait until what it reads has changed, and would report a livelock if nobody could change it.
 *
 * The loop still burns a processor while it waits. To wait asleep takes a condition or an event.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static int result; /* written before finished is set, read after */
static atomic_bool finished;

static void work(void *unused)
{
	(void)unused;
	result = 42;
	finished = true;
}

static void poll(void *unused)
{
	(void)unused;
	while (!finished)
		; /* busy */
	assert(result == 42);
}

int main(void)
{
	struct sim_thread worker, poller;

	sim_thread_init(&worker, "worker", work, NULL);
	sim_thread_init(&poller, "poller", poll, NULL);
	sim_thread_start(&worker);
	sim_thread_start(&poller);
	sim_thread_join(&worker);
	sim_thread_join(&poller);
	return 0;
}
