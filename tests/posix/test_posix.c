/*
 * What functions of POSIX and C11 do in the simulation is what they do on the real libraries. Each program of this folder
 * asserts results and prints some. Its assertions have to hold when it is compiled by the plain compiler and run; in each
 * of its executions under simcheck (`proved`); and what it prints in a simulated run has to be what it printed for real.
 *
 * A line `SIMCHECK-OPTIONS:` in a program holds for the check. A program named as the first argument is the only one run.
 */
#include <check.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command_line.h"

static glob_t programs;

/* Compiles and runs it; the caller frees what it printed. */
static char *native_output(const char *path)
{
	char command[600];

	snprintf(command, sizeof command, SIM_CC " -std=gnu17 -pthread -o native %s -Wl,--as-needed -latomic", path);
	ck_assert_msg(system(command) == 0, "%s does not compile", path);
	ck_assert_msg(system("timeout 20 ./native >native.txt </dev/null") == 0, "%s fails on the real libraries", path);
	return read_file("native.txt");
}

START_TEST(same_as_real)
{
	const char *path = programs.gl_pathv[_i];
	char arguments[600], *printed = native_output(path);

	snprintf(arguments, sizeof arguments, "--check-expectations --expect=safe %s", path);
	simcheck(arguments);
	ck_assert_msg(exit_status == 0, "%s is not proved:\n%s%s", path, standard_output, standard_error);

	snprintf(arguments, sizeof arguments, "--simulate %s", path);
	simcheck(arguments);
	ck_assert_msg(exit_status == 0, "%s, simulated:\n%s%s", path, standard_output, standard_error);
	ck_assert_msg(strncmp(standard_output, printed, strlen(printed)) == 0
			&& strncmp(standard_output + strlen(printed), "sampled: ", 9) == 0,
		"%s prints\n%s-- simulated --\n%s", path, printed, standard_output);
	free(printed);
}
END_TEST

static int find_programs(const char *only)
{
	char pattern[600];

	snprintf(pattern, sizeof pattern, "%s/%s.c", SIM_POSIX, only ? only : "*");
	if (glob(pattern, 0, NULL, &programs) != 0)
		return -1;
	/* This file stands among them. */
	for (size_t i = 0; i < programs.gl_pathc; i++) {
		if (!strstr(programs.gl_pathv[i], "/test_posix.c"))
			continue;
		free(programs.gl_pathv[i]);
		memmove(&programs.gl_pathv[i], &programs.gl_pathv[i + 1], (programs.gl_pathc - i) * sizeof(char *));
		programs.gl_pathc--;
	}
	return 0;
}

int main(int argc, char **argv)
{
	Suite *suite = suite_create("POSIX and C11 functions");
	TCase *tcase = tcase_create("programs");
	SRunner *runner;
	int failed;

	if (find_programs(argc > 1 ? argv[1] : NULL) < 0) {
		fputs("test_posix: there is no such program\n", stderr);
		return EXIT_FAILURE;
	}
	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, command_line_set_up, command_line_tear_down);
	tcase_add_loop_test(tcase, same_as_real, 0, (int)programs.gl_pathc);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	globfree(&programs);
	return failed != 0;
}
