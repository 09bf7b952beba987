/*
 * One thread takes a lock and gives it back, again and again; another one tries to get it without waiting, until it
 * has got it three times.
 *
 * How many tries that takes depends on who is fast. If each of them comes while the holder has the lock, they never
 * end: with a sleep that may last as long as it likes there is no bound, and simcheck ends at a limit without having
 * found or proved anything. So the program asks for --time=virtual, where a sleep is as long as it says. The holder
 * has the lock from 0 to 0.5 s, from 1 to 1.5 s and so on. The worker tries every 0.3 s: at 0.3 (taken), 0.6 and 0.9
 * (free), 1.2 (taken) and 1.5, the moment in which it is given back. Whoever is first then, it is free at 1.8 s. Thus
 * there are two outcomes, 5 tries or 6, and both are explored.
 *
 * SIMCHECK-OPTIONS: --time=virtual
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

enum { WANTED = 3 };

static struct sim_lock lock;
static bool held; /* by the holder; protected by lock */

/* A daemon: it would go on for ever. */
static void hold(void *unused)
{
	(void)unused;
	for (;;) {
		sim_lock_acquire(&lock);
		held = true;
		sim_sleep(500 * SIM_NS_PER_MS);
		held = false;
		sim_lock_release(&lock);
		sim_sleep(500 * SIM_NS_PER_MS);
	}
}

static void try(void *unused)
{
	(void)unused;
	for (int n_got = 0; n_got < WANTED;) {
		sim_sleep(300 * SIM_NS_PER_MS);
		if (sim_lock_try_acquire(&lock)) {
			assert(!held);
			n_got++;
			sim_lock_release(&lock);
		}
	}
}

int main(void)
{
	static struct sim_thread holder, worker;

	sim_thread_init(&holder, "holder", hold, NULL);
	sim_thread_set_daemon(&holder, true);
	sim_thread_init(&worker, "worker", try, NULL);
	sim_thread_start(&holder);
	sim_thread_start(&worker);
	sim_thread_join(&worker);
	return 0;
}
