/*
 * Programs with an event: the one of the API or, with -DREFERENCE, one made of a condition as Python's library does it.
 */
#include <simcheck/simcheck.h>

#include "outcome.h"

#ifdef REFERENCE

struct event {
	struct sim_condition changed;
	int is_set; /* protected by the condition's lock */
};

static void change(struct event *event, int is_set)
{
	sim_condition_acquire(&event->changed);
	event->is_set = is_set;
	if (is_set)
		sim_condition_notify_all(&event->changed);
	sim_condition_release(&event->changed);
}

static int wait_for(struct event *event, int64_t timeout_ns)
{
	int found;

	sim_condition_acquire(&event->changed);
	found = event->is_set;
	if (!found && timeout_ns != 0)
		found = sim_condition_wait_for(&event->changed, timeout_ns) == SIM_OK;
	sim_condition_release(&event->changed);
	return found;
}

#else

#define event sim_event_flag

static void change(struct event *event, int is_set)
{
	if (is_set)
		sim_event_set(event);
	else
		sim_event_clear(event);
}

static int wait_for(struct event *event, int64_t timeout_ns)
{
	return sim_event_wait_for(event, timeout_ns) == SIM_OK;
}

#endif

static struct event event;
static struct sim_thread threads[3];
static int found[3];

static void start(int i, void (*function)(void *))
{
	sim_thread_init(&threads[i], NULL, function, &found[i]);
	sim_thread_start(&threads[i]);
}

static void join(int n)
{
	for (int i = 0; i < n; i++)
		sim_thread_join(&threads[i]);
}

static void await(void *is_found)
{
	*(int *)is_found = wait_for(&event, SIM_FOREVER);
}

static void await_in_time(void *is_found)
{
	*(int *)is_found = wait_for(&event, 1);
}

static void look(void *is_found)
{
	*(int *)is_found = wait_for(&event, 0);
}

static void await_and_clear(void *is_found)
{
	await_in_time(is_found);
	if (*(int *)is_found)
		change(&event, 0);
}

static void set(void *unused)
{
	(void)unused;
	change(&event, 1);
}

static void set_and_clear(void *unused)
{
	set(unused);
	change(&event, 0);
}

/* The wait is between the set and the clear, or too late: 2 classes, the second a deadlock. */
void cleared_at_once(void)
{
	start(0, await);
	start(1, set_and_clear);
	join(2);
	come_to(found[0]);
}

/* A wait and a question commute; each is before, between or after the set and the clear: 3 * 3 = 9 classes. */
void looked_at_by_two(void)
{
	start(0, await_in_time);
	start(1, look);
	start(2, set_and_clear);
	join(3);
	come_to(found[0] + 2 * found[1]);
}

/* The sets commute: the wait comes after one, after the other, or after both. 3 classes. */
void set_by_two(void)
{
	start(0, set);
	start(1, set);
	start(2, await);
	join(3);
	come_to(found[2]);
}

/*
 * One of two who wait clears the event when it finds it set. If it comes before the set, the other comes before or after
 * the set: 2 classes. If it comes after, the other comes before the set, before the clear, or after it: 3. Together 5.
 */
void cleared_by_one_of_two(void)
{
	start(0, await_and_clear);
	start(1, await_in_time);
	start(2, set);
	join(3);
	come_to(found[0] + 2 * found[1]);
}

int main(void)
{
	return 0;
}
