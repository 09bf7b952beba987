/*
 * How deadlocks with mutexes, conditions and spin locks of POSIX and C11 are told: the whole sentence, with names and lines.
 */
#include <check.h>
#include <string.h>

#include <simcheck/check.h>

#include "findings.h"

#define FILE_NAME "lock_sentences.c"

static const struct {
	const char *entry, *findings, *sentence;
} told[] = {
	{"wait_holding_another", "deadlock lost-wakeup",
		"T1 has waited since lock_sentences.c:22, and nobody ever notifies `changed`; "
		"main waits for `outer` at lock_sentences.c:33, which T1 holds meanwhile"},
	{"wait_and_never_get_it_again", "deadlock orphaned-lock",
		"main waits to take `inner` again at lock_sentences.c:56, which T1 acquired at lock_sentences.c:46 and still held "
		"when it ended"},
	{"mutex_and_spin_lock", "deadlock lock-cycle",
		"main holds `inner` (since lock_sentences.c:78) and waits for `spin` at lock_sentences.c:79, "
		"while T1 holds `spin` (since lock_sentences.c:65) and waits for `inner` at lock_sentences.c:66"},
	{"spin_lock_twice", "deadlock self-deadlock",
		"main waits for `spin` at lock_sentences.c:89, which it holds itself (since lock_sentences.c:88)"},
	{"signal_before_the_wait", "deadlock lost-wakeup",
		"main notified `c11_changed` at lock_sentences.c:110 while nobody was waiting; "
		"T1 has waited since lock_sentences.c:98, and nobody will notify it again"},
};

START_TEST(test_sentence)
{
	struct sim_check_options options = {.entry = told[_i].entry, .keep_going = true};
	struct sim_check_result result;

	ck_assert_msg(sim_check_file(SIM_PROGRAMS "/" FILE_NAME, &options, &result) == SIM_CHECK_OK, "%s",
		sim_check_summary(&result));
	ck_assert_msg(findings_match(told[_i].findings, &result), "%s: %s", told[_i].entry, sim_check_summary(&result));
	ck_assert_str_eq(result.findings[0].message, told[_i].sentence);
	findings_recur(SIM_PROGRAMS "/" FILE_NAME, told[_i].entry, &result);
	sim_check_result_release(&result);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("sentences on locks");
	TCase *tcase = tcase_create("sentences");

	tcase_set_timeout(tcase, 120);
	tcase_add_loop_test(tcase, test_sentence, 0, (int)(sizeof told / sizeof *told));
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
