#include <simcheck/simcheck.h>

static struct sim_lock left = {.name = "left"};
static struct sim_lock right = {.name = "right"};

static void first(void *unused)
{
	(void)unused;
	sim_lock_acquire(&left);
	sim_lock_acquire(&right);
	sim_lock_release(&right);
	sim_lock_release(&left);
}

static void second(void *unused)
{
	(void)unused;
	sim_lock_acquire(&right);
	sim_lock_acquire(&left);
	sim_lock_release(&left);
	sim_lock_release(&right);
}

int main(void)
{
	struct sim_thread a, b;

	sim_thread_init(&a, 0, first, 0);
	sim_thread_init(&b, 0, second, 0);
	sim_thread_start(&a);
	sim_thread_start(&b);
	sim_thread_join(&a);
	sim_thread_join(&b);
	return 0;
}
