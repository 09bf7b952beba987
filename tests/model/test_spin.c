/*
 * The rule for spin loops against exploring every attempt (--spin=explore): where that is finite both see the same; where
 * it is not, it says so. The programs are in programs/spin.c.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include <simcheck/check.h>

static void spin_check(const char *entry, const char *const *extra, struct sim_check_result *result)
{
	struct sim_check_options options = {.entry = entry, .extra = extra};
	char path[512];

	snprintf(path, sizeof path, "%s/spin.c", SIM_PROGRAMS);
	ck_assert_msg(sim_check_file(path, &options, result) == SIM_CHECK_OK, "%s: %s", entry, sim_check_summary(result));
}

/* Programs that count their attempts: derived where they are, under either rule. */
static const struct {
	const char *entry;
	unsigned executions;
} bounded[] = {{"poll_at_most_three_times", 4}, {"poll_both_at_most_twice", 6}};

START_TEST(bounded_attempts_are_all_seen)
{
	static const char *const rules[][2] = {{"--spin=wait", NULL}, {"--spin=explore", NULL}};
	struct sim_check_result result;

	for (size_t i = 0; i < 2; i++) {
		spin_check(bounded[_i].entry, rules[i], &result);
		ck_assert_int_eq(result.verdict, SIM_CHECK_PROVED);
		ck_assert_uint_eq(result.executions, bounded[_i].executions);
		sim_check_result_release(&result);
	}
}
END_TEST

/* Without the rule there is an attempt after each attempt: some execution is cut, and nothing is proved. */
START_TEST(unbounded_attempts_prove_nothing_without_the_rule)
{
	static const char *const explore[] = {"--spin=explore", "--max-events=30", NULL};
	struct sim_check_result result;

	spin_check("poll_until_set", explore, &result);
	ck_assert_int_eq(result.verdict, SIM_CHECK_INCOMPLETE);
	ck_assert_msg(result.n_notes == 0, "%s", result.n_notes ? result.notes[0] : "");
	sim_check_result_release(&result);
}
END_TEST

/* What a polling thread reads besides the value that it polls on can end the polling: no livelock, but a race. */
START_TEST(another_way_out_is_seen)
{
	static const char *const limits[] = {"--max-events=30", "--max-executions=100", "--keep-going", NULL};
	struct sim_check_result result;

	spin_check("poll_two_things", limits, &result);
	ck_assert_msg(result.n_findings == 1, "%s", sim_check_summary(&result));
	ck_assert_str_eq(result.findings[0].kind, "data-race");
	sim_check_result_release(&result);
}
END_TEST

/* The message of a livelock names thread, variable and line. */
START_TEST(livelock_is_told)
{
	struct sim_check_result result;

	spin_check("lock_never_released", NULL, &result);
	ck_assert_uint_eq(result.n_findings, 1);
	ck_assert_str_eq(result.findings[0].kind, "livelock");
	ck_assert_ptr_nonnull(strstr(result.findings[0].message, "polls `word` at spin.c:"));
	sim_check_result_release(&result);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("spin");
	TCase *tests = tcase_create("rule");
	SRunner *runner = srunner_create(suite);

	tcase_set_timeout(tests, 60);
	tcase_add_loop_test(tests, bounded_attempts_are_all_seen, 0, (int)(sizeof bounded / sizeof *bounded));
	tcase_add_test(tests, unbounded_attempts_prove_nothing_without_the_rule);
	tcase_add_test(tests, another_way_out_is_seen);
	tcase_add_test(tests, livelock_is_told);
	suite_add_tcase(suite, tests);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? 1 : 0;
}
