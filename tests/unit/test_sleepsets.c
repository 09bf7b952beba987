/*
 * Sleep sets against plain depth-first search: on random programs, with either time semantics, exactly one execution
 * for each class that depth-first search counts, with the same outcomes, findings and scheduling points.
 */
#include <check.h>
#include <stdlib.h>

#include "abstract_random.h"
#include "search_stage.h"

enum { MAX_EXECUTIONS = 6000, MAX_EVENTS = 40, N_PROGRAMS = 120 };

/* What a search came to. Lifetime: one comparison. */
struct result {
	struct search search; /* its counts; what it points to is gone */
	uint64_t outcomes;    /* sum over classes of the last pass */
	uint64_t findings;    /* sum of the keys */
	uint32_t n_promoted;
};

static uint64_t pass, known_classes;

/* The sum of outcomes, one of each class. */
static void take(struct search *search)
{
	struct result *result = search->listener;
	if (search->passes != pass)
		result->outcomes = known_classes = 0;
	pass = search->passes;
	if (search->classes == known_classes)
		return;
	uint64_t outcome = abstract_outcome_hash(&machine);
	known_classes = search->classes;
	result->outcomes += outcome * outcome;
}

static struct result search_by(const struct strategy *strategy)
{
	struct result result = {0};
	abstract_init(&machine, &program, MAX_EVENTS);
	machine.verifies = true;
	pass = known_classes = 0;
	result.search = (struct search){
		.execution = &machine.x, .strategy = strategy, .on_complete = take, .listener = &result,
		.options = {.keep_going = true, .count_classes = true, .max_executions = MAX_EXECUTIONS}};
	search_run(&result.search);
	for (int i = 0; i < result.search.n_findings; i++)
		result.findings += result.search.findings[i].diagnosis.key;
	result.n_promoted = machine.x.race.n_promoted;
	ck_assert_uint_eq(machine.n_mismatches, 0);
	search_release(&result.search);
	abstract_release(&machine);
	return result;
}

/* Returns whether the program was small enough for depth-first search. */
static bool compare(int number)
{
	struct result dfs = search_by(&strategy_dfs);
	if (dfs.search.limit == SEARCH_MAX_EXECUTIONS)
		return false;
	struct result found = search_by(&strategy_sleepsets);
	ck_assert_msg(found.search.executions == dfs.search.classes && found.search.classes == dfs.search.classes,
	              "program %d: %lu executions of %lu classes instead of %lu", number,
	              (unsigned long)found.search.executions, (unsigned long)found.search.classes,
	              (unsigned long)dfs.search.classes);
	ck_assert_msg(found.outcomes == dfs.outcomes && found.findings == dfs.findings &&
	                      found.n_promoted == dfs.n_promoted && found.search.limit == dfs.search.limit,
	              "program %d: other outcomes, findings or races", number);
	return true;
}

/* Durations of 0 to 3, so that many coincide. */
static void add_durations(struct abstract_random *random)
{
	for (int t = 0; t < ABSTRACT_THREADS; t++)
		for (int i = 0; i < program.n_lines[t]; i++)
			program.lines[t][i].op.deadline_ns = abstract_random_below(random, 4);
}

/* _i: 0 any, 1 virtual time. */
START_TEST(one_execution_per_class)
{
	struct abstract_random random = {.state = 7};
	int n_compared = 0;
	for (int number = 0; number < N_PROGRAMS; number++) {
		int families = number % 4 == 3 ? ABSTRACT_ALL : ABSTRACT_ALL & ~ABSTRACT_PLAIN;
		abstract_random_program(&random, &program, 3 + number % 2, 3, families);
		add_durations(&random);
		program.virtual_time = _i;
		n_compared += compare(number);
	}
	ck_assert_int_gt(n_compared, N_PROGRAMS / 2);
}
END_TEST

/* Two threads with three additions each to cells of their own: one class, one execution. Each of the 6 events of the
 * first execution has the other thread as alternative, where that was still to run; what follows is given up when its
 * turn has passed. */
START_TEST(independent_events)
{
	search_stage_setup();
	start_all(2);
	for (int t = 1; t <= 2; t++)
		for (int i = 0; i < 3; i++)
			add(t, abstract_fetch_add(t, 1, 0));
	struct result result = search_by(&strategy_sleepsets);
	ck_assert_uint_eq(result.search.executions, 1);
	ck_assert_uint_gt(result.search.blocked, 0);
}
END_TEST

/* A limit of as many executions as there are classes - 2! orders of two additions - cuts nothing off. */
START_TEST(limit_that_is_just_enough)
{
	search_stage_setup();
	start_all(2);
	add(1, abstract_fetch_add(0, 1, 0));
	add(2, abstract_fetch_add(0, 1, 0));
	struct search search = {
		.execution = &machine.x, .strategy = strategy_find("sleepsets"), .options.max_executions = 2};
	abstract_init(&machine, &program, MAX_EVENTS);
	search_run(&search);
	ck_assert_uint_eq(search.executions, 2);
	ck_assert_uint_eq(search.limit, SEARCH_NO_LIMIT);
	search_release(&search);
	abstract_release(&machine);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("sleep sets");
	TCase *tests = tcase_create("sleep sets");
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, one_execution_per_class, 0, 2);
	tcase_add_test(tests, independent_events);
	tcase_add_test(tests, limit_that_is_just_enough);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
