/* What simcheck tells of scenarios, byte for byte: of one for each thing that it can say. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "cli/command_line.h"
#include "golden/golden.h"

static const char *const names[] = {
	"barrier_underfill",      /* barrier-underfill */
	"bounded_buffer",         /* an assertion, several threads on one condition */
	"chat",                   /* lost-wakeup: an event that was cleared too early */
	"condition_no_predicate", /* lost-wakeup: a notify that nobody heard */
	"even_odd",               /* orphaned-lock, and lost-wakeup again */
	"event_never_set",        /* event-never-set */
	"join_each_other",        /* join-cycle */
	"lock_twice",             /* self-deadlock */
	"lost_update",            /* a data race, and the assertion that fails because of it */
	"misuse_wait_without_lock", /* a misuse */
	"polling_flag",           /* data races, of a loop that polls */
	"queue_check_then_get",   /* queue-starved */
	"rwlock_upgrade",         /* self-deadlock: a reader that waits for the readers */
	"semaphore_leak",         /* semaphore-starved */
	"thread_fails",           /* exception */
	"two_flags",              /* livelock */
	"unrelated_waits",        /* mixed */
};

START_TEST(told_as_agreed)
{
	char arguments[600], golden[128], *replay;

	snprintf(arguments, sizeof arguments, "--keep-going " SIM_SCENARIOS "/%s.c", names[_i]);
	simcheck(arguments);
	ck_assert_int_eq(exit_status, 1);
	/* The command for a replay depends on where the program is. */
	replay = strstr(standard_output, "To see it again:");
	ck_assert_ptr_nonnull(replay);
	*replay = 0;
	snprintf(golden, sizeof golden, "scenarios/%s.txt", names[_i]);
	golden_check(golden, standard_output);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("transcripts");
	TCase *tcase = tcase_create("scenarios");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, command_line_set_up, command_line_tear_down);
	tcase_add_loop_test(tcase, told_as_agreed, 0, (int)(sizeof names / sizeof *names));
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
