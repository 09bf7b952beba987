/*
 * simcheck --simulate: what programs print in virtual time, byte for byte, and what becomes of it: exit status, trace,
 * picture, replay, other seeds.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command_line.h"
#include "golden/golden.h"

/* Runs simcheck on a program of this folder. */
static void simulate(const char *options, const char *program)
{
	char arguments[512];

	snprintf(arguments, sizeof arguments, "%s " SIM_PROGRAMS "/%s.c", options, program);
	simcheck(arguments);
	ck_assert_str_eq(standard_error, "");
}

static const struct {
	const char *golden, *program;
	int status;
	const char *options;
} transcripts[] = {
	{"sleep_sort", "sleep_sort", 0, ""},
	{"join_timeout", "join_timeout", 0, ""},
	{"lock_timeout", "lock_timeout", 0, ""},
	{"condition_timeout", "condition_timeout", 0, ""},
	{"posix_time", "posix_time", 0, ""},
	{"daemon", "daemon", 0, ""},
	{"daemon_joined", "daemon", 0, "-DJOINED"},
	{"timer", "timer", 0, ""},
	{"event_timeout", "event_timeout", 0, ""},
	{"barrier_three", "barrier_three", 0, ""},
	{"barrier_aborted", "barrier_three", 0, "-DN=2"},
	{"semaphore_three", "semaphore_three", 0, ""},
	{"queue_orders", "queue_orders", 0, ""},
	{"deadlock", "deadlock", 1, ""},
};

START_TEST(prints_what_is_documented)
{
	char golden[128], options[64], *replay;

	snprintf(options, sizeof options, "--simulate %s", transcripts[_i].options);
	simulate(options, transcripts[_i].program);
	ck_assert_int_eq(exit_status, transcripts[_i].status);
	/* The command depends on where the program is. */
	replay = strstr(standard_output, "To see it again:");
	ck_assert(!replay == !exit_status);
	if (replay)
		*replay = 0;
	snprintf(golden, sizeof golden, "simulate/%s.txt", transcripts[_i].golden);
	golden_check(golden, standard_output);
}
END_TEST

/* A run in which nothing went wrong has a trace, which can be followed, and a picture. */
START_TEST(the_run_is_kept)
{
	char *picture;

	simulate("--simulate --trace=run.trace --dot=run.dot --json=run.json", "lock_timeout");
	ck_assert_int_eq(exit_status, 0);
	picture = read_file("run.dot");
	ck_assert_ptr_nonnull(strstr(picture, "nothing went wrong in this run"));
	free(picture);
	picture = read_file("run.json");
	ck_assert_ptr_nonnull(strstr(picture, "\"verdict\": \"sampled\""));
	ck_assert_ptr_nonnull(strstr(picture, "\"run\": {"));
	free(picture);
	simulate("--replay=run.trace", "lock_timeout");
	ck_assert_int_eq(exit_status, 3);
	ck_assert_ptr_nonnull(strstr(standard_output, "time: virtual"));
	ck_assert_ptr_nonnull(strstr(standard_output, "replay: the schedule of run.trace still fits, and nothing went wrong"));
}
END_TEST

START_TEST(a_finding_is_replayed)
{
	simulate("--simulate --trace=run.trace", "deadlock");
	ck_assert_int_eq(exit_status, 1);
	simulate("--replay=run.trace", "deadlock");
	ck_assert_int_eq(exit_status, 1);
	ck_assert_ptr_nonnull(strstr(standard_output, "replay: the finding of run.trace recurred"));
}
END_TEST

/* With JSON on standard output nothing else goes there. */
START_TEST(json_alone)
{
	simulate("--simulate --json=-", "sleep_sort");
	ck_assert_int_eq(exit_status, 0);
	ck_assert_int_eq(standard_output[0], '{');
	ck_assert_ptr_nonnull(strstr(standard_output, "\"output\": \"1\\n2\\n3\\n3 seconds later\\n\""));
}
END_TEST

/* Two threads end in the same moment, and print: some seeds have the one first, some the other, each always the same.
 * */
START_TEST(seeds_vary_the_schedule)
{
	int n_one_first = 0;

	for (int seed = 1; seed <= 12; seed++) {
		char options[64], *first;

		snprintf(options, sizeof options, "--simulate --seed=%d", seed);
		simulate(options, "deadlock");
		first = strdup(standard_output);
		simulate(options, "deadlock");
		ck_assert_str_eq(first, standard_output);
		n_one_first += strncmp(first, "one. other. \n", 13) == 0;
		ck_assert(strncmp(first, "one. other. \n", 13) == 0 || strncmp(first, "other. one. \n", 13) == 0);
		free(first);
	}
	ck_assert_int_gt(n_one_first, 0);
	ck_assert_int_lt(n_one_first, 12);
}
END_TEST

/* Exploring in virtual time. lock_tries.c: at 0 the start of the worker and the lock of the holder come in 2 orders,
 * at 1.5 s two events of each thread (end of the sleep; unlock and try) in C(4, 2) = 6: 12 schedules. Only whether the
 * try comes before the unlock matters: 2 classes. sleep_instead_of_join.c: a race, whose consequence cannot come,
 * since nobody is slow. */
START_TEST(explored_in_virtual_time)
{
	static const char race[] = "bug: data-race at ";

	simcheck("-q --strategy=dfs " SIM_SCENARIOS "/lock_tries.c");
	ck_assert_str_eq(standard_output, "proved: 12 executions of 2 classes, time: virtual\n");
	simcheck("-q " SIM_SCENARIOS "/lock_tries.c");
	ck_assert_ptr_nonnull(strstr(standard_output, "proved: 2 executions, "));
	simcheck("-q --keep-going --time=virtual " SIM_SCENARIOS "/sleep_instead_of_join.c");
	ck_assert_int_eq(strncmp(standard_output, race, strlen(race)), 0);
	ck_assert_ptr_null(strstr(standard_output, "assertion"));
}
END_TEST

/* A run that is cut off has shown nothing about its end. */
START_TEST(cut_off_at_a_limit)
{
	simulate("--simulate --max-events=3", "sleep_sort");
	ck_assert_int_eq(exit_status, 3);
	ck_assert_ptr_nonnull(strstr(standard_output, "--max-events"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("simulate");
	TCase *tests = tcase_create("simulate");
	SRunner *runner = srunner_create(suite);
	int n_failed;

	tcase_add_checked_fixture(tests, command_line_set_up, command_line_tear_down);
	tcase_set_timeout(tests, 60);
	tcase_add_loop_test(tests, prints_what_is_documented, 0, sizeof transcripts / sizeof transcripts[0]);
	tcase_add_test(tests, the_run_is_kept);
	tcase_add_test(tests, a_finding_is_replayed);
	tcase_add_test(tests, json_alone);
	tcase_add_test(tests, seeds_vary_the_schedule);
	tcase_add_test(tests, explored_in_virtual_time);
	tcase_add_test(tests, cut_off_at_a_limit);
	suite_add_tcase(suite, tests);
	srunner_run_all(runner, CK_ENV);
	n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
