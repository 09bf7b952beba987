/* --suppress: races that are intended are counted instead of found, what comes of them is found all the same. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command_line.h"

/* Two threads add to `hits` by count_hit(), a read and a write each: both read first, T1's write between T2's two, or the
 * other way round, or one after the other in both orders. That makes 4 classes. */
static const char hits_text[] =
	"#include <assert.h>\n"
	"#include <pthread.h>\n"
	"static int hits;\n"
	"static void count_hit(void) { hits = hits + 1; }\n"
	"static void *work(void *unused)\n"
	"{\n"
	"\tcount_hit();\n"
	"\treturn unused;\n"
	"}\n"
	"int main(void)\n"
	"{\n"
	"\tpthread_t a, b;\n"
	"\tpthread_create(&a, NULL, work, NULL);\n"
	"\tpthread_create(&b, NULL, work, NULL);\n"
	"\tLOOK;\n"
	"\tpthread_join(a, NULL);\n"
	"\tpthread_join(b, NULL);\n"
	"\tassert(hits >= LEAST);\n"
	"\treturn 0;\n"
	"}\n";

static void set_up(void)
{
	command_line_set_up();
	write_file("hits.c", hits_text);
}

/* What the check, without anything to look at, says with `lines` as the file of suppressions. */
static void check_with(const char *lines, const char *options)
{
	char arguments[256];

	write_file("intended", lines);
	snprintf(arguments, sizeof arguments, "--suppress=intended %s hits.c", options);
	simcheck(arguments);
}

START_TEST(an_intended_race_is_counted_and_explored)
{
	static const char *const lines[] = {"race function count_hit\n", "# mine\n\n  race  function count_*  # all\n",
		"race hits.c:4", "race h*.c:*\r\n"};

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		check_with(lines[i], "-DLOOK= -DLEAST=1");
		ck_assert_int_eq(exit_status, 0);
		ck_assert_str_eq(standard_output, "proved under sequential consistency: 4 executions, time: any, 1 suppressed race\n"
			"note: the race on hits between hits.c:4 and hits.c:4 was suppressed; what comes of it was explored\n");
	}
}
END_TEST

START_TEST(all_strategies_explore_the_same)
{
	check_with("race hits.c:4", "-DLOOK= -DLEAST=1 --strategy=dfs");
	ck_assert_ptr_nonnull(strstr(standard_output, " of 4 classes, time: any, 1 suppressed race\n"));
	check_with("race hits.c:4", "-DLOOK= -DLEAST=1 --strategy=sleepsets");
	ck_assert_ptr_nonnull(strstr(standard_output, "1 suppressed race\n"));
	ck_assert_int_eq(exit_status, 0);
	check_with("race hits.c:4", "-DLOOK= -DLEAST=0 --simulate");
	ck_assert_ptr_nonnull(strstr(standard_output, "1 suppressed race"));
	ck_assert_int_eq(exit_status, 0);
}
END_TEST

START_TEST(its_consequence_is_found)
{
	check_with("race hits.c:4", "-DLOOK= -DLEAST=2 --keep-going --trace=lost.trace");
	ck_assert_int_eq(exit_status, 1);
	ck_assert_ptr_nonnull(strstr(standard_output, "bug: assertion at hits.c:18, after "));
	check_with("race hits.c:4", "-DLOOK= -DLEAST=2 --replay=lost.trace");
	ck_assert_ptr_nonnull(strstr(standard_output, "the finding of lost.trace recurred"));
}
END_TEST

/* The same variable, but main's read is in another function and at another line. */
START_TEST(other_races_on_the_variable_are_found)
{
	check_with("race function work", "-D'LOOK=int seen=hits;(void)seen' -DLEAST=0");
	ck_assert_int_eq(exit_status, 1);
	ck_assert_ptr_nonnull(strstr(standard_output, "note: intended:1: no race matched this line of --suppress\n"));
	write_file("two.c", "#include <pthread.h>\nstatic int x;\nstatic void *a(void *p) { x = 1; return p; }\n"
		"static void *b(void *p) { x = 2; return p; }\nstatic void *c(void *p) { x = 3; return p; }\n"
		"int main(void) { pthread_t t, u; pthread_create(&t, 0, a, 0); pthread_create(&u, 0, b, 0); c(0);\n"
		"pthread_join(t, 0); return pthread_join(u, 0); }\n");
	/* a with b and with c is intended; b with c is not. */
	write_file("intended", "race function a\n");
	simcheck("--suppress=intended --keep-going two.c");
	ck_assert_int_eq(exit_status, 1);
	ck_assert_ptr_nonnull(strstr(standard_output, "bug: data-race at two.c:"));
	ck_assert_ptr_nonnull(strstr(standard_output, "two.c:4"));
	ck_assert_ptr_nonnull(strstr(standard_output, "two.c:5"));
	ck_assert_ptr_nonnull(strstr(standard_output, "note: the race on x between "));
}
END_TEST

START_TEST(the_report_counts_them)
{
	char *report;

	check_with("race hits.c:4", "-DLOOK= -DLEAST=1 --json=report.json");
	report = read_file("report.json");
	ck_assert_ptr_nonnull(strstr(report, "\"suppressed\": 1,"));
	free(report);
}
END_TEST

START_TEST(malformed_files_are_one_line)
{
	static const struct {
		const char *text, *line;
	} cases[] = {
		{"\ndeadlock function f\n", "simcheck: intended:2: only races can be suppressed; write 'race function NAME' or "
			"'race FILE:LINE'"},
		{"race", "simcheck: intended:1: write 'race function NAME' or 'race FILE:LINE'"},
		{"race function f g", "simcheck: intended:1: write 'race function NAME' or 'race FILE:LINE'"},
		{"race a.c:1 2", "simcheck: intended:1: write 'race function NAME' or 'race FILE:LINE'"},
		{"race a.c", "simcheck: intended:1: the place of a race is FILE:LINE, or FILE:* for all of its lines"},
		{"race a.c:0", "simcheck: intended:1: the place of a race is FILE:LINE, or FILE:* for all of its lines"},
		{"race a.c:99999999999", "simcheck: intended:1: the place of a race is FILE:LINE, or FILE:* for all of its lines"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		write_file("intended", cases[i].text);
		simcheck_fails("--suppress=intended hits.c", 2, cases[i].line);
	}
	simcheck_fails("--suppress=none hits.c", 2, "simcheck: none: No such file or directory");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("suppress");
	TCase *tcase = tcase_create("suppress");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, set_up, command_line_tear_down);
	tcase_add_test(tcase, an_intended_race_is_counted_and_explored);
	tcase_add_test(tcase, all_strategies_explore_the_same);
	tcase_add_test(tcase, its_consequence_is_found);
	tcase_add_test(tcase, other_races_on_the_variable_are_found);
	tcase_add_test(tcase, the_report_counts_them);
	tcase_add_test(tcase, malformed_files_are_one_line);
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
