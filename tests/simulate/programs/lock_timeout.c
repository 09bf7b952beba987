/* A lock is tried, waited for too short, and long enough. */
#include <stdio.h>

#include <simcheck/simcheck.h>

static struct sim_lock lock;

static void own(void *unused)
{
	(void)unused;
	sim_lock_acquire(&lock);
	puts("owner: has the lock");
	sim_sleep(3 * SIM_NS_PER_S);
	puts("owner: gives it back");
	sim_lock_release(&lock);
}

static void wait_for(int64_t ns)
{
	static const char *const said[] = {[SIM_OK] = "has the lock", [SIM_BUSY] = "would have to wait",
	                                   [SIM_TIMEOUT] = "waited in vain"};
	enum sim_status status = sim_lock_acquire_for(&lock, ns);

	printf("main: %s, %.1f s\n", said[status], (double)sim_now() / SIM_NS_PER_S);
	if (status == SIM_OK)
		sim_lock_release(&lock);
}

int main(void)
{
	struct sim_thread owner;

	sim_lock_init(&lock, "lock");
	sim_thread_init(&owner, "owner", own, NULL);
	sim_thread_start(&owner);
	sim_sleep(SIM_NS_PER_S);
	wait_for(0);
	wait_for(SIM_NS_PER_S);
	wait_for(SIM_NS_PER_S * 3 / 2);
	sim_thread_join(&owner);
	return 0;
}
