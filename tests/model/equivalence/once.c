/*
 * Programs with something that is done once: by the API or, with -DREFERENCE, with a condition.
 */
#include <stddef.h>

#include <simcheck/simcheck.h>

#include "outcome.h"

#ifdef REFERENCE

enum { NEW, RUNNING, DONE };

struct once {
	struct sim_condition changed;
	int state; /* protected by the condition's lock */
};

static void call(struct once *once, void (*function)(void *), void *argument)
{
	int is_first;

	sim_condition_acquire(&once->changed);
	while (once->state == RUNNING)
		sim_condition_wait(&once->changed);
	is_first = once->state == NEW;
	if (is_first)
		once->state = RUNNING;
	sim_condition_release(&once->changed);
	if (!is_first)
		return;
	function(argument);
	sim_condition_acquire(&once->changed);
	once->state = DONE;
	sim_condition_notify_all(&once->changed);
	sim_condition_release(&once->changed);
}

#else

#define once sim_once

static void call(struct once *once, void (*function)(void *), void *argument)
{
	sim_once_call(once, function, argument);
}

#endif

static struct once a, b;
static struct sim_thread threads[3];
static int numbers[3] = {0, 1, 2};
static int n_calls, first; /* written by what is done once */

static void start(int i, void (*function)(void *))
{
	sim_thread_init(&threads[i], NULL, function, &numbers[i]);
	sim_thread_start(&threads[i]);
}

static void join(int n)
{
	for (int i = 0; i < n; i++)
		sim_thread_join(&threads[i]);
}

static void note(void *number)
{
	n_calls++;
	first = *(int *)number;
}

static void do_once(void *number)
{
	call(&a, note, number);
	assert(n_calls == 1);
}

static void nothing(void *unused)
{
	(void)unused;
}

static void do_b(void *unused)
{
	call(&b, nothing, unused);
}

static void do_a(void *unused)
{
	call(&a, nothing, unused);
}

static void do_a_with_b(void *unused)
{
	call(&a, do_b, unused);
}

static void do_b_with_a(void *unused)
{
	call(&b, do_a, unused);
}

/* Any of the three is the first; the others, who find it done, commute: 3 classes. */
void by_three(void)
{
	for (int i = 0; i < 3; i++)
		start(i, do_once);
	join(3);
	come_to(first);
}

/* Each of two needs the other: either thread does both, or each begins one and waits for ever. 3 classes. */
void each_needs_the_other(void)
{
	start(0, do_a_with_b);
	start(1, do_b_with_a);
	join(2);
	come_to(0);
}

int main(void)
{
	return 0;
}
