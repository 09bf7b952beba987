/*
 * How a project keeps a deadlock fixed: a test that checks the broken program, the repaired one, and the schedule.
 * It is the example for <simcheck/check.h> as well.
 */
#include <check.h>
#include <stdlib.h>

#include <simcheck/check.h>

#define ABBA SIM_SCENARIOS "/deadlock_abba.c"
#define ABBA_FIXED SIM_SCENARIOS "/deadlock_abba_fixed.c"

/* Checks a file; that this worked at all is asserted here. */
static void check_file(const char *path, const struct sim_check_options *options, struct sim_check_result *result)
{
	enum sim_check_status status = sim_check_file(path, options, result);

	ck_assert_msg(status == SIM_CHECK_OK, "%s: %s", path, sim_check_summary(result));
}

START_TEST(test_abba_is_found)
{
	struct sim_check_result result;

	check_file(ABBA, NULL, &result);
	ck_assert_msg(result.verdict == SIM_CHECK_BUG, "%s", sim_check_summary(&result));
	ck_assert_msg(sim_check_has(&result, "deadlock", "lock-cycle"), "%s", sim_check_summary(&result));
	ck_assert_uint_eq(result.n_findings, 1);
	sim_check_result_release(&result);
}
END_TEST

START_TEST(test_fixed_abba_is_proved)
{
	struct sim_check_result result;

	check_file(ABBA_FIXED, NULL, &result);
	ck_assert_msg(result.verdict == SIM_CHECK_PROVED, "%s", sim_check_summary(&result));
	ck_assert_uint_eq(result.n_findings, 0);
	sim_check_result_release(&result);
}
END_TEST

/* The schedule that was found shows the same finding again, in one execution. */
START_TEST(test_schedule_of_abba_replays)
{
	const struct sim_check_finding *found, *again;
	struct sim_check_options options = { .keep_going = true };
	struct sim_check_result result, replayed;

	check_file(ABBA, &options, &result);
	found = sim_check_find(&result, "deadlock", "lock-cycle");
	ck_assert_msg(found != NULL, "%s", sim_check_summary(&result));

	options = (struct sim_check_options){ .replay = found->trace };
	check_file(ABBA, &options, &replayed);
	again = sim_check_find(&replayed, "deadlock", "lock-cycle");
	ck_assert_msg(again != NULL, "%s", sim_check_summary(&replayed));
	ck_assert_uint_eq(replayed.executions, 1);
	ck_assert_str_eq(again->message, found->message);
	ck_assert_str_eq(again->file, found->file);
	ck_assert_int_eq(again->line, found->line);
	sim_check_result_release(&result);
	sim_check_result_release(&replayed);
}
END_TEST

/* The schedule of the broken program does not fit the repaired one: that is refused, not taken for a success. */
START_TEST(test_schedule_of_abba_does_not_fit_the_fixed)
{
	struct sim_check_options options = { 0 };
	struct sim_check_result result, replayed;

	check_file(ABBA, NULL, &result);
	ck_assert_uint_ge(result.n_findings, 1);
	options.replay = result.findings[0].trace;
	ck_assert_int_eq(sim_check_file(ABBA_FIXED, &options, &replayed), SIM_CHECK_REFUSED);
	sim_check_result_release(&result);
	sim_check_result_release(&replayed);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("regression");
	TCase *abba = tcase_create("abba");
	SRunner *runner;
	int n_failed;

	tcase_set_timeout(abba, 120);
	tcase_add_test(abba, test_abba_is_found);
	tcase_add_test(abba, test_fixed_abba_is_proved);
	tcase_add_test(abba, test_schedule_of_abba_replays);
	tcase_add_test(abba, test_schedule_of_abba_does_not_fit_the_fixed);
	suite_add_tcase(suite, abba);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
