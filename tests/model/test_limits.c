/*
 * The limits that doc/limits.md states, as they are: what simcheck says of each program in tests/model/limits. Where a
 * limit is lifted, its line changes here and there.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include <simcheck/check.h>

#define PAGE_COPIES "page copies were used"

static const struct limit {
	const char *file, *entry;
	const char *says; /* the verdict; NULL: simcheck refuses */
	const char *text; /* in a note, in what ended the search early, in the message of a refusal, or a kind of finding; NULL:
	                   * no note, no finding */
} limits[] = {
	{"unseen.c", "assembly_locked", "proved", PAGE_COPIES},
	{"unseen.c", "assembly_racing", "proved", PAGE_COPIES},
	{"unseen.c", "struct_result_locked", "proved", PAGE_COPIES},
	{"unseen.c", "struct_result_racing", "proved", PAGE_COPIES},
	{"unseen.c", "function_without_instrumentation_locked", "proved", PAGE_COPIES},
	{"calls.c", "unknown_function", "incomplete", "getloadavg (called at calls.c:23) is unknown to simcheck"},
	{"calls.c", "contexts", NULL, "calls.c:38: the call of getcontext cannot be checked: contexts"},
	{"calls.c", "asynchronous", NULL, "calls.c:49: the call of pthread_setcanceltype cannot be checked: cancellation at any"},
	{"atomic_struct.c", "main", NULL, "atomic_struct.c:12: the call of __atomic_load cannot be checked: atomic objects of more"},
	{"weak_order.c", "handed_over", "proved", "weaker than sequentially consistent, the first at weak_order.c:"},
	{"weak_order.c", "counted", "proved", NULL},
	{"blocks.c", "lock_that_is_held", NULL, "blocks.c:14: the call of acquire cannot be checked: in an atomic block, where no other"},
	{"blocks.c", "thread_started", NULL, "blocks.c:34: the call of start cannot be checked: it stands in an atomic block"},
	{"blocks.c", "wait_for_a_condition", NULL, "blocks.c:42: the call of wait cannot be checked: it stands in an atomic block"},
	{"blocks.c", "end_of_the_program", NULL, "blocks.c:49: the call of exit cannot be checked: it stands in an atomic block"},
	{"blocks.c", "all_pruned", "proved", "in every execution a thread stopped at an assumption"},
	{"blocks.c", "address_chosen", NULL, "the call of __VERIFIER_nondet_pointer cannot be checked: only numbers"},
	{"constructor.c", "main", "proved", "nothing to interleave"},
	{"files.c", "input_is_empty", "proved", "never started a second thread"},
	{"files.c", "files_are_in_memory", "proved", NULL},
	{"files.c", "device", NULL, "files.c:52: the call of open cannot be checked: only files, folders, /dev/null and"},
	{"files.c", "file_of_more_than_64_mib", "proved", "never started a second thread"},
	{"files.c", "pipe_counts_bytes", "proved", "never started a second thread"},
	{"files.c", "order_of_output", "proved", NULL},
	{"files.c", "order_of_locked_output", "proved", NULL},
	{"files.c", "all_streams_flushed", NULL, "files.c:102: the call of fflush(NULL) cannot be checked: flush the streams"},
	{"files.c", "reads_without_waiting", "incomplete", "--max-events"},
	{"files.c", "nobody_reads", "bug", "crash"},
	{"files.c", "signals", NULL, "files.c:133: the call of signal cannot be checked: of signals, only that SIGPIPE"},
	{"files.c", "locked_region", NULL, "files.c:140: the call of fcntl cannot be checked: of its commands F_GETFL"},
	{"heap.c", "enough", "proved", "nothing to interleave"},
	{"heap.c", "too_much_at_a_time", "incomplete", "the program uses more heap than --memory allows (at heap.c:24)"},
	{"heap.c", "too_much_in_all", "incomplete", "(freed memory is not used again) (at heap.c:30)"},
	{"waits.c", "if_instead_of_while", "proved", NULL},
};

static bool limit_is_noted(const struct limit *limit, const struct sim_check_result *result)
{
	if (!limit->text)
		return result->n_notes == 0 && result->n_findings == 0;
	if (result->limit && strstr(result->limit, limit->text))
		return true;
	for (size_t i = 0; i < result->n_notes; i++)
		if (strstr(result->notes[i], limit->text))
			return true;
	return sim_check_has(result, limit->text, NULL);
}

START_TEST(test_limit)
{
	const struct limit *limit = &limits[_i];
	struct sim_check_options options = {.entry = limit->entry};
	struct sim_check_result result;
	char path[512];

	snprintf(path, sizeof path, "%s/%s", SIM_LIMITS, limit->file);
	enum sim_check_status status = sim_check_file(path, &options, &result);
	if (limit->says) {
		ck_assert_msg(status == SIM_CHECK_OK && strcmp(result.verdict_name, limit->says) == 0, "%s: %s", limit->entry,
			sim_check_summary(&result));
		ck_assert_msg(limit_is_noted(limit, &result), "%s: %s", limit->entry, limit->text ? limit->text : "a note");
	} else {
		ck_assert_msg(status == SIM_CHECK_REFUSED && strstr(result.error, limit->text), "%s: %s", limit->file,
			sim_check_summary(&result));
	}
	sim_check_result_release(&result);
}
END_TEST

/* The watch on unannounced writes ends early in a search, unless told to go on. */
START_TEST(test_late_writes_are_seen_when_all_restores_are_verified)
{
	static const char *const extra[] = {"--verify-restore", NULL};
	struct sim_check_options options = {.entry = "assembly_late", .extra = extra};
	struct sim_check_result result;

	ck_assert_msg(sim_check_file(SIM_LIMITS "/unseen.c", &options, &result) == SIM_CHECK_OK &&
		result.verdict == SIM_CHECK_PROVED, "%s", sim_check_summary(&result));
	ck_assert_uint_eq(result.n_notes, 1);
	ck_assert_ptr_nonnull(strstr(result.notes[0], PAGE_COPIES));
	sim_check_result_release(&result);
}
END_TEST

START_TEST(test_waits_end_by_themselves_when_asked_for)
{
	static const char *const extra[] = {"--spurious-wakeups=1", NULL};
	struct sim_check_options options = {.entry = "if_instead_of_while", .extra = extra};
	struct sim_check_result result;

	ck_assert_msg(sim_check_file(SIM_LIMITS "/waits.c", &options, &result) == SIM_CHECK_OK &&
		sim_check_has(&result, "assertion", NULL), "%s", sim_check_summary(&result));
	ck_assert_uint_eq(result.n_notes, 1);
	ck_assert_str_eq(result.notes[0], "waits on conditions may end by themselves, up to 1 in each thread "
		"(--spurious-wakeups)");
	sim_check_result_release(&result);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("limits");
	TCase *tcase = tcase_create("limits");

	tcase_set_timeout(tcase, 120);
	tcase_add_loop_test(tcase, test_limit, 0, (int)(sizeof limits / sizeof *limits));
	tcase_add_test(tcase, test_late_writes_are_seen_when_all_restores_are_verified);
	tcase_add_test(tcase, test_waits_end_by_themselves_when_asked_for);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
