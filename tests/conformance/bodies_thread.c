/* The bodies of the thread (bodies.h says how they are run). Each starts from zero-filled objects. */
#include <string.h>

#include "body.h"

static struct sim_lock lock;
static struct sim_thread first, second;
static int counter; /* protected by the lock, or by starts and joins */

static void join_both(void)
{
	join(&first);
	join(&second);
}

static void do_nothing(void *unused)
{
	(void)unused;
}

static void count_under_lock(void *unused)
{
	(void)unused;
	assert(sim_lock_acquire(&lock) == SIM_OK);
	counter++;
	assert(sim_lock_release(&lock) == SIM_OK);
}

static void set_counter(void *unused)
{
	(void)unused;
	counter = 1;
}

void thread_start_and_join(void)
{
	counter = -1;
	start(&first, set_counter, NULL);
	join(&first);
	assert(counter == 1);
}

static void increment(void *number)
{
	++*(int *)number;
}

void thread_gets_its_argument(void)
{
	int one = 1, ten = 10;

	start(&first, increment, &one);
	start(&second, increment, &ten);
	join_both();
	assert(one == 2);
	assert(ten == 11);
}

void thread_joined_twice(void)
{
	start(&first, do_nothing, NULL);
	join(&first);
	join(&first);
	assert(sim_thread_join_for(&first, 0) == SIM_OK);
	assert(sim_thread_join_for(&first, SIM_NS_PER_MS) == SIM_OK);
}

static void join_first(void *unused)
{
	(void)unused;
	join(&first);
	assert(counter == 1);
}

void thread_joined_by_two(void)
{
	start(&first, set_counter, NULL);
	start(&second, join_first, NULL);
	join_both();
	assert(counter == 1);
}

static void pass_lock(void *unused)
{
	(void)unused;
	assert(sim_lock_acquire(&lock) == SIM_OK);
	assert(sim_lock_release(&lock) == SIM_OK);
}

void thread_join_for_leaves_it_alive(void)
{
	assert(sim_lock_acquire(&lock) == SIM_OK);
	start(&first, pass_lock, NULL);
	assert(sim_thread_join_for(&first, SIM_NS_PER_MS) == SIM_TIMEOUT);
	assert(sim_thread_join_for(&first, 0) == SIM_BUSY);
	assert(sim_thread_is_alive(&first));
	assert(sim_lock_release(&lock) == SIM_OK);
	join(&first);
	assert(!sim_thread_is_alive(&first));
}

void thread_join_for_ends_with_it(void)
{
	enum sim_status status;

	start(&first, set_counter, NULL);
	status = sim_thread_join_for(&first, SIM_NS_PER_MS);
	assert(status == SIM_OK || status == SIM_TIMEOUT);
	assert(status == SIM_TIMEOUT || counter == 1);
	assert(sim_thread_join_for(&first, SIM_FOREVER) == SIM_OK);
	assert(counter == 1);
}

void thread_is_alive_between(void)
{
	sim_thread_init(&first, NULL, pass_lock, NULL);
	assert(!sim_thread_is_alive(&first));
	assert(sim_lock_acquire(&lock) == SIM_OK);
	assert(sim_thread_start(&first) == SIM_OK);
	assert(sim_thread_is_alive(&first));
	assert(sim_lock_release(&lock) == SIM_OK);
	join(&first);
	assert(!sim_thread_is_alive(&first));
}

static void look_at_current(void *self)
{
	assert(sim_thread_current() == self);
	assert(strcmp(sim_thread_current()->name, ((struct sim_thread *)self)->name) == 0);
}

void thread_current_and_name(void)
{
	assert(sim_thread_current() == NULL);
	sim_thread_init(&first, "hider", look_at_current, &first);
	sim_thread_init(&second, "a seeker with a long name", look_at_current, &second);
	assert(sim_thread_start(&first) == SIM_OK);
	assert(sim_thread_start(&second) == SIM_OK);
	assert(strcmp(first.name, "hider") == 0);
	assert(sim_thread_current() == NULL);
	join_both();
}

static void start_second(void *unused)
{
	(void)unused;
	start(&second, set_counter, NULL);
}

/* The grandchild outlives its starter; main joins it all the same. */
void thread_started_by_a_thread(void)
{
	start(&first, start_second, NULL);
	join_both();
	assert(counter == 1);
}

/* The program ends when its threads have; nobody needs to join them. */
void thread_not_joined(void)
{
	start(&first, count_under_lock, NULL);
	start(&second, count_under_lock, NULL);
}

void thread_yields(void)
{
	start(&first, count_under_lock, NULL);
	sim_thread_yield();
	join(&first);
	sim_thread_yield();
	assert(counter == 1);
}

void thread_start_twice(void)
{
	start(&first, do_nothing, NULL);
	assert(sim_thread_start(&first) == SIM_MISUSE);
}

void thread_start_after_its_end(void)
{
	start(&first, do_nothing, NULL);
	join(&first);
	assert(sim_thread_start(&first) == SIM_MISUSE);
	assert(!sim_thread_is_alive(&first));
}

void thread_start_without_function(void)
{
	assert(sim_thread_start(&first) == SIM_MISUSE);
}

void thread_join_unstarted(void)
{
	sim_thread_init(&first, NULL, do_nothing, NULL);
	assert(sim_thread_join(&first) == SIM_MISUSE);
}

static void join_itself(void *unused)
{
	(void)unused;
	assert(sim_thread_join(sim_thread_current()) == SIM_MISUSE);
}

void thread_join_itself(void)
{
	start(&first, join_itself, NULL);
	join(&first);
}

void thread_join_for_negative(void)
{
	start(&first, do_nothing, NULL);
	assert(sim_thread_join_for(&first, -2) == SIM_MISUSE);
}
