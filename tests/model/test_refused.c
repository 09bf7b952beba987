/* Each call that src/program/externals.def refuses: by name, with its place and the reason, and only when it is made. */
#include <check.h>
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include <simcheck/check.h>

static const struct refused {
	const char *name, *why;
	int line; /* of externals.def, where the program has its call */
} refused[] = {
#define MODELLED(name)
#define HARMLESS(name)
#define REFUSED(name, why) {#name, why, __LINE__},
#include "externals.def"
};

static const char *const include[] = {"-I", SIM_EXTERNALS, NULL};

START_TEST(refused_by_name)
{
	const struct refused *call = &refused[_i];
	struct sim_check_result result;
	const char *const arguments[] = {call->name, NULL};
	struct sim_check_options options = {.arguments = arguments, .extra = include};
	char expected[400];

	if (!dlsym(RTLD_DEFAULT, call->name))
		return; /* of another version of the C library */
	snprintf(expected, sizeof expected, "externals.def:%d: the call of %s cannot be checked: %s", call->line, call->name,
		call->why);
	ck_assert_int_eq(sim_check_file(SIM_PROGRAMS "/refused.c", &options, &result), SIM_CHECK_REFUSED);
	ck_assert_msg(strstr(result.error, expected) != NULL, "%s: %s", call->name, result.error);
	sim_check_result_release(&result);
}
END_TEST

/* They are all there, and none is called. */
START_TEST(only_when_called)
{
	struct sim_check_options options = {.extra = include};
	struct sim_check_result result;

	ck_assert_int_eq(sim_check_file(SIM_PROGRAMS "/refused.c", &options, &result), SIM_CHECK_OK);
	ck_assert_str_eq(result.verdict_name, "proved");
	sim_check_result_release(&result);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("refused calls");
	TCase *tcase = tcase_create("refused calls");

	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, refused_by_name, 0, (int)(sizeof refused / sizeof *refused));
	tcase_add_test(tcase, only_when_called);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
