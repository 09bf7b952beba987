/*
 * Each scenario on real threads: all compile and run there too; those that are safe pass each run. Those that are not
 * may pass, fail or hang, as chance will have it, so that they only have to run.
 */
#include <check.h>
#include <glob.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command_line.h"

static glob_t scenarios;

static bool is_safe(const char *path)
{
	char *text = read_file(path);
	bool safe = strstr(text, "SIMCHECK-EXPECT: safe\n");

	free(text);
	return safe;
}

START_TEST(runs_on_real_threads)
{
	const char *path = scenarios.gl_pathv[_i];
	bool safe = is_safe(path);
	char arguments[600];

	snprintf(arguments, sizeof arguments, "-q --backend=pthread --runs=%d --run-timeout=%d %s", safe ? 3 : 1,
		safe ? 30 : 1, path);
	simcheck(arguments);
	/* 1: a run failed; 3: none did, which proves nothing. */
	ck_assert_msg(exit_status == 3 || (!safe && exit_status == 1), "%s: exit status %d\n%s%s", path, exit_status,
		standard_output, standard_error);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("scenarios on real threads");
	TCase *tcase = tcase_create("scenarios");
	SRunner *runner;
	int failed;

	if (glob(SIM_SCENARIOS "/*.c", 0, NULL, &scenarios) != 0) {
		fputs("test_real_threads: there are no scenarios\n", stderr);
		return EXIT_FAILURE;
	}
	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, command_line_set_up, command_line_tear_down);
	tcase_add_loop_test(tcase, runs_on_real_threads, 0, (int)scenarios.gl_pathc);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	globfree(&scenarios);
	return failed != 0;
}
