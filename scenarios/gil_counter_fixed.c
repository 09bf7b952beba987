/*
 * Two threads count under a global interpreter lock, each with a lock of the program's own around its change.
 *
 * The repaired twin of gil_counter.c. The interpreter may still switch after the load; but whoever it switches to
 * does not get the program's lock before the store. Waiting for that lock, a thread gives up the interpreter: it must
 * not keep others from executing.
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <stddef.h>

#include <simcheck/simcheck.h>

static struct sim_gil interpreter;
static struct sim_lock lock;
static int n; /* protected by the lock */

static void acquire_from_interpreter(struct sim_lock *wanted)
{
	sim_gil_release(&interpreter);
	sim_lock_acquire(wanted);
	sim_gil_acquire(&interpreter);
}

static void count(void *unused)
{
	int loaded;

	(void)unused;
	sim_gil_acquire(&interpreter);
	acquire_from_interpreter(&lock);
	loaded = n;
	sim_gil_tick(&interpreter);
	n = loaded + 1;
	sim_lock_release(&lock);
	sim_gil_release(&interpreter);
}

int main(void)
{
	struct sim_thread t1, t2;

	sim_thread_init(&t1, "T1", count, NULL);
	sim_thread_init(&t2, "T2", count, NULL);
	sim_thread_start(&t1);
	sim_thread_start(&t2);
	sim_thread_join(&t1);
	sim_thread_join(&t2);
	assert(n == 2);
	return 0;
}
