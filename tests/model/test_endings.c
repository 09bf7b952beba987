/*
 * Endings that are known are left out, and nothing is lost by it: programs/endings.c, compared with depth-first search, which
 * executes everything.
 */
#include <check.h>
#include <stdio.h>

#include <simcheck/check.h>

#include "findings.h"

#define PROGRAM SIM_PROGRAMS "/endings.c"

static const struct {
	const char *entry, *expected;
} endings[] = {
	{"same_value", "safe"},
	{"value", "assertion"},
	{"returned", "assertion"},
	{"read_before_join", "data-race"},
	{"read_beside_detached", "data-race"},
	{"on_stack", "assertion"},
	{"reads_its_own", "safe"},
	{"private_until_published", "data-race"},
	{"atomic_until_read", "data-race"},
};

static void check(const char *entry, const char *strategy, const char *define, struct sim_check_result *result)
{
	const char *const defines[] = {define, NULL};
	struct sim_check_options options = {
		.entry = entry, .strategy = strategy, .defines = defines, .keep_going = true};

	ck_assert_msg(sim_check_file(PROGRAM, &options, result) == SIM_CHECK_OK, "%s: %s", entry, result->error);
}

START_TEST(nothing_is_lost)
{
	static const char *const strategies[] = {"dfs", "dpor", "dpor"}, *const noises[] = {"NOISE=0", "NOISE=0", "NOISE=5"};

	for (int i = 0; i < 3; i++) {
		struct sim_check_result result;

		check(endings[_i].entry, strategies[i], noises[i], &result);
		ck_assert_msg(findings_match(endings[_i].expected, &result), "%s, %s: %s", endings[_i].entry, strategies[i],
			sim_check_summary(&result));
		if (i < 2)
			findings_recur(PROGRAM, endings[_i].entry, &result);
		sim_check_result_release(&result);
	}
}
END_TEST

/*
 * Six additions in 6! orders. Each execution ends with 6 joins, a load and the end of the program: 8 events. Were all of them
 * executed there would be more than 8 * 6! events. While the first returns are watched (world/net.h) they are; from then on
 * an execution has, on average, less than e new additions and nothing else.
 */
START_TEST(known_endings_are_left_out)
{
	struct sim_check_result result;

	check("same_value", "dpor", "NOISE=0", &result);
	ck_assert_uint_eq(result.executions, 720);
	ck_assert_uint_lt(result.events, 720 * 8 / 2);
	sim_check_result_release(&result);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("endings");
	TCase *tcase = tcase_create("endings");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, nothing_is_lost, 0, (int)(sizeof endings / sizeof *endings));
	tcase_add_test(tcase, known_endings_are_left_out);
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
