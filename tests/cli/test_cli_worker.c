/*
 * The front against workers that are shell scripts: exit statuses, what is told, and that it survives whatever a worker
 * does. Each script gets the configuration on its standard input and writes messages to descriptor 3.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command_line.h"

#define REPORT_START "'{\"type\":\"report\",\"report\":{\"format\":\"simcheck-report\",\"version\":1,\"files\":[],"
#define REPORT_END "\"strategy\":\"dfs\",\"memory_model\":\"sc\",\"time\":\"any\",\"executions\":2,\"blocked\":0," \
	"\"events\":8,\"classes\":2,\"seconds\":0,\"compile_seconds\":0,\"peak_kb\":1,\"notes\":[],\"threads_seen\":2}}'"
#define FINDING(kind, cause) "{\"kind\":\"" kind "\",\"cause\":\"" cause "\",\"message\":\"It went wrong.\"," \
	"\"file\":\"a.c\",\"line\":1,\"execution\":1,\"preemptions\":1,\"threads\":[],\"trace\":[]}"
#define DEADLOCK FINDING("deadlock", "lock-cycle")
#define PROVED "echo " REPORT_START "\"verdict\":\"proved\",\"findings\":[]," REPORT_END " >&3\n"
#define INCOMPLETE "echo " REPORT_START "\"verdict\":\"incomplete\",\"findings\":[]," REPORT_END " >&3\n"
#define BUG "echo " REPORT_START "\"verdict\":\"bug\",\"findings\":[" DEADLOCK "]," REPORT_END " >&3\n"

static void set_up(void)
{
	command_line_set_up();
	write_file("a.c", "/* SIMCHECK-EXPECT: deadlock lock-cycle */\nint main(void) { return 0; }\n");
	setenv("SIMCHECK_WORKER", "./worker", 1);
}

/* Makes ./worker do `commands` once it has read its configuration into the file config.json. */
static void worker(const char *commands)
{
	char text[4096];

	snprintf(text, sizeof text, "#!/bin/sh\ncat >config.json\n%s", commands);
	write_file("worker", text);
	ck_assert_int_eq(chmod("worker", 0700), 0);
}

START_TEST(verdicts_become_exit_statuses)
{
	worker(PROVED);
	simcheck("a.c");
	ck_assert_msg(exit_status == 0, "%d: %s", exit_status, standard_error);
	worker(BUG);
	simcheck("a.c");
	ck_assert_int_eq(exit_status, 1);
	worker(INCOMPLETE);
	simcheck("a.c");
	ck_assert_int_eq(exit_status, 3);
}
END_TEST

START_TEST(errors_of_the_worker_are_told)
{
	worker("echo '{\"type\":\"error\",\"exit\":2,\"message\":\"fork was called\"}' >&3\n");
	simcheck_fails("a.c", 2, "simcheck: fork was called");
}
END_TEST

START_TEST(a_worker_that_dies_is_an_internal_error)
{
	worker("kill -SEGV $$\n");
	simcheck("a.c");
	ck_assert_int_eq(exit_status, 70);
	ck_assert_ptr_nonnull(strstr(standard_error,
		": internal error: the worker was ended by a signal (Segmentation fault)"));
	worker("exit 5\n");
	simcheck("a.c");
	ck_assert_int_eq(exit_status, 70);
	ck_assert_ptr_nonnull(strstr(standard_error, ": internal error: the worker ended with exit status 5"));
	worker("echo nonsense >&3\n");
	simcheck("a.c");
	ck_assert_int_eq(exit_status, 70);
	setenv("SIMCHECK_WORKER", "./none", 1);
	simcheck("a.c");
	ck_assert_int_eq(exit_status, 70);
	ck_assert_ptr_nonnull(strstr(standard_error, "./none"));
}
END_TEST

START_TEST(a_report_is_not_trusted_when_its_worker_fails_afterwards)
{
	worker(PROVED "exit 5\n");
	simcheck("a.c");
	ck_assert_int_eq(exit_status, 70);
	ck_assert_str_eq(standard_output, "");
	ck_assert_ptr_nonnull(strstr(standard_error,
		": internal error: the worker ended with exit status 5 after its report"));
	worker(BUG "echo '{\"type\":\"error\",\"exit\":70,\"message\":\"not restored\"}' >&3\n");
	simcheck("a.c");
	ck_assert_int_eq(exit_status, 70);
	ck_assert_ptr_nonnull(strstr(standard_error, ": internal error: not restored"));
}
END_TEST

START_TEST(a_worker_that_does_not_read_is_survived)
{
	write_file("worker", "#!/bin/sh\nexec <&-\n" PROVED);
	ck_assert_int_eq(chmod("worker", 0700), 0);
	simcheck("a.c");
	ck_assert_int_eq(exit_status, 0);
}
END_TEST

START_TEST(an_interrupted_check_reports_what_was_found)
{
	/* The worker interrupts the front, is told so by it, and reports: the pause is cut short by the signal. */
	worker("trap 'stop=1' INT\nkill -INT $PPID\nwhile [ -z \"$stop\" ]; do sleep 0.01; done\n" BUG);
	simcheck("a.c");
	ck_assert_msg(exit_status == 1, "%d: %s", exit_status, standard_error);
	ck_assert_ptr_nonnull(strstr(standard_output, "It went wrong."));
}
END_TEST

START_TEST(a_second_interrupt_ends_the_worker)
{
	worker("trap 'kill -INT $PPID' INT\nkill -INT $PPID\nwhile :; do sleep 0.01; done\n");
	simcheck_fails("a.c", 3, "simcheck: interrupted; there is nothing to report");
}
END_TEST

START_TEST(expectations_turn_the_exit_status)
{
	worker(BUG);
	simcheck("--check-expectations a.c");
	ck_assert_msg(exit_status == 0, "%d: %s", exit_status, standard_error);
	simcheck("--expect=deadlock a.c");
	ck_assert_int_eq(exit_status, 0);
	simcheck("--expect=deadlock:self-deadlock a.c");
	ck_assert_int_eq(exit_status, 1);
	simcheck("--expect=deadlock,data-race a.c");
	ck_assert_int_eq(exit_status, 1);
	simcheck("--expect=safe a.c");
	ck_assert_int_eq(exit_status, 1);
	worker(INCOMPLETE);
	simcheck("--expect=safe a.c");
	ck_assert_int_eq(exit_status, 1);
	worker(PROVED);
	simcheck("--expect=safe a.c");
	ck_assert_int_eq(exit_status, 0);
}
END_TEST

START_TEST(many_programs_have_a_line_each)
{
	write_file("safe.c", "// SIMCHECK-EXPECT: safe\nint main(void) { return 0; }\n");
	write_file("broken.c", "// SIMCHECK-EXPECT: safe\nint main(void) { return }\n");
	worker(BUG);
	simcheck("--check-expectations a.c safe.c");
	ck_assert_str_eq(standard_output,
		"met      a.c     deadlock lock-cycle, 2 executions\n"
		"NOT MET  safe.c  deadlock lock-cycle, 2 executions; expected safe\n"
		"2 programs: 1 met, 1 not met, 0 could not be checked\n");
	ck_assert_int_eq(exit_status, 1);
	simcheck("--check-expectations safe.c broken.c a.c");
	ck_assert_str_eq(standard_output,
		"NOT MET  safe.c    deadlock lock-cycle, 2 executions; expected safe\n"
		"error    broken.c  broken.c does not compile\n"
		"met      a.c       deadlock lock-cycle, 2 executions\n"
		"3 programs: 1 met, 1 not met, 1 could not be checked\n");
	ck_assert_int_eq(exit_status, 2);
}
END_TEST

START_TEST(schedules_are_kept_and_followed)
{
	worker(BUG);
	simcheck("--trace='the trace' -DX='1 2' a.c -- it\\'s");
	ck_assert_msg(exit_status == 1, "%d: %s", exit_status, standard_error);
	ck_assert_ptr_nonnull(strstr(standard_output, "simcheck --replay 'the trace' '-DX=1 2' a.c -- 'it'\\''s'\n"));
	simcheck("--replay='the trace' a.c");
	ck_assert_int_eq(exit_status, 1);
	ck_assert_ptr_nonnull(strstr(standard_output, "replay: the finding of the trace recurred\n"));
	worker(INCOMPLETE);
	simcheck("--replay='the trace' a.c");
	ck_assert_int_eq(exit_status, 3);
	ck_assert_ptr_nonnull(strstr(standard_output,
		"replay: the schedule of the trace still fits, and nothing went wrong\n"));
}
END_TEST

START_TEST(without_a_trace_option_the_cache_keeps_it)
{
	char folder[64];

	/* The cache is the test's own; as a home folder it is shown as ~. */
	ck_assert_ptr_nonnull(getcwd(folder, sizeof folder));
	setenv("HOME", folder, 1);
	unsetenv("XDG_CACHE_HOME");
	worker(BUG);
	simcheck("a.c");
	ck_assert_ptr_nonnull(strstr(standard_output, "simcheck --replay ~/.cache/simcheck/traces/a-"));
	ck_assert_int_eq(system("test -s ~/.cache/simcheck/traces/a-*.trace"), 0);
}
END_TEST

START_TEST(files_without_a_schedule_are_not_written)
{
	worker(PROVED);
	simcheck("--trace=a.trace --svg=a.svg a.c");
	ck_assert_int_eq(exit_status, 0);
	ck_assert_str_eq(standard_error,
		"simcheck: a.trace was not written: nothing went wrong, so there is no schedule to show\n"
		"simcheck: a.svg was not written: nothing went wrong, so there is no schedule to show\n");
	ck_assert_int_ne(access("a.svg", F_OK), 0);
}
END_TEST

START_TEST(json_on_standard_output_is_alone_there)
{
	worker(PROVED);
	simcheck("--json=- a.c");
	ck_assert_int_eq(exit_status, 0);
	ck_assert_int_eq(standard_output[0], '{');
	ck_assert_str_eq(standard_output + strlen(standard_output) - 3, "\n}\n");
	ck_assert_ptr_nonnull(strstr(standard_output, "\"a.c\""));
}
END_TEST

START_TEST(output_that_cannot_be_written_is_status_2)
{
	worker(PROVED);
	simcheck("--json=none/a.json a.c");
	ck_assert_int_eq(exit_status, 2);
	ck_assert_str_eq(standard_error, "simcheck: cannot write none/a.json: No such file or directory\n");
	/* All the rest is told nevertheless. */
	ck_assert_ptr_nonnull(strstr(standard_output, "proved"));
}
END_TEST

START_TEST(own_options_come_before_the_command_line)
{
	write_file("a.c", "/* SIMCHECK-OPTIONS: --max-events=7 --max-executions=8 */\nint main(void) { return 0; }\n");
	worker("grep -q '\"max_events\": *7\\b' config.json && grep -q '\"max_executions\": *9\\b' config.json || exit 9\n"
		PROVED);
	simcheck("--max-executions=9 a.c");
	ck_assert_msg(exit_status == 0, "%d: %s", exit_status, standard_error);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("command line and worker");
	TCase *tcase = tcase_create("worker");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, set_up, command_line_tear_down);
	tcase_add_test(tcase, verdicts_become_exit_statuses);
	tcase_add_test(tcase, errors_of_the_worker_are_told);
	tcase_add_test(tcase, a_worker_that_dies_is_an_internal_error);
	tcase_add_test(tcase, a_report_is_not_trusted_when_its_worker_fails_afterwards);
	tcase_add_test(tcase, a_worker_that_does_not_read_is_survived);
	tcase_add_test(tcase, an_interrupted_check_reports_what_was_found);
	tcase_add_test(tcase, a_second_interrupt_ends_the_worker);
	tcase_add_test(tcase, expectations_turn_the_exit_status);
	tcase_add_test(tcase, many_programs_have_a_line_each);
	tcase_add_test(tcase, schedules_are_kept_and_followed);
	tcase_add_test(tcase, without_a_trace_option_the_cache_keeps_it);
	tcase_add_test(tcase, files_without_a_schedule_are_not_written);
	tcase_add_test(tcase, json_on_standard_output_is_alone_there);
	tcase_add_test(tcase, output_that_cannot_be_written_is_status_2);
	tcase_add_test(tcase, own_options_come_before_the_command_line);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
