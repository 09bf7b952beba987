/* --coverage: which lines and operations no execution reached. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command_line.h"

/* Lines with code: 6 to 10 of never(), 12, 13, 14, 15, 16, 18, 20, 21 and 22 of work(), 24, 26, 27, 28, 29, 30, 31, 32 and
 * 33 of main(): 5 + 9 + 9 = 23. Operations: 2 in never(), 2 in work(), 2 in main(). */
static const char text[] =
	"#include <pthread.h>\n"
	"#include <stdio.h>\n"
	"static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;\n"
	"static int n;\n"
	"static void never(void)\n"
	"{\n"
	"\tpthread_mutex_lock(&lock);\n"
	"\tn++;\n"
	"\tpthread_mutex_unlock(&lock);\n"
	"}\n"
	"static void *work(void *unused)\n"
	"{\n"
	"\tpthread_mutex_lock(&lock);\n"
	"\tif (n > MANY) {\n"
	"\t\tputs(\"many\");\n"
	"\t\tnever();\n"
	"\t} else {\n"
	"\t\tn++;\n"
	"\t}\n"
	"\tpthread_mutex_unlock(&lock);\n"
	"\treturn unused;\n"
	"}\n"
	"int main(void)\n"
	"{\n"
	"\tstatic pthread_t thread;\n"
	"\tif (pthread_create(&thread, NULL, work, NULL))\n"
	"\t\treturn 1;\n"
	"\twork(NULL);\n"
	"\tpthread_join(thread, NULL);\n"
	"\tif (n < 0)\n"
	"\t\tn = 0;\n"
	"\treturn 0;\n"
	"}\n";

static void set_up(void)
{
	char *folder = strdup(SIMCHECK), path[4096];

	command_line_set_up();
	*strrchr(folder, '/') = 0;
	snprintf(path, sizeof path, "%s:%s", folder, getenv("PATH"));
	setenv("PATH", path, 1);
	free(folder);
	write_file("cover.c", text);
}

static const char never_many[] =
	"  cover.c:6-10 in never()\n"
	"  cover.c:15-16 in work()\n"
	"  cover.c:27 in main()\n"
	"  cover.c:31 in main()\n"
	"  cover.c:7: pthread_mutex_lock in never()\n"
	"  cover.c:9: pthread_mutex_unlock in never()\n";

START_TEST(what_no_execution_reached_is_listed)
{
	simcheck("--coverage -DMANY=5 --cc=gcc cover.c");
	ck_assert_int_eq(exit_status, 0);
	ck_assert_ptr_nonnull(strstr(standard_output, never_many));
	ck_assert_ptr_nonnull(strstr(standard_output, "coverage: 14 of 23 lines and 4 of 6 operations were reached; never:\n"));
}
END_TEST

/* One order of the two threads is enough for line 8. Lines with code: 5 to 12, 14, and 16 to 20. */
START_TEST(one_execution_counts)
{
	write_file("late.c", "#include <pthread.h>\n"
		"static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;\n"
		"static int turn;\n"
		"static void *work(void *late)\n"
		"{\n"
		"\tpthread_mutex_lock(&lock);\n"
		"\tif (late && turn == 0)\n"
		"\t\tturn = 2;\n"
		"\tturn++;\n"
		"\tpthread_mutex_unlock(&lock);\n"
		"\treturn late;\n"
		"}\n"
		"int main(void)\n"
		"{\n"
		"\tstatic pthread_t thread;\n"
		"\tpthread_create(&thread, NULL, work, &thread);\n"
		"\twork(NULL);\n"
		"\tpthread_join(thread, NULL);\n"
		"\treturn 0;\n"
		"}\n");
	simcheck("--coverage late.c");
	ck_assert_str_eq(standard_output, "proved: 2 executions, time: any\n"
		"coverage: 14 of 14 lines and 4 of 4 operations were reached\n");
	/* Threads take turns, and main is the first to lock. */
	simcheck("--coverage --simulate late.c");
	ck_assert_ptr_nonnull(strstr(standard_output, "coverage: 13 of 14 lines and 4 of 4 operations were reached; never:\n"
		"  late.c:8 in work()\n"));
}
END_TEST

START_TEST(clang_s_blocks_are_known_too)
{
	if (system("clang --version >output.txt 2>&1") != 0)
		return;
	simcheck("--coverage -DMANY=5 --cc=clang cover.c");
	ck_assert_int_eq(exit_status, 0);
	ck_assert_ptr_nonnull(strstr(standard_output, "and 4 of 6 operations were reached; never:\n  cover.c:6-10 in never()\n"));
}
END_TEST

START_TEST(objects_need_to_be_built_for_it)
{
	ck_assert_int_eq(system("simcheck-cc -DMANY=5 cover.c -o cover"), 0);
	simcheck("--coverage cover");
	ck_assert_ptr_nonnull(strstr(standard_output, "note: nothing of the program was compiled for --coverage; "));
	ck_assert_int_eq(system("SIMCHECK_COVERAGE=1 simcheck-cc -DMANY=5 cover.c -o cover && ./cover"), 0);
	simcheck("--coverage cover");
	ck_assert_ptr_nonnull(strstr(standard_output, "operations were reached; never:\n  cover.c:6-10 in never()\n"));
	/* Without being asked for it, nothing is said. */
	simcheck("cover");
	ck_assert_ptr_null(strstr(standard_output, "coverage"));
}
END_TEST

START_TEST(the_report_has_it)
{
	simcheck("--coverage -DMANY=5 --cc=gcc --json=- cover.c");
	ck_assert_ptr_nonnull(strstr(standard_output, "\"lines\": 23,\n    \"lines_reached\": 14,\n    \"operations\": 6,\n"
		"    \"operations_reached\": 4,\n"));
	ck_assert_ptr_nonnull(strstr(standard_output, "\"file\": \"cover.c\",\n        \"first_line\": 7,\n        \"last_line\": 7,\n"
		"        \"function\": \"never\",\n        \"operation\": \"pthread_mutex_lock\"\n"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("coverage");
	TCase *tcase = tcase_create("coverage");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, set_up, command_line_tear_down);
	tcase_add_test(tcase, what_no_execution_reached_is_listed);
	tcase_add_test(tcase, one_execution_counts);
	tcase_add_test(tcase, clang_s_blocks_are_known_too);
	tcase_add_test(tcase, objects_need_to_be_built_for_it);
	tcase_add_test(tcase, the_report_has_it);
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
