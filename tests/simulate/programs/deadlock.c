/* Two threads that take two locks in opposite order, and sleep in between: in virtual time a certain deadlock. The
 * line that has no end is shown all the same. */
#include <stdio.h>

#include <simcheck/simcheck.h>

static struct sim_lock a, b;

static void take(struct sim_lock *first, struct sim_lock *second)
{
	sim_lock_acquire(first);
	sim_sleep(SIM_NS_PER_S);
	printf("%s. ", sim_thread_current()->name);
	sim_lock_acquire(second);
	sim_lock_release(second);
	sim_lock_release(first);
}

static void one(void *unused)
{
	(void)unused;
	take(&a, &b);
}

static void other(void *unused)
{
	(void)unused;
	take(&b, &a);
}

int main(void)
{
	struct sim_thread first, second;

	sim_lock_init(&a, "a");
	sim_lock_init(&b, "b");
	sim_thread_init(&first, "one", one, NULL);
	sim_thread_init(&second, "other", other, NULL);
	sim_thread_start(&first);
	sim_thread_start(&second);
	sim_thread_join(&first);
	sim_thread_join(&second);
	return 0;
}
