/*
 * Programs with a semaphore: the one of the API or, with -DREFERENCE, one made of a condition.
 */
#include <simcheck/simcheck.h>

#include "outcome.h"

#ifdef REFERENCE

struct semaphore {
	struct sim_condition freed;
	int value; /* protected by the condition's lock, as is the rest */
	int most;  /* 0: any */
};

static void set_up(struct semaphore *s, int value, int most)
{
	*s = (struct semaphore){ .value = value, .most = most };
}

static int acquire_for(struct semaphore *s, int64_t timeout_ns)
{
	int taken;

	sim_condition_acquire(&s->freed);
	while (s->value == 0)
		if (timeout_ns == 0 || sim_condition_wait_for(&s->freed, timeout_ns) != SIM_OK)
			break;
	taken = s->value > 0;
	s->value -= taken;
	sim_condition_release(&s->freed);
	return taken;
}

static void release(struct semaphore *s)
{
	struct sim_lock nobodys = { 0 };
	int fits;

	sim_condition_acquire(&s->freed);
	fits = !s->most || s->value < s->most;
	s->value += fits;
	sim_condition_notify(&s->freed, fits);
	sim_condition_release(&s->freed);
	if (!fits)
		sim_lock_release(&nobodys); /* a misuse too */
}

#else

#define semaphore sim_semaphore

static void set_up(struct semaphore *s, int value, int most)
{
	sim_semaphore_init(s, "semaphore", value);
	s->bounded = most > 0;
}

static int acquire_for(struct semaphore *s, int64_t timeout_ns)
{
	return sim_semaphore_acquire_for(s, timeout_ns) == SIM_OK;
}

static void release(struct semaphore *s)
{
	sim_semaphore_release(s, 1);
}

#endif

static struct semaphore semaphore;
static struct sim_thread threads[3];
static int taken[3];

static void start(int i, void (*function)(void *))
{
	sim_thread_init(&threads[i], NULL, function, &taken[i]);
	sim_thread_start(&threads[i]);
}

static void join(int n)
{
	for (int i = 0; i < n; i++)
		sim_thread_join(&threads[i]);
}

static void take(void *is_taken)
{
	*(int *)is_taken = acquire_for(&semaphore, SIM_FOREVER);
}

static void take_in_time(void *is_taken)
{
	*(int *)is_taken = acquire_for(&semaphore, 1);
}

static void take_at_once(void *is_taken)
{
	*(int *)is_taken = acquire_for(&semaphore, 0);
}

static void give(void *unused)
{
	(void)unused;
	release(&semaphore);
}

static void take_and_give(void *is_taken)
{
	take(is_taken);
	give(NULL);
}

/* Two want the one that comes. Both attempts and the release depend on each other: 3! = 6 classes. */
void one_for_two(void)
{
	set_up(&semaphore, 0, 0);
	start(0, take_in_time);
	start(1, take_in_time);
	release(&semaphore);
	join(2);
	come_to(taken[0] + 2 * taken[1]);
}

/*
 * Two for three, of whom one gives back. Acquisition, its release, and two attempts, any two of which depend on each other:
 * 4! / 2 = 12 orders. Where both attempts are first, the third has to wait for ever.
 */
void two_for_three(void)
{
	set_up(&semaphore, 2, 0);
	start(0, take_at_once);
	start(1, take_in_time);
	start(2, take_and_give);
	join(3);
	come_to(taken[0] + 2 * taken[1]);
}

/* One release for two who wait as long as it takes: 2 classes, one for each that can be served. */
void one_remains(void)
{
	set_up(&semaphore, 0, 0);
	start(0, take);
	start(1, take);
	release(&semaphore);
	join(2);
	come_to(0);
}

/* The releases commute: the acquisition comes after one, after the other, or after both. 3 classes. */
void two_releases(void)
{
	set_up(&semaphore, 0, 0);
	start(0, give);
	start(1, give);
	start(2, take);
	join(3);
	come_to(2 * taken[2] + acquire_for(&semaphore, 0));
}

/* Who is refused depends on the order, of which there are 3: the one release is before, between or after the others. */
void bounded(void)
{
	set_up(&semaphore, 1, 1);
	start(0, take_and_give);
	start(1, give);
	join(2);
	come_to(0);
}

int main(void)
{
	return 0;
}
