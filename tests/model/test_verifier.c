/* What is said of programs that use the builtins of verification benchmarks: programs/choices.c and programs/verifier.c. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command_line.h"

static const struct saying {
	const char *arguments;
	int status;
	const char *output; /* NULL: an error, which has `text` */
	const char *text;
} sayings[] = {
	/* The values 0 and 1. */
	{"--entry=any_int", 3,
		"bounded: no bug found, but not everything was explored; 2 executions, time: any; __VERIFIER_nondet_int at "
		"choices.c:12 gave values from 0 to 1 only (--nondet=A..B sets others)\n", NULL},
	{"--entry=any_int --nondet=-7..7", 3,
		"bounded: no bug found, but not everything was explored; 15 executions, time: any; __VERIFIER_nondet_int at "
		"choices.c:12 gave values from -7 to 7 only (--nondet=A..B sets others)\n", NULL},
	/* 101 values are all right: the hundred and first is not. */
	{"--entry=any_int --nondet=0..200", 1,
		"bug: assertion at choices.c:13, after 101 executions\n"
		"choices.c:13: assertion: main failed the assertion `__VERIFIER_assert()` at choices.c:13\n", NULL},
	{"--entry=any_char --nondet=-128..127", 0, "proved: 256 executions, time: any\n", NULL},
	/* More values than the type has. */
	{"--entry=any_char --nondet=-200..200", 0, "proved: 256 executions, time: any\n", NULL},
	/* One has the values -3 to 5, the other those from 0 on: 9 * 6. */
	{"--entry=any_of_two_types --nondet=-3..5", 3,
		"bounded: no bug found, but not everything was explored; 54 executions, time: any; __VERIFIER_nondet_double at "
		"choices.c:23 gave values from -3 to 5 only (--nondet=A..B sets others)\n", NULL},
	{"--entry=any_of_two_types --nondet=-3..-1", 2, NULL,
		"choices.c:23: the call of __VERIFIER_nondet_uint cannot be checked: none of the values given by --nondet"},
	{"--nondet=1..0", 2, NULL, "--nondet=1..0: a range of up to 65535 numbers is needed"},
	{"--nondet=0..65535", 2, NULL, "--nondet=0..65535: a range of up to 65535 numbers is needed"},
	{"--nondet=3", 2, NULL, "--nondet=3: a range of up to 65535 numbers is needed"},
};

START_TEST(said)
{
	const struct saying *saying = &sayings[_i];
	char arguments[600];

	snprintf(arguments, sizeof arguments, "-q %s " SIM_PROGRAMS "/choices.c", saying->arguments);
	simcheck(arguments);
	ck_assert_msg(exit_status == saying->status, "%s: %d\n%s%s", saying->arguments, exit_status, standard_output,
		standard_error);
	if (saying->output)
		ck_assert_str_eq(standard_output, saying->output);
	else
		ck_assert_msg(strstr(standard_error, saying->text), "%s: %s", saying->arguments, standard_error);
}
END_TEST

/* 4 executions, in 2 of which a thread stops (programs/verifier.c). */
START_TEST(pruned_executions_are_counted)
{
	simcheck("-q --entry=functions_by_name " SIM_PROGRAMS "/verifier.c");
	ck_assert_str_eq(standard_output, "proved: 4 executions, 2 pruned by assumptions, time: any\n");
	simcheck("--json=- --entry=functions_by_name " SIM_PROGRAMS "/verifier.c");
	ck_assert_ptr_nonnull(strstr(standard_output, "\"pruned\": 2,"));
	ck_assert_ptr_nonnull(strstr(standard_output, "\"verdict\": \"proved\","));
}
END_TEST

/* Nothing is said about the end of an execution in which an assumption does not hold. */
START_TEST(pruned_executions_leak_nothing)
{
	simcheck("-q --leaks --entry=allocates_and_stops " SIM_PROGRAMS "/verifier.c");
	ck_assert_str_eq(standard_output, "proved: 1 execution, 1 pruned by assumptions, time: any\n");
}
END_TEST

/* A value is told as the program gets it, and a replay gives the same. */
START_TEST(values_are_told)
{
	simcheck("--nondet=90..110 --trace=bug.trace --entry=any_int " SIM_PROGRAMS "/choices.c");
	ck_assert_int_eq(exit_status, 1);
	ck_assert_ptr_nonnull(strstr(standard_output, "choose: 100"));
	simcheck("-q --nondet=90..110 --replay=bug.trace --entry=any_int " SIM_PROGRAMS "/choices.c");
	ck_assert_int_eq(exit_status, 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("verification builtins");
	TCase *tcase = tcase_create("sayings");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, command_line_set_up, command_line_tear_down);
	tcase_add_loop_test(tcase, said, 0, (int)(sizeof sayings / sizeof *sayings));
	tcase_add_test(tcase, pruned_executions_are_counted);
	tcase_add_test(tcase, pruned_executions_leak_nothing);
	tcase_add_test(tcase, values_are_told);
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
