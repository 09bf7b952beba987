/* The bodies of the barrier (bodies.h says how they are run). Each starts from zero-filled objects. */
#include <string.h>

#include "body.h"

static struct sim_barrier two = { .parties = 2 }, three = { .parties = 3 }, alone = { .parties = 1 }, none;
static struct sim_thread threads[3];
static int indices[3];
static int n_actions, data;

/* Thread i waits at the barrier for three. */
static void meet_three(void *argument)
{
	int *index = argument;

	assert(sim_barrier_wait(&three, index) == SIM_OK);
}

void barrier_indices_are_distinct(void)
{
	for (int i = 0; i < 3; i++)
		start(&threads[i], meet_three, &indices[i]);
	for (int i = 0; i < 3; i++)
		join(&threads[i]);
	assert(indices[0] != indices[1] && indices[0] != indices[2] && indices[1] != indices[2]);
	assert(indices[0] + indices[1] + indices[2] == 3);
	assert(sim_barrier_n_waiting(&three) == 0);
	assert(!sim_barrier_broken(&three));
}

void barrier_for_one_never_waits(void)
{
	int index = -1;

	assert(sim_barrier_wait(&alone, &index) == SIM_OK);
	assert(index == 0);
	assert(sim_barrier_wait_for(&alone, 0, NULL) == SIM_OK);
}

static void meet_twice(void *unused)
{
	(void)unused;
	data = 1;
	assert(sim_barrier_wait(&two, NULL) == SIM_OK);
	assert(data == 1);
	assert(sim_barrier_wait(&two, NULL) == SIM_OK);
}

/* The rounds take turns: what was written before one is visible after it, and nobody is a round ahead. */
void barrier_is_used_again(void)
{
	start(&threads[0], meet_twice, NULL);
	assert(sim_barrier_wait(&two, NULL) == SIM_OK);
	assert(data == 1);
	assert(sim_barrier_wait(&two, NULL) == SIM_OK);
	data = 3;
	join(&threads[0]);
}

static void act(void *argument)
{
	n_actions++;
	data = *(int *)argument;
}

static void meet_and_look(void *barrier)
{
	assert(sim_barrier_wait(barrier, NULL) == SIM_OK);
	assert(n_actions == 1 && data == 7);
}

/* The action has ended before anybody goes on, and all see what it did. */
void barrier_action_runs_once(void)
{
	static int seven = 7;
	static struct sim_barrier acting;

	sim_barrier_init(&acting, NULL, 2, act, &seven);
	start(&threads[0], meet_and_look, &acting);
	meet_and_look(&acting);
	join(&threads[0]);
	assert(sim_barrier_n_waiting(&acting) == 0);
}

static void ask(void *barrier)
{
	assert(sim_barrier_n_waiting(barrier) == 2);
	assert(!sim_barrier_broken(barrier));
}

static void meet(void *barrier)
{
	assert(sim_barrier_wait(barrier, NULL) == SIM_OK);
}

void barrier_waits_while_the_action_runs(void)
{
	static struct sim_barrier asking;

	sim_barrier_init(&asking, NULL, 2, ask, &asking);
	start(&threads[0], meet, &asking);
	meet(&asking);
	join(&threads[0]);
}

static void give_up(void *barrier)
{
	assert(sim_barrier_abort(barrier) == SIM_OK);
}

static void meet_in_vain(void *barrier)
{
	int index = 5;

	assert(sim_barrier_wait(barrier, &index) == SIM_BROKEN);
	assert(index == -1);
}

/* An action that fails aborts: nobody gets through, not even the last. */
void barrier_action_that_aborts(void)
{
	static struct sim_barrier failing;

	sim_barrier_init(&failing, "failing", 2, give_up, &failing);
	assert(strcmp(failing.name, "failing") == 0);
	start(&threads[0], meet_in_vain, &failing);
	meet_in_vain(&failing);
	join(&threads[0]);
	assert(sim_barrier_broken(&failing));
}

void barrier_abort_breaks_it(void)
{
	start(&threads[0], meet_in_vain, &three);
	start(&threads[1], meet_in_vain, &three);
	assert(sim_barrier_abort(&three) == SIM_OK);
	assert(sim_barrier_broken(&three));
	meet_in_vain(&three);
	join(&threads[0]);
	join(&threads[1]);
	assert(sim_barrier_n_waiting(&three) == 0);
}

static void look_when_broken(void *unused)
{
	(void)unused;
	meet_in_vain(&two);
	assert(data == 9);
}

/* What was written before the abort is visible to those whom it turned away. */
void barrier_abort_passes_on_what_was_written(void)
{
	start(&threads[0], look_when_broken, NULL);
	data = 9;
	assert(sim_barrier_abort(&two) == SIM_OK);
	join(&threads[0]);
}

void barrier_reset_makes_it_whole(void)
{
	assert(sim_barrier_abort(&two) == SIM_OK);
	meet_in_vain(&two);
	assert(sim_barrier_reset(&two) == SIM_OK);
	assert(!sim_barrier_broken(&two));
	start(&threads[0], meet, &two);
	meet(&two);
	join(&threads[0]);
}

static void meet_or_not(void *status)
{
	*(enum sim_status *)status = sim_barrier_wait_for(&two, 10 * SIM_NS_PER_MS, NULL);
}

/* Whether the reset finds it waiting is open: if so it is told, if not its time runs out, before or later. */
void barrier_reset_turns_away_who_waits(void)
{
	enum sim_status status;

	start(&threads[0], meet_or_not, &status);
	assert(sim_barrier_reset(&two) == SIM_OK);
	join(&threads[0]);
	assert(status == SIM_BROKEN || status == SIM_TIMEOUT);
	if (status == SIM_BROKEN)
		assert(!sim_barrier_broken(&two));
	assert(sim_barrier_n_waiting(&two) == 0);
}

/* A round that is complete stays so, whatever comes next. */
void barrier_complete_round_stays_so(void)
{
	start(&threads[0], meet, &two);
	meet(&two);
	assert(sim_barrier_abort(&two) == SIM_OK);
	join(&threads[0]);
}

static void count_waiting(void *unused)
{
	int n = sim_barrier_n_waiting(&two);

	(void)unused;
	assert(n == 0 || n == 1);
}

void barrier_n_waiting_counts(void)
{
	start(&threads[0], count_waiting, NULL);
	start(&threads[1], meet, &two);
	meet(&two);
	join(&threads[0]);
	join(&threads[1]);
}

void barrier_wait_for_runs_out(void)
{
	int index = 5;

	assert(sim_barrier_wait_for(&two, SIM_NS_PER_MS, &index) == SIM_TIMEOUT);
	assert(index == -1);
	assert(sim_barrier_broken(&two));
	assert(sim_barrier_wait_for(&two, SIM_NS_PER_MS, NULL) == SIM_BROKEN);
	assert(sim_barrier_reset(&two) == SIM_OK);
	assert(sim_barrier_wait_for(&two, 0, NULL) == SIM_TIMEOUT);
}

static void meet_if_in_time(void *status)
{
	*(enum sim_status *)status = sim_barrier_wait(&two, NULL);
}

/* Both get through, or one runs out of time and the other is told. */
void barrier_wait_for_others_are_told(void)
{
	enum sim_status mine, other;

	start(&threads[0], meet_if_in_time, &other);
	mine = sim_barrier_wait_for(&two, SIM_NS_PER_MS, NULL);
	join(&threads[0]);
	assert((mine == SIM_OK && other == SIM_OK) || (mine == SIM_TIMEOUT && other == SIM_BROKEN));
	assert(sim_barrier_broken(&two) == (mine == SIM_TIMEOUT));
}

void barrier_wait_for_ever(void)
{
	start(&threads[0], meet, &two);
	assert(sim_barrier_wait_for(&two, SIM_FOREVER, NULL) == SIM_OK);
	join(&threads[0]);
}

void barrier_without_parties(void)
{
	assert(sim_barrier_wait(&none, NULL) == SIM_MISUSE);
}

void barrier_wait_for_negative(void)
{
	assert(sim_barrier_wait_for(&two, -2, NULL) == SIM_MISUSE);
}

void barrier_wait_null(void)
{
	assert(sim_barrier_wait(NULL, NULL) == SIM_MISUSE);
}

void barrier_abort_null(void)
{
	assert(sim_barrier_abort(NULL) == SIM_MISUSE);
}
