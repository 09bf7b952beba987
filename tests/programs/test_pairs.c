/*
 * Realistic programs in pairs: NAME.c goes wrong as its SIMCHECK-EXPECT lines say, NAME_fixed.c is proved. A program of
 * several files is a folder, whose main.c has these lines. Each is plain C that the compiler takes without simcheck, and
 * what a finding shows recurs when its trace is replayed.
 *
 * A name as the first argument: only programs that match it.
 */
#include <check.h>
#include <glob.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command_line.h"

static glob_t mains; /* the file with the expectation, of each program */

static bool is_folder(const char *path)
{
	return strcmp(strrchr(path, '/'), "/main.c") == 0;
}

/* The program's files as a shell writes them: the file itself, or all of its folder. */
static void program_files(const char *path, char *files, size_t size)
{
	const char *name = strrchr(path, '/') + 1;

	if (is_folder(path))
		snprintf(files, size, "%.*s*.c", (int)(name - path), path);
	else
		snprintf(files, size, "%s", path);
}

/* What simcheck is given: the file, or the program that simcheck-cc makes of a folder, as a build file would. */
static void program_to_check(const char *path, char *program, size_t size)
{
	char files[300], command[1000];

	snprintf(program, size, "%s", path);
	if (!is_folder(path))
		return;
	program_files(path, files, sizeof files);
	snprintf(program, size, "./built");
	snprintf(command, sizeof command, SIMCHECK "-cc -pthread -o built %s", files);
	ck_assert_msg(system(command) == 0, "simcheck-cc does not build %s", files);
}

/* What follows each `label` in the file, in one line, parts separated by `separator`, blanks within them by `inner`. */
static void program_lines(const char *path, const char *label, char separator, char inner, char *line, size_t size)
{
	char *text = read_file(path);
	size_t n = 0;

	for (const char *at = text; (at = strstr(at, label)); at++) {
		const char *part = at + strlen(label) + strspn(at + strlen(label), " ");
		size_t length = strcspn(part, "\n*");

		while (length && part[length - 1] == ' ')
			length--;
		n += (size_t)snprintf(line + n, size - n, "%s%.*s", n ? (char[]){separator, 0} : "", (int)length, part);
		ck_assert_uint_lt(n, size);
		for (char *c = line + n - length; *c; c++)
			*c = *c == ' ' ? inner : *c;
	}
	line[n] = 0;
	free(text);
}

static bool is_fixed(const char *path)
{
	return strstr(path, "_fixed.c") || strstr(path, "_fixed/");
}

START_TEST(as_expected)
{
	const char *path = mains.gl_pathv[_i];
	char files[300], program[300], expected[300], options[300], arguments[1000];

	program_files(path, files, sizeof files);
	program_lines(path, "SIMCHECK-EXPECT:", ',', ':', expected, sizeof expected);
	program_lines(path, "SIMCHECK-OPTIONS:", ' ', ' ', options, sizeof options);
	ck_assert_msg((strcmp(expected, "safe") == 0) == is_fixed(path), "%s expects '%s'", path, expected);

	snprintf(arguments, sizeof arguments, SIM_CC " -std=gnu17 -pthread -o native %s -lm", files);
	ck_assert_msg(system(arguments) == 0, "%s does not compile without simcheck", path);

	program_to_check(path, program, sizeof program);
	snprintf(arguments, sizeof arguments, "%s --keep-going --expect=%s %s", options, expected, program);
	simcheck(arguments);
	ck_assert_msg(exit_status == 0, "%s: not as expected (%s):\n%s%s", path, expected, standard_output, standard_error);
}
END_TEST

START_TEST(recurs)
{
	const char *path = mains.gl_pathv[_i];
	char program[300], options[300], arguments[1000];

	if (is_fixed(path))
		return;
	program_to_check(path, program, sizeof program);
	program_lines(path, "SIMCHECK-OPTIONS:", ' ', ' ', options, sizeof options);
	snprintf(arguments, sizeof arguments, "-q %s --trace=bug.trace %s", options, program);
	simcheck(arguments);
	ck_assert_msg(exit_status == 1, "%s: exit status %d\n%s", path, exit_status, standard_error);
	snprintf(arguments, sizeof arguments, "-q %s --replay=bug.trace %s", options, program);
	simcheck(arguments);
	ck_assert_msg(exit_status == 1, "%s does not recur:\n%s%s", path, standard_output, standard_error);
}
END_TEST

START_TEST(has_its_twin)
{
	const char *path = mains.gl_pathv[_i], *end = strrchr(path, '.');
	bool fixed = is_fixed(path);
	char twin[300];
	size_t stem;

	if (is_folder(path))
		end = strrchr(path, '/');
	stem = (size_t)(end - path) - (fixed ? strlen("_fixed") : 0);
	snprintf(twin, sizeof twin, "%.*s%s%s", (int)stem, path, fixed ? "" : "_fixed", end);
	ck_assert_msg(access(twin, R_OK) == 0, "there is no %s", twin);
}
END_TEST

static int find_programs(const char *only)
{
	char pattern[600];

	snprintf(pattern, sizeof pattern, "%s/%s*/main.c", SIM_PAIRS, only);
	glob(pattern, 0, NULL, &mains);
	snprintf(pattern, sizeof pattern, "%s/%s*.c", SIM_PAIRS, only);
	glob(pattern, GLOB_APPEND, NULL, &mains);
	/* This file stands among them. */
	for (size_t i = 0; i < mains.gl_pathc; i++) {
		if (!strstr(mains.gl_pathv[i], "/test_pairs.c"))
			continue;
		free(mains.gl_pathv[i]);
		memmove(&mains.gl_pathv[i], &mains.gl_pathv[i + 1], (mains.gl_pathc - i) * sizeof(char *));
		mains.gl_pathc--;
	}
	return mains.gl_pathc ? 0 : -1;
}

int main(int argc, char **argv)
{
	Suite *suite = suite_create("programs in pairs");
	TCase *tcase = tcase_create("programs");
	SRunner *runner;
	int failed;

	if (find_programs(argc > 1 ? argv[1] : "") < 0) {
		fputs("test_pairs: there is no such program\n", stderr);
		return EXIT_FAILURE;
	}
	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, command_line_set_up, command_line_tear_down);
	tcase_add_loop_test(tcase, as_expected, 0, (int)mains.gl_pathc);
	tcase_add_loop_test(tcase, recurs, 0, (int)mains.gl_pathc);
	tcase_add_loop_test(tcase, has_its_twin, 0, (int)mains.gl_pathc);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	globfree(&mains);
	return failed != 0;
}
