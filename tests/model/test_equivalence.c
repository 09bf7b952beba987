/*
 * Objects of the world compared with what they stand for: each program in tests/model/equivalence is explored with the
 * primitive of the API and, compiled with -DREFERENCE, with one made of a condition. What can come of it must be the same,
 * whatever the number of executions. How many classes there are with the primitive of the API is derived where the program
 * is; the default strategy executes one of each.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include <simcheck/check.h>

/* What can come of a program: outcomes 0 to 3 (outcome.h), or how else it can end. */
enum { OUTCOME_0 = 1, OUTCOME_1 = 2, OUTCOME_2 = 4, OUTCOME_3 = 8, DEADLOCK = 16, MISUSE = 32, OTHER = 64 };

static const struct program {
	const char *file, *entry;
	unsigned outcomes;
	int64_t classes;
} programs[] = {
	{"semaphore.c", "one_for_two", OUTCOME_0 | OUTCOME_1 | OUTCOME_2, 6},
	{"semaphore.c", "two_for_three", OUTCOME_1 | OUTCOME_2 | OUTCOME_3 | DEADLOCK, 12},
	{"semaphore.c", "one_remains", DEADLOCK, 2},
	{"semaphore.c", "two_releases", OUTCOME_3, 3},
	{"semaphore.c", "bounded", MISUSE, 3},
	{"event.c", "cleared_at_once", OUTCOME_1 | DEADLOCK, 2},
	{"event.c", "looked_at_by_two", OUTCOME_0 | OUTCOME_1 | OUTCOME_2 | OUTCOME_3, 9},
	{"event.c", "set_by_two", OUTCOME_1, 3},
	{"event.c", "cleared_by_one_of_two", OUTCOME_0 | OUTCOME_1 | OUTCOME_2 | OUTCOME_3, 5},
	{"queue.c", "two_handed_over", OUTCOME_1, 1},
	{"queue.c", "through_a_narrow_place", OUTCOME_1, 1},
	{"queue.c", "put_by_two", OUTCOME_1 | OUTCOME_2, 2},
	{"queue.c", "taken_by_two", OUTCOME_1 | OUTCOME_2, 2},
	{"queue.c", "attempts", OUTCOME_0 | OUTCOME_1 | OUTCOME_2, 6},
	{"queue.c", "attempt_to_put", OUTCOME_1 | DEADLOCK, 6},
	{"queue.c", "asked_meanwhile", OUTCOME_0 | OUTCOME_1 | OUTCOME_2, 3},
	{"queue.c", "last_one", OUTCOME_1 | OUTCOME_2, 2},
	{"queue.c", "lowest_one", OUTCOME_1 | OUTCOME_2, 2},
	{"queue.c", "one_remains", DEADLOCK, 2},
	{"queue.c", "joined_in_time", OUTCOME_0 | OUTCOME_1, 3},
	{"queue.c", "done_too_early", OUTCOME_0 | MISUSE, 2},
	{"barrier.c", "three_meet", OUTCOME_0 | OUTCOME_1 | OUTCOME_2, 6},
	{"barrier.c", "one_too_many", DEADLOCK, 6},
	{"barrier.c", "two_in_time", OUTCOME_0 | OUTCOME_1 | OUTCOME_2, 4},
	{"barrier.c", "aborted", OUTCOME_2, 6},
	{"barrier.c", "reset", OUTCOME_2 | DEADLOCK, 3},
	{"barrier.c", "aborted_in_action", OUTCOME_0 | OUTCOME_2, 8},
	{"rwlock.c", "readers_and_writer", OUTCOME_0 | OUTCOME_1 | OUTCOME_2 | OUTCOME_3, 4},
	{"rwlock.c", "two_writers", OUTCOME_3, 2},
	{"rwlock.c", "attempt", OUTCOME_0 | OUTCOME_1, 3},
	{"rwlock.c", "write_times_out", OUTCOME_0 | OUTCOME_1, 3},
	{"rwlock.c", "read_times_out", OUTCOME_0 | OUTCOME_1, 3},
	{"rwlock.c", "from_reading_to_writing", DEADLOCK, 2},
	{"once.c", "by_three", OUTCOME_0 | OUTCOME_1 | OUTCOME_2, 3},
	{"once.c", "each_needs_the_other", OUTCOME_0 | DEADLOCK, 3},
	{"pipe.c", "until_the_end", OUTCOME_1, 2},
	{"pipe.c", "one_for_two", OUTCOME_1 | OUTCOME_2, 4},
	{"pipe.c", "too_little_room", DEADLOCK, 3},
	{"pipe.c", "nobody_reads", OUTCOME_0 | OUTCOME_1, 2},
	{"pipe.c", "taken_as_a_whole", OUTCOME_1 | OUTCOME_2, 3},
	{"pipe.c", "one_remains", DEADLOCK, 2},
};

static unsigned outcome_of(const struct sim_check_finding *finding)
{
	const char *outcome = strstr(finding->message, "\"outcome ");

	if (strcmp(finding->kind, "deadlock") == 0)
		return DEADLOCK;
	if (strcmp(finding->kind, "misuse") == 0)
		return MISUSE;
	return outcome != NULL ? 1U << (outcome[strlen("\"outcome ")] - '0') : OTHER;
}

/* Explores the program; its outcomes must be those expected. Returns the number of classes, or of executions where classes
 * are not counted. */
static int64_t explore(const struct program *program, const char *strategy, const char *definition)
{
	const char *const extra[] = {definition, NULL};
	struct sim_check_options options = {
		.entry = program->entry, .strategy = strategy, .extra = extra, .keep_going = true};
	struct sim_check_result result;
	unsigned outcomes = 0;
	char path[512];

	snprintf(path, sizeof path, "%s/%s", SIM_EQUIVALENCE, program->file);
	enum sim_check_status status = sim_check_file(path, &options, &result);
	ck_assert_msg(status == SIM_CHECK_OK && result.verdict == SIM_CHECK_BUG, "%s: %s", program->entry,
		sim_check_summary(&result));
	for (size_t i = 0; i < result.n_findings; i++)
		outcomes |= outcome_of(&result.findings[i]);
	ck_assert_msg(outcomes == program->outcomes, "%s %s: outcomes %x instead of %x: %s", program->entry,
		definition, outcomes, program->outcomes, sim_check_summary(&result));
	int64_t n = result.classes >= 0 ? result.classes : (int64_t)result.executions;
	sim_check_result_release(&result);
	return n;
}

START_TEST(test_program)
{
	const struct program *program = &programs[_i];

	ck_assert_int_eq(explore(program, "dfs", "-DPRIMITIVE"), program->classes);
	ck_assert_int_eq(explore(program, NULL, "-DPRIMITIVE"), program->classes);
	explore(program, NULL, "-DREFERENCE");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("equivalence");
	TCase *tcase = tcase_create("equivalence");

	tcase_set_timeout(tcase, 120);
	tcase_add_loop_test(tcase, test_program, 0, (int)(sizeof programs / sizeof *programs));
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
