/*
 * The search around a strategy: passes, findings and their schedules, limits.
 */
#include <check.h>

#include "search_stage.h"

static void add_lost_update(void)
{
	start_all(2);
	for (int t = 1; t <= 2; t++) {
		add(t, abstract_at(abstract_read(0, 1), 1));
		add(t, abstract_at(abstract_write(0, 1, 1), 2));
	}
	add(0, abstract_join(1, 0));
	add(0, abstract_join(2, 0));
	add(0, abstract_at(abstract_read(0, 1), 3));
	add(0, abstract_at(abstract_unless(abstract_fail(), 1, 2), 4));
}

/* A plain increment by two threads: the race is found and its cell promoted; the second pass has the classes of R W
 * R W on one cell - the reads commute - R1W1R2W2, R2W2R1W1, RRW1W2, RRW2W1: 4; then the assertion. */
START_TEST(race_and_consequence)
{
	add_lost_update();
	struct search search = explore();
	ck_assert_uint_eq(search.passes, 2);
	ck_assert_uint_eq(search.classes, 4);
	ck_assert_int_eq(search.n_findings, 2);
	ck_assert_int_eq(search.findings[0].diagnosis.kind, FINDING_RACE);
	ck_assert_uint_eq(search.findings[0].diagnosis.race.size, 8);
	ck_assert_int_eq(search.findings[1].diagnosis.kind, FINDING_ASSERTION);
	ck_assert_uint_eq(search.findings[1].diagnosis.incident.site, 4);
}
END_TEST

START_TEST(stops_at_the_first_finding)
{
	add_lost_update();
	struct search search = {.execution = &machine.x, .strategy = strategy_find("dfs")};
	abstract_init(&machine, &program, 100);
	search_run(&search);
	ck_assert_int_eq(search.n_findings, 2);
	ck_assert(search.done);
	ck_assert_uint_lt(search.classes, 4);
	abstract_release(&machine);
	search_release(&search);
	ck_assert_ptr_null(strategy_find("none"));
}
END_TEST

/* Executes a finding's schedule from the beginning. */
static void replay(const struct search_finding *finding)
{
	execution_restore(&machine.x, 0);
	race_forget(&machine.x.race);
	for (uint32_t i = 0; i < finding->n_steps; i++) {
		ck_assert_uint_lt(finding->schedule[i].choice, execution_choices(&machine.x, finding->schedule[i].thread));
		execution_step(&machine.x, finding->schedule[i].thread, finding->schedule[i].choice);
	}
}

/* A race between an atomic and a plain access: both ways round, the finding's schedule leads to it again, the racing
 * accesses included. */
START_TEST(schedule_of_a_race_shows_it)
{
	search_stage_setup();
	add(0, abstract_start(1));
	add(0, _i ? abstract_store(0, 1) : abstract_write(0, 1, 0));
	add(1, abstract_fetch_add(1, 1, 0));
	add(1, _i ? abstract_write(0, 2, 0) : abstract_store(0, 2));
	struct search search = {.execution = &machine.x, .strategy = &strategy_dfs, .options.keep_going = true};
	abstract_init(&machine, &program, 100);
	search_run(&search);
	ck_assert_int_eq(search.n_findings, 1);
	race_demote(&machine.x.race, 0);
	replay(&search.findings[0]);
	ck_assert_int_eq(machine.x.race.n_found, 1);
	ck_assert_uint_eq(diagnosis_of_race(&machine.x.race.found[0]).key, search.findings[0].diagnosis.key);
	abstract_release(&machine);
	search_release(&search);
}
END_TEST

/* A deadlock's schedule is the whole execution. */
START_TEST(schedule_of_a_deadlock_shows_it)
{
	start_all(2);
	add_nested(1, 0, 1);
	add_nested(2, 1, 0);
	struct search search = {.execution = &machine.x, .strategy = &strategy_dfs};
	abstract_init(&machine, &program, 100);
	search_run(&search);
	ck_assert_int_eq(search.n_findings, 1);
	replay(&search.findings[0]);
	ck_assert_int_eq(execution_first_enabled(&machine.x), SIM_NOBODY);
	struct diagnosis diagnosis;
	ck_assert_int_eq(diagnosis_of_end(&machine.x, &diagnosis, 1), 1);
	ck_assert_uint_eq(diagnosis.key, search.findings[0].diagnosis.key);
	abstract_release(&machine);
	search_release(&search);
}
END_TEST

/* 3 additions by 2 threads: 20 classes, more executions; stopped after 5. */
START_TEST(limit_of_executions)
{
	start_all(2);
	for (int t = 1; t <= 2; t++)
		for (int i = 0; i < 3; i++)
			add(t, abstract_fetch_add(0, 1, 0));
	struct search search = explore_up_to(100, 5);
	ck_assert_uint_eq(search.executions, 5);
	ck_assert_uint_eq(search.limit, SEARCH_MAX_EXECUTIONS);
}
END_TEST

/* Two threads of one addition have 3 executions: a limit of 3 cuts nothing off. */
START_TEST(limit_that_is_just_enough)
{
	start_all(2);
	add(1, abstract_fetch_add(0, 1, 0));
	add(2, abstract_fetch_add(0, 1, 0));
	struct search search = explore_up_to(100, 3);
	ck_assert_uint_eq(search.executions, 3);
	ck_assert_uint_eq(search.limit, SEARCH_NO_LIMIT);
}
END_TEST

/* Executions of 3 events (start, choose, and one or two stores) and of 4: those of 4 are cut at 3, the others are
 * counted: register 1 is 0 (one store) or 1 (two). */
START_TEST(limit_of_events)
{
	add(0, abstract_choose(2, 1));
	add(0, abstract_store(0, 1));
	add(0, abstract_when(abstract_store(0, 2), 1, 1));
	struct search search = explore_up_to(2, 0);
	ck_assert_uint_eq(search.limit, SEARCH_MAX_EVENTS);
	ck_assert_uint_eq(search.executions, 1);
	search = explore_up_to(3, 0);
	ck_assert_uint_eq(search.limit, SEARCH_NO_LIMIT);
	ck_assert_uint_eq(search.executions, 2);
	ck_assert_uint_eq(search.deepest, 3);
}
END_TEST

/* A race in an execution that is cut off is found nevertheless, and numbered as the execution it would have been. */
START_TEST(race_in_a_cut_execution)
{
	add(0, abstract_start(1));
	add(1, abstract_write(0, 1, 0));
	add(0, abstract_fetch_add(1, 1, 0));
	add(0, abstract_write(0, 2, 0));
	add(0, abstract_fetch_add(1, 1, 0));
	struct search search = explore_up_to(2, 0);
	ck_assert_int_ge(search.n_findings, 1);
	ck_assert_int_eq(search.findings[0].diagnosis.kind, FINDING_RACE);
	ck_assert_uint_eq(search.findings[0].execution, 1);
}
END_TEST

/* A program without a second thread: one execution. */
START_TEST(nothing_to_explore)
{
	add(0, abstract_store(0, 1));
	expect(1, 1);
	search_stage_setup();
	expect(1, 1);
}
END_TEST

START_TEST(interrupted)
{
	start_all(2);
	for (int t = 1; t <= 2; t++)
		for (int i = 0; i < 3; i++)
			add(t, abstract_fetch_add(0, 1, 0));
	search_interrupted = 1;
	struct search search = explore();
	search_interrupted = 0;
	ck_assert_uint_eq(search.limit, SEARCH_INTERRUPTED);
	ck_assert_uint_eq(search.executions, 1);
}
END_TEST

static void add_tests(TCase *tests)
{
	tcase_add_test(tests, race_and_consequence);
	tcase_add_test(tests, stops_at_the_first_finding);
	tcase_add_loop_test(tests, schedule_of_a_race_shows_it, 0, 2);
	tcase_add_test(tests, schedule_of_a_deadlock_shows_it);
	tcase_add_test(tests, limit_of_executions);
	tcase_add_test(tests, limit_that_is_just_enough);
	tcase_add_test(tests, limit_of_events);
	tcase_add_test(tests, race_in_a_cut_execution);
	tcase_add_test(tests, nothing_to_explore);
	tcase_add_test(tests, interrupted);
}

int main(void)
{
	Suite *suite = suite_create("search");
	TCase *tests = tcase_create("search");
	tcase_add_checked_fixture(tests, search_stage_setup, NULL);
	add_tests(tests);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
