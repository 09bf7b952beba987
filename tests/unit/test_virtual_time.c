/*
 * Virtual time: when the clock goes on, who is enabled then, and that depth-first search finds exactly the executions
 * that the rule allows. The rule is stated a second time, in reference_each(): among all executions with the time
 * semantics `any`, those in which every sleep and timeout comes when it is due, and nothing is due before nobody can
 * go on.
 */
#include <check.h>
#include <stdlib.h>

#include "abstract_random.h"
#include "search_stage.h"

static void setup(void)
{
	search_stage_setup();
	program.virtual_time = true;
}

/* ---- single rules ----------------------------------------------------------------------------------------------- */

/* Sleeps of different lengths end in the order of their lengths: main's starts are alone enabled, one after the other,
 * until both threads sleep; thread 2 goes on at 10, thread 1 at 20. */
START_TEST(sleeps_end_in_order)
{
	start_all(2);
	add(1, abstract_for(abstract_sleep(), 20));
	add(1, abstract_store(0, 1));
	add(2, abstract_for(abstract_sleep(), 10));
	add(2, abstract_store(0, 2));
	expect(1, 1);
}
END_TEST

/* The same with equal lengths: both sleeps, then both stores, in any order of two threads with 2 events each, C(4, 2)
 * = 6 executions; only the order of the stores matters. */
START_TEST(equal_deadlines_are_enabled_together)
{
	start_all(2);
	for (int t = 1; t <= 2; t++) {
		add(t, abstract_for(abstract_sleep(), 10));
		add(t, abstract_store(0, (uint64_t)t));
	}
	expect(6, 2);
}
END_TEST

/* The clock does not go on while main can: its 2 stores come before the store of thread 1, which sleeps first. */
START_TEST(time_stands_still_while_a_thread_can_go_on)
{
	add(0, abstract_start(1));
	add(0, abstract_store(0, 1));
	add(0, abstract_store(0, 2));
	add(1, abstract_for(abstract_sleep(), 10));
	add(1, abstract_store(0, 3));
	expect(1, 1);
}
END_TEST

/* A sleep of nothing is due at once: 3 places for it and the store after it among main's two stores: with 2 events
 * each C(4, 2) = 6 executions, 3 places of the store. */
START_TEST(sleep_of_nothing)
{
	add(0, abstract_start(1));
	add(0, abstract_store(0, 1));
	add(0, abstract_store(0, 2));
	add(1, abstract_for(abstract_sleep(), 0));
	add(1, abstract_store(0, 3));
	expect(6, 3);
}
END_TEST

/* Thread 1 owns the lock from 0 to 10; thread 2 tries from 1 on, for `patience`. */
static struct search wait_for_owner(int64_t patience)
{
	setup();
	start_all(2);
	add(1, abstract_lock(0, 0));
	add(1, abstract_for(abstract_sleep(), 10));
	add(1, abstract_unlock(0));
	add(2, abstract_for(abstract_sleep(), 1));
	add(2, abstract_for(abstract_lock(0, 1), patience));
	add(2, abstract_when(abstract_fail(), 1, SIM_RESULT_TIMEOUT));
	add(2, abstract_unlock(0));
	return explore();
}

/* Main's second start and thread 1's lock, both at 0, come in either order: 2 executions. The rest is decided if the
 * lock is waited for until 9 or 11. At 10 the timeout and the end of the sleep are enabled together: the timeout comes
 * first, or between the sleep and the unlock, or too late: 3 times as many; before or after the unlock: 2 classes. */
START_TEST(timeout_of_a_lock)
{
	struct search search = wait_for_owner(8);
	ck_assert_uint_eq(search.executions, 2);
	ck_assert_int_eq(search.n_findings, 1);
	search = wait_for_owner(10);
	ck_assert_uint_eq(search.executions, 2);
	ck_assert_int_eq(search.n_findings, 0);
	search = wait_for_owner(9);
	ck_assert_uint_eq(search.executions, 2 * 3);
	ck_assert_uint_eq(search.classes, 2);
	ck_assert_int_eq(search.n_findings, 1);
}
END_TEST

/* A join for 5 of a thread that sleeps for 4, 5 (then either may be first) or 6. Register 1: whether it timed out. */
START_TEST(timeout_of_a_join)
{
	static const struct {
		int64_t sleep_ns;
		uint64_t classes;
		int n_findings;
	} cases[] = {{4, 1, 0}, {5, 2, 1}, {6, 1, 1}};
	setup();
	add(0, abstract_start(1));
	add(0, abstract_for(abstract_join(1, 1), 5));
	add(0, abstract_when(abstract_fail(), 1, SIM_RESULT_TIMEOUT));
	add(1, abstract_for(abstract_sleep(), cases[_i].sleep_ns));
	struct search search = explore();
	ck_assert_uint_eq(search.classes, cases[_i].classes);
	ck_assert_int_eq(search.n_findings, cases[_i].n_findings);
}
END_TEST

/* A wait for 5, counted from when the lock is given up at 3; the notify comes at 7, 8 (either may be first) or 9. */
START_TEST(timeout_of_a_wait)
{
	static const struct {
		int64_t notify_ns;
		int n_findings;
	} cases[] = {{7, 0}, {8, 1}, {9, 1}};
	setup();
	start_all(2);
	add(1, abstract_lock(0, 0));
	add(1, abstract_for(abstract_sleep(), 3));
	add(1, abstract_for(abstract_wait(0, 0, 1), 5));
	add(1, abstract_when(abstract_fail(), 1, SIM_RESULT_TIMEOUT));
	add(1, abstract_unlock(0));
	add(2, abstract_for(abstract_sleep(), cases[_i].notify_ns));
	add(2, abstract_notify(0, 1, 0));
	struct search search = explore();
	ck_assert_int_eq(search.n_findings, cases[_i].n_findings);
	ck_assert_uint_eq(search.limit, SEARCH_NO_LIMIT);
}
END_TEST

/* Both threads wait for each other's lock, one of them only for a while: no deadlock, whoever is first. */
START_TEST(timed_wait_is_no_deadlock)
{
	start_all(2);
	add(1, abstract_lock(0, 0));
	add(1, abstract_lock(1, 0));
	add(1, abstract_unlock(1));
	add(1, abstract_unlock(0));
	add(2, abstract_lock(1, 0));
	add(2, abstract_for(abstract_lock(0, 1), 10));
	add(2, abstract_when(abstract_unlock(0), 1, SIM_RESULT_OK));
	add(2, abstract_unlock(1));
	ck_assert_int_eq(explore().n_findings, 0);
}
END_TEST

/* The program ends at 5; a thread that it does not wait for is cut off in a cycle of locks that would have ended at
 * 10. */
START_TEST(cut_off_before_the_timeout)
{
	add(0, abstract_start_loose(1));
	add(0, abstract_start_loose(2));
	add(0, abstract_for(abstract_sleep(), 5));
	add(0, abstract_exit(true));
	for (int t = 1; t <= 2; t++) {
		add(t, abstract_lock(t, 0));
		add(t, abstract_for(abstract_sleep(), 1));
		add(t, abstract_for(abstract_lock(3 - t, 0), 9));
	}
	struct search search = explore();
	ck_assert_uint_gt(search.executions, 0);
	ck_assert_int_eq(search.n_findings, 0);
}
END_TEST

/* ---- comparison ------------------------------------------------------------------------------------------------- */

enum { MAX_EXECUTIONS = 20000, N_PROGRAMS = 400, MAX_EVENTS = 40 };

/* What the executions of a program come to. Lifetime: one test. */
static struct found {
	uint64_t n;
	uint64_t sum; /* of the outcomes */
	struct class_set classes;
} expected, found;

static void found_add(struct found *to, struct abstract *from)
{
	uint64_t outcome = abstract_outcome_hash(from);
	to->n++;
	to->sum += outcome * outcome;
	class_add(&to->classes, &from->x);
}

/* A machine with the time semantics `any`, driven by a clock of the test's own. */
static struct abstract reference;

/* What the line of the thread's pending operation says about how long it may take; -1: as long as it needs. */
static int64_t reference_patience(int t)
{
	const struct abstract_thread *thread = &reference.threads[t];
	const struct abstract_line *line = &program.lines[thread->program][thread->line];
	uint8_t kind = reference.x.pending[t].kind;
	return kind == SIM_OP_SLEEP || (kind != SIM_OP_WAIT && line->op.timed) ? line->op.deadline_ns : -1;
}

/* In how many ways the thread can execute its operation without the help of time. */
static unsigned reference_ways(int t)
{
	struct sim_op op = reference.x.pending[t];
	unsigned ways = execution_choices(&reference.x, t);
	op.timed = false;
	return op.kind == SIM_OP_SLEEP || !ways ? 0 : semantics_choices(&op, t, &reference.x.objects);
}

/* Where and when each thread began to wait for what it does next. Lifetime: one level of the recursion. */
struct reference_clock {
	int64_t now_ns, since_ns[ABSTRACT_THREADS];
};

/* Whether time alone will enable the thread, and when. */
static bool reference_due(const struct reference_clock *clock, int t, int64_t *due_ns)
{
	int64_t patience_ns = reference_patience(t);
	if (patience_ns < 0 || !execution_choices(&reference.x, t) || reference_ways(t))
		return false;
	*due_ns = clock->since_ns[t] + patience_ns;
	return true;
}

static bool reference_is_enabled(const struct reference_clock *clock, int t)
{
	int64_t due_ns;
	return reference_ways(t) || (reference_due(clock, t, &due_ns) && due_ns <= clock->now_ns);
}

/* Nobody can go on: the earliest moment at which one can. */
static void reference_advance(struct reference_clock *clock)
{
	int64_t due_ns, next_ns = INT64_MAX;
	for (int t = 0; t < (int)reference.x.objects.n_threads; t++) {
		if (reference_is_enabled(clock, t))
			return;
		if (reference_due(clock, t, &due_ns) && due_ns < next_ns)
			next_ns = due_ns;
	}
	if (next_ns != INT64_MAX)
		clock->now_ns = next_ns;
}

static void reference_each(struct reference_clock clock);

static void reference_step(struct reference_clock clock, int t, unsigned choice)
{
	struct sim_execution *x = &reference.x;
	uint32_t depth = x->n_events;
	execution_step(x, t, choice);
	if (!x->events[depth].again)
		clock.since_ns[t] = clock.now_ns;
	if (x->events[depth].starts)
		clock.since_ns[x->events[depth].started] = clock.now_ns;
	reference_each(clock);
	execution_restore(x, depth);
}

static void reference_each(struct reference_clock clock)
{
	bool complete = true;
	reference_advance(&clock);
	for (int t = 0; t < (int)reference.x.objects.n_threads; t++) {
		unsigned ways = reference_is_enabled(&clock, t) ? execution_choices(&reference.x, t) : 0;
		complete = complete && !ways;
		for (unsigned choice = 0; choice < ways && expected.n < MAX_EXECUTIONS; choice++)
			reference_step(clock, t, choice);
	}
	if (complete && expected.n < MAX_EXECUTIONS)
		found_add(&expected, &reference);
}

static void take(struct search *search)
{
	found_add(&found, &machine);
	ck_assert_uint_eq(search->executions, found.n);
}

static void begin(struct found *f)
{
	*f = (struct found){0};
	ck_assert_int_eq(class_init(&f->classes, MAX_EVENTS), 0);
}

/* Durations of 0 to 3, so that many coincide. */
static void add_durations(struct abstract_random *random)
{
	for (int t = 0; t < ABSTRACT_THREADS; t++)
		for (int i = 0; i < program.n_lines[t]; i++) {
			struct sim_op *op = &program.lines[t][i].op;
			if (op->timed || op->kind == SIM_OP_SLEEP)
				op->deadline_ns = abstract_random_below(random, 4);
		}
}

static void compare(int seed)
{
	begin(&expected);
	abstract_init(&reference, &program, MAX_EVENTS);
	reference_each((struct reference_clock){0});
	abstract_release(&reference);
	if (expected.n < MAX_EXECUTIONS) {
		begin(&found);
		program.virtual_time = true;
		abstract_init(&machine, &program, MAX_EVENTS);
		machine.verifies = true;
		struct search search = {.execution = &machine.x, .strategy = &strategy_dfs, .on_complete = take,
		                        .options.keep_going = true};
		search_run(&search);
		ck_assert_msg(found.n == expected.n && found.sum == expected.sum && found.classes.n == expected.classes.n,
		              "program %d: %lu executions instead of %lu", seed, (unsigned long)found.n,
		              (unsigned long)expected.n);
		ck_assert_uint_eq(machine.n_mismatches, 0);
		ck_assert_uint_eq(search.passes, 1);
		abstract_release(&machine);
		search_release(&search);
		class_release(&found.classes);
	}
	class_release(&expected.classes);
}

/* Random programs of 3 and 4 threads: the executions found are those of the reference, as many of each outcome. */
START_TEST(same_executions_as_the_rule_allows)
{
	int families = ABSTRACT_ALL & ~ABSTRACT_PLAIN;
	struct abstract_random random = {.state = 4};
	for (int seed = 0; seed < N_PROGRAMS; seed++) {
		abstract_random_program(&random, &program, 3 + seed % 2, 2, families);
		add_durations(&random);
		compare(seed);
	}
}
END_TEST

static TCase *rules(void)
{
	TCase *tests = tcase_create("rules");
	tcase_add_checked_fixture(tests, setup, NULL);
	tcase_add_test(tests, sleeps_end_in_order);
	tcase_add_test(tests, equal_deadlines_are_enabled_together);
	tcase_add_test(tests, time_stands_still_while_a_thread_can_go_on);
	tcase_add_test(tests, sleep_of_nothing);
	tcase_add_test(tests, timeout_of_a_lock);
	tcase_add_loop_test(tests, timeout_of_a_join, 0, 3);
	tcase_add_loop_test(tests, timeout_of_a_wait, 0, 3);
	tcase_add_test(tests, timed_wait_is_no_deadlock);
	tcase_add_test(tests, cut_off_before_the_timeout);
	return tests;
}

int main(void)
{
	Suite *suite = suite_create("virtual time");
	suite_add_tcase(suite, rules());
	TCase *comparison = tcase_create("comparison");
	tcase_set_timeout(comparison, 120);
	tcase_add_test(comparison, same_executions_as_the_rule_allows);
	suite_add_tcase(suite, comparison);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
