/*
 * Programs with a barrier: the one of the API or, with -DREFERENCE, one made of a condition.
 */
#include <stddef.h>

#include <simcheck/simcheck.h>

#include "outcome.h"

#ifdef REFERENCE

enum { MAX_ROUNDS = 8 };

struct barrier {
	struct sim_condition changed;
	int parties; /* all the rest is protected by the condition's lock */
	void (*action)(void);
	int n, round, is_broken, is_full;
	int was_broken[MAX_ROUNDS]; /* by round */
};

/* With the lock held. */
static void finish(struct barrier *barrier, int was_broken)
{
	barrier->was_broken[barrier->round++] = was_broken;
	barrier->n = 0;
	barrier->is_full = 0;
	sim_condition_notify_all(&barrier->changed);
}

static void complete(struct barrier *barrier, int round)
{
	if (barrier->action != NULL) {
		barrier->is_full = 1;
		sim_condition_release(&barrier->changed);
		barrier->action();
		sim_condition_acquire(&barrier->changed);
	}
	if (barrier->round == round)
		finish(barrier, 0);
}

static enum sim_status take_part(struct barrier *barrier, int64_t timeout_ns, int *index)
{
	int round = barrier->round, in_time = 1;

	*index = barrier->n++;
	if (barrier->n == barrier->parties)
		complete(barrier, round);
	while (barrier->round == round && (in_time || barrier->is_full))
		in_time = sim_condition_wait_for(&barrier->changed, barrier->is_full ? SIM_FOREVER : timeout_ns) == SIM_OK;
	if (barrier->round != round)
		return barrier->was_broken[round] ? SIM_BROKEN : SIM_OK;
	barrier->is_broken = 1;
	finish(barrier, 1);
	return SIM_TIMEOUT;
}

static enum sim_status meet(struct barrier *barrier, int64_t timeout_ns, int *index)
{
	enum sim_status status = SIM_BROKEN;

	sim_condition_acquire(&barrier->changed);
	while (barrier->is_full)
		sim_condition_wait(&barrier->changed);
	if (!barrier->is_broken)
		status = take_part(barrier, timeout_ns, index);
	sim_condition_release(&barrier->changed);
	return status;
}

static void end(struct barrier *barrier, int is_broken)
{
	sim_condition_acquire(&barrier->changed);
	barrier->is_broken = is_broken;
	finish(barrier, 1);
	sim_condition_release(&barrier->changed);
}

static void make(struct barrier *barrier, int parties, void (*action)(void))
{
	barrier->parties = parties;
	barrier->action = action;
}

#else

#define barrier sim_barrier

static void (*acts)(void);

static void act(void *unused)
{
	(void)unused;
	acts();
}

static enum sim_status meet(struct barrier *barrier, int64_t timeout_ns, int *index)
{
	return sim_barrier_wait_for(barrier, timeout_ns, index);
}

static void end(struct barrier *barrier, int is_broken)
{
	if (is_broken)
		sim_barrier_abort(barrier);
	else
		sim_barrier_reset(barrier);
}

static void make(struct barrier *barrier, int parties, void (*action)(void))
{
	acts = action;
	sim_barrier_init(barrier, NULL, parties, action != NULL ? act : NULL, NULL);
}

#endif

static struct barrier barrier;
static struct sim_thread threads[3];
static struct part {
	enum sim_status status;
	int index;
} parts[3];
static int n_actions; /* the barrier keeps actions apart */

static void start(int i, void (*function)(void *))
{
	sim_thread_init(&threads[i], NULL, function, &parts[i]);
	sim_thread_start(&threads[i]);
}

static void join(int n)
{
	for (int i = 0; i < n; i++)
		sim_thread_join(&threads[i]);
}

static void wait_for_others(void *argument)
{
	struct part *part = argument;

	part->status = meet(&barrier, SIM_FOREVER, &part->index);
}

static void wait_in_time(void *argument)
{
	struct part *part = argument;

	part->status = meet(&barrier, 1, &part->index);
}

static void give_up(void *unused)
{
	(void)unused;
	end(&barrier, 1);
}

static void begin_again(void *argument)
{
	end(&barrier, 0);
	wait_for_others(argument);
}

static void count_action(void)
{
	n_actions++;
}

/* The order of the arrivals is recorded: 3! = 6 classes. */
void three_meet(void)
{
	make(&barrier, 3, NULL);
	for (int i = 0; i < 3; i++)
		start(i, wait_for_others);
	join(3);
	come_to(parts[0].index);
}

/* Any two of three: 3! = 6 classes, all deadlocks. */
void one_too_many(void)
{
	make(&barrier, 2, NULL);
	for (int i = 0; i < 3; i++)
		start(i, wait_for_others);
	join(3);
	come_to(0);
}

/* Either comes first; the other comes in time, or finds the barrier broken: 2 * 2 = 4 classes. */
void two_in_time(void)
{
	make(&barrier, 2, NULL);
	start(0, wait_in_time);
	start(1, wait_in_time);
	join(2);
	if (parts[0].status == SIM_OK && parts[1].status == SIM_OK)
		come_to(0);
	if (parts[0].status == SIM_TIMEOUT && parts[1].status == SIM_BROKEN)
		come_to(1);
	if (parts[0].status == SIM_BROKEN && parts[1].status == SIM_TIMEOUT)
		come_to(2);
}

/* Two arrivals and an abort in any order: 3! = 6 classes. */
void aborted(void)
{
	make(&barrier, 3, NULL);
	start(0, wait_for_others);
	start(1, wait_for_others);
	start(2, give_up);
	join(3);
	come_to((parts[0].status == SIM_BROKEN) + (parts[1].status == SIM_BROKEN));
}

/* The reset comes second or first; then the arrivals in either order: 1 + 2 = 3 classes, the one a deadlock. */
void reset(void)
{
	make(&barrier, 2, NULL);
	start(0, wait_for_others);
	start(1, begin_again);
	join(2);
	come_to((parts[0].status == SIM_OK) + (parts[1].status == SIM_OK));
}

/* Two arrivals in either order, and the abort before, between, after them, or after the action: 2 * 4 = 8 classes. */
void aborted_in_action(void)
{
	make(&barrier, 2, count_action);
	start(0, wait_for_others);
	start(1, wait_for_others);
	start(2, give_up);
	join(3);
	assert(n_actions == 1 || parts[0].status == SIM_BROKEN);
	come_to((parts[0].status == SIM_OK) + (parts[1].status == SIM_OK));
}

int main(void)
{
	return 0;
}
