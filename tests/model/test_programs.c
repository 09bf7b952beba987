/*
 * Small programs whose verdicts are known by hand, in tests/model/programs: each function named here is a program of its
 * own. Every one is checked with all restores verified, by plain depth-first search and by the default strategy, which
 * must find the same things, and need one execution for each class; and each schedule that is found must show the same
 * finding again.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include <simcheck/check.h>

#include "findings.h"

enum {
	NOT_DERIVED = -1,
	NOT_COMPARED = -2, /* who makes the mistake depends on the order of events that count as independent */
};

/* A program, and what is to be found in it. */
static const struct program {
	const char *file, *entry;
	const char *findings; /* "safe", or kinds and causes as "deadlock lock-cycle, assertion", in any order */
	int64_t classes;      /* distinct ones, derived where the program is; or one of the following */
} programs[] = {
	{"handover.c", "hand_over_relaxed", "data-race", 2},
	{"crashes.c", "null_pointer", "crash null-access", 1},
	{"crashes.c", "wild_pointer", "crash wild-access", 1},
	{"crashes.c", "division_by_zero", "crash arithmetic", 1},
	{"crashes.c", "deep_recursion", "crash stack-overflow", 1},
	{"crashes.c", "aborts", "crash abort", 1},
	{"crashes.c", "computes_without_end", "nontermination", 1},
	{"crashes.c", "exits_in_a_thread", "safe", 1},
	{"crashes.c", "crashes_in_one_order", "crash arithmetic", 2},
	{"faults.c", "no_address", "crash wild-access", 1},
	{"faults.c", "constant_written", "crash wild-access", 1},
	{"faults.c", "atomic_at_null", "crash null-access", 1},
	{"faults.c", "atomic_nowhere", "crash wild-access", 1},
	{"faults.c", "atomic_constant", "crash wild-access", 1},
	{"faults.c", "no_function_called", "crash null-access", 1},
	{"faults.c", "print_nowhere", "crash wild-access", 1},
	{"faults.c", "mutex_at_null", "crash null-access", 1},
	{"faults.c", "frame_larger_than_the_stack", "crash stack-overflow", 1},
	{"faults.c", "overwritten_stack", "crash wild-access", 1},
	{"faults.c", "reallocated_after_free", "memory use-after-free", 1},
	{"memory.c", "freed_first_in_one_order", "memory use-after-free", 2},
	{"memory.c", "freed_at_the_same_time", "data-race", NOT_DERIVED},
	{"library.c", "tokens_of_two", "data-race", NOT_DERIVED},
	{"library.c", "tokens_with_a_lock", "safe", 2},
	{"library.c", "tokens_mixed_up", "assertion", NOT_DERIVED},
	{"library.c", "dates_of_two", "data-race", NOT_DERIVED},
	{"library.c", "dates_of_their_own", "safe", 1},
	{"library.c", "environment_changed_meanwhile", "data-race", 2},
	{"library.c", "environment_looked_at_by_two", "safe", 1},
	{"library.c", "drawn_by_two", "data-race", NOT_DERIVED},
	{"library.c", "drawn_by_each", "safe", 1},
	{"library.c", "sorted_with_a_lock", "safe", 2},
	{"library.c", "sorted_while_read", "data-race", NOT_DERIVED},
	{"library.c", "callback_takes_a_lock", "deadlock lock-cycle", NOT_DERIVED},
	{"library.c", "scanned_while_written", "data-race", 2},
	{"strings.c", "search_ends_before", "safe", 1},
	{"strings.c", "search_ends_there", "data-race", 2},
	{"strings.c", "copy_ends_before", "safe", 1},
	{"strings.c", "padding_is_written", "data-race", 2},
	{"strings.c", "printed_string", "data-race", 2},
	{"strings.c", "printed_up_to_a_precision", "safe", 1},
	{"strings.c", "number_that_changes", "data-race", 2},
	{"strings.c", "counted_in_a_string", "assertion, data-race", NOT_DERIVED},
	{"event.c", "asked_until_set", "safe", 1},
	{"event.c", "waited_for_until_set", "safe", 1},
	{"event.c", "waited_for_until_set_twice", "safe", 2},
	{"event.c", "waited_for_at_most_twice", "safe", 3},
	{"event.c", "asked_in_vain", "livelock", 1},
	{"event.c", "waited_for_in_vain", "livelock", 1},
	{"event.c", "read_after_a_timeout", "data-race", 3},
	{"meeting.c", "readers_order_nothing", "data-race", 4},
	{"meeting.c", "reader_and_writer", "safe", 2},
	{"meeting.c", "failed_attempt", "data-race", 4},
	{"meeting.c", "other_round", "data-race", 3},
	{"meeting.c", "readers_want_each_others", "deadlock lock-cycle", 3},
	{"meeting.c", "reader_ends", "deadlock orphaned-lock", 2},
	{"meeting.c", "action_needs_a_lock", "deadlock lock-cycle, deadlock self-deadlock", 2},
	{"meeting.c", "one_keeps_the_other_out", "deadlock barrier-underfill", 2},
	{"meeting.c", "once_needs_itself", "deadlock self-deadlock", 1},
	{"shared.c", "two_readers", "safe", 1},
	{"shared.c", "reader_and_writer", "safe", 2},
	{"shared.c", "reads_again_and_writer", "safe", 2},
	{"shared.c", "two_writers", "safe", 2},
	{"shared.c", "upgraded", "deadlock self-deadlock", 1},
	{"shared.c", "read_again_while_a_writer_waits", "deadlock lock-cycle", 3},
	{"shared.c", "unlocked_by_another", "misuse unlock-not-holder", 1},
	{"shared.c", "destroyed_while_read", "misuse destroy-in-use", 1},
	{"shared.c", "used_after_its_destruction", "misuse use-destroyed", 1},
	{"shared.c", "copied_while_read", "misuse not-initialised", 1},
	{"shared.c", "barrier_never_initialised", "misuse not-initialised", 1},
	{"shared.c", "two_of_three", "deadlock barrier-underfill", 2},
	{"shared.c", "barrier_destroyed_while_awaited",
		"data-race, misuse destroy-in-use, misuse use-destroyed", NOT_DERIVED},
	{"shared.c", "once_needs_itself", "deadlock self-deadlock", 1},
	{"shared.c", "once_given_up", "safe", 2},
	{"shared.c", "semaphore_never_initialised", "misuse not-initialised", 1},
	{"shared.c", "semaphore_copied", "misuse not-initialised", 1},
	{"shared.c", "semaphore_used_after_its_destruction", "misuse use-destroyed", 1},
	{"shared.c", "semaphore_starved", "deadlock semaphore-starved", 1},
	{"shared.c", "semaphore_full", "safe", 2},
	{"shared.c", "asked_while_posted", "safe", 4},
	{"shared.c", "named_destroyed", "misuse destroy-named", 1},
	{"shared.c", "named_used_after_closing", "misuse use-destroyed", 1},
	{"shared.c", "named_created_by_two", "safe", 2},
	{"lifetime.c", "destroyed_while_used",
		"data-race, misuse destroy-in-use, misuse use-destroyed, misuse use-destroyed", NOT_DERIVED},
	{"lifetime.c", "freed_while_used", "data-race", NOT_DERIVED},
	{"lifetime.c", "initialised_while_used", "data-race, misuse init-in-use", NOT_DERIVED},
	{"lifetime.c", "used_after_its_destruction", "misuse use-destroyed", 1},
	{"lifetime.c", "last_user_frees", "safe", 2},
	{"lifetime.c", "a_new_one_at_the_old_place", "safe", 1},
	{"lifetime.c", "destroyed_while_waited_for", "data-race, misuse destroy-in-use, misuse use-destroyed", NOT_DERIVED},
	{"lifetime.c", "waiting_with_a_mutex_locked_twice", "misuse wait-locked-twice", 1},
	{"ends.c", "cancelled_or_not", "safe", 2},
	{"ends.c", "cancelled_while_it_waits", "safe", 2},
	{"ends.c", "cancelled_or_released", "safe", 3},
	{"ends.c", "cancelled_in_vain", "deadlock semaphore-starved", 1},
	{"ends.c", "cancelled_after_joining", "misuse cancel-joined", 1},
	{"ends.c", "key_deleted_at_the_end", "assertion", 2},
	{"ends.c", "key_used_after_deletion", "misuse key-unknown", 1},
	{"ends.c", "key_never_made", "misuse key-unknown", 1},
	{"ends.c", "jump_to_a_function_that_returned", "misuse jump-invalid", 1},
	{"ends.c", "jump_to_another_thread", "misuse jump-invalid", 1},
	{"ends.c", "ended_at_its_end", "misuse exit-twice", 1},
	{"ends.c", "ended_by_two", "safe", 5},
	{"lifetime.c", "joined_twice", "misuse join-twice", 1},
	{"lifetime.c", "joined_after_detaching", "misuse join-detached", NOT_DERIVED},
	{"lifetime.c", "joined_while_detaching_itself", "misuse join-detached", NOT_DERIVED},
	{"lifetime.c", "started_detached_and_joined", "misuse join-detached", NOT_DERIVED},
	{"lifetime.c", "joined_by_two", "misuse join-twice", NOT_COMPARED},
	{"lifetime.c", "empty_block_freed_by_two", "memory double-free", 1},
	{"lifetime.c", "lock_left_held_at_the_same_place", "safe", 2},
	{"locks.c", "unlocked_by_another", "misuse unlock-not-owner", 1},
	{"locks.c", "unlocked_twice", "misuse unlock-not-owner", 1},
	{"locks.c", "locked_twice", "deadlock self-deadlock", 1},
	{"locks.c", "adaptive_locked_twice", "deadlock self-deadlock", 1},
	{"locks.c", "destroyed_while_locked", "misuse destroy-in-use", 1},
	{"locks.c", "initialised_while_locked", "misuse init-in-use", 1},
	{"locks.c", "never_initialised", "misuse not-initialised", 1},
	{"locks.c", "left_locked_at_the_same_place", "safe", 1},
	{"locks.c", "owner_ends", "deadlock orphaned-lock", 2},
	{"locks.c", "less_than_a_mutex", "memory out-of-bounds", 1},
	{"locks.c", "less_than_a_condition", "memory out-of-bounds", 1},
	{"locks.c", "freed_mutex_locked", "memory use-after-free", 1},
	{"locks.c", "robust_owner_ends", "safe", 2},
	{"locks.c", "robust_owner_unknown_to_the_next", "assertion", 2},
	{"locks.c", "lost_for_whoever_tries", "safe", 5},
	{"locks.c", "waiting_without_the_mutex", "misuse wait-without-lock", 1},
	{"locks.c", "condition_never_initialised", "misuse not-initialised", 1},
	{"locks.c", "waiting_with_different_mutexes", "misuse wait-other-lock", 4},
	{"locks.c", "waiting_with_different_mutexes_in_turn", "safe", 1},
	{"locks.c", "condition_initialised_while_waited_for", "misuse init-in-use, deadlock lost-wakeup", NOT_DERIVED},
	{"locks.c", "spin_unlocked_by_another", "misuse unlock-not-owner", 1},
	{"locks.c", "spin_unlocked_twice", "misuse unlock-not-owner", 1},
	{"locks.c", "spin_locked_twice", "deadlock self-deadlock", 1},
	{"locks.c", "spin_never_initialised", "misuse not-initialised", 1},
	{"locks.c", "spin_used_after_its_destruction", "misuse use-destroyed", 1},
	{"locks.c", "spin_destroyed_while_locked", "misuse destroy-in-use", 1},
	{"locks.c", "spin_locks_in_different_orders", "deadlock lock-cycle", 3},
	{"locks.c", "mtx_of_no_type", "misuse bad-type", 1},
	{"locks.c", "mtx_timed_without_support", "misuse timedlock-untimed", 1},
	{"locks.c", "mtx_recursive_unlocked_once_more", "misuse unlock-not-owner", 1},
	{"locks.c", "mtx_locked_twice", "deadlock self-deadlock", 1},
	{"locks.c", "mtx_destroyed_while_locked", "misuse destroy-in-use", 1},
	{"locks.c", "cnd_waiting_without_the_mutex", "misuse wait-without-lock", 1},
	{"mixed_atomics.c", "reset_by_memset", "safe", 6},
	{"names.c", "same_names_given_late", "data-race, assertion", NOT_DERIVED},
	{"names.c", "local_of_a_function_that_is_left", "data-race, assertion", NOT_DERIVED},
	{"semaphore.c", "read_after_a_vain_attempt", "data-race", 3},
	{"semaphore.c", "read_after_the_wrong_release", "data-race", 4},
	{"semaphore.c", "read_after_both_releases", "safe", 3},
	{"spin.c", "poll_until_set", "safe", 1},
	{"spin.c", "poll_through_a_function", "safe", 1},
	{"spin.c", "poll_and_give_way", "safe", 1},
	{"spin.c", "poll_what_nobody_sets", "livelock", 1},
	{"spin.c", "poll_each_other", "livelock", 1},
	{"spin.c", "poll_at_most_three_times", "safe", 4},
	{"spin.c", "poll_and_read_what_was_released", "safe", 1},
	{"spin.c", "poll_one_of_two", "safe", 2},
	{"spin.c", "poll_one_of_two_set_once", "safe", 1},
	{"spin.c", "poll_one_of_two_in_vain", "livelock", 1},
	{"spin.c", "poll_both", "safe", 1},
	{"spin.c", "poll_until_less", "safe", 1},
	{"spin.c", "poll_a_torn_pair", "assertion", NOT_DERIVED},
	{"spin.c", "poll_with_sleeps", "safe", 1},
	{"spin.c", "poll_with_sleeps_in_vain", "livelock", 1},
	{"spin.c", "poll_both_at_most_twice", "safe", 6},
	{"spin.c", "poll_with_a_deadline", "safe", 1},
	{"spin.c", "wait_by_the_clock", "safe", 1},
	{"spin.c", "poll_or_time_out", "safe", 5},
	{"spin_register.c", "poll_three_times_by_a_register", "safe", 4},
	{"spin.c", "poll_plain", "data-race", 1},
	{"spin.c", "poll_two_plain", "data-race", NOT_DERIVED},
	{"spin.c", "poll_plain_in_vain", "livelock", 1},
	{"spin.c", "read_many_times", "safe", 1},
	{"spin.c", "lock_by_test_and_set", "safe", 2},
	{"spin.c", "lock_by_exchange", "safe", 2},
	{"spin.c", "lock_by_compare_exchange", "safe", 6},
	{"spin.c", "lock_by_tickets", "safe", 6},
	{"spin.c", "lock_never_released", "livelock", 2},
	{"threads.c", "enumerates_beside_two_sleeps", "safe", 3},
	{"threads.c", "enumerates_beside_a_start", "safe", 2},
	{"threads.c", "main_is_joined", "safe", 1},
	{"threads.c", "main_is_joined_for_a_while", "safe", 3},
	{"threads.c", "daemon_is_cut_off_anywhere", "safe", 3},
	{"threads.c", "daemon_waits_for_itself", "deadlock self-deadlock", 2},
	{"threads.c", "ends_by_an_error_in_one_order", "exception", 3},
	{"threads.c", "main_ends_by_an_error", "exception", 1},
	{"threads.c", "hook_set_while_a_thread_starts", "data-race", NOT_DERIVED},
	{"threads.c", "name_read_while_it_changes", "data-race", NOT_DERIVED},
	{"threads.c", "thread_started_by_two", "misuse start-twice, misuse start-twice", NOT_COMPARED},
	{"threads.c", "timer_cancelled_in_time_or_not", "assertion", 2},
	{"threads.c", "timer_fails", "assertion", 1},
	{"threads.c", "posix_thread_uses_the_library", "safe", 1},
	{"volatiles.c", "waits_for_a_volatile", "data-race", 1},
	{"volatiles.c", "waits_in_vain", "livelock", 1},
	{"volatiles.c", "counts_in_a_volatile", "data-race, assertion", 4},
	{"verifier.c", "one_block_each", "safe", 2},
	{"verifier.c", "two_blocks_each", "assertion", 6},
	{"verifier.c", "nobody_sees_the_middle", "safe", 2},
	{"verifier.c", "somebody_sees_the_middle", "assertion", 3},
	{"verifier.c", "block_and_plain_access", "data-race", 3},
	{"verifier.c", "functions_by_name", "safe", 4},
	{"verifier.c", "no_deadlock_after_a_wrong_assumption", "safe", 1},
	{"verifier.c", "error_beside_a_wrong_assumption", "assertion", 1},
	{"verifier.c", "truth_values", "safe", 4},
	{"verifier.c", "mutex_in_blocks", "safe", 2},
	{"verifier.c", "choice_in_a_block", "safe", 4},
	{"verifier.c", "nested_blocks", "safe", 2},
	{"verifier.c", "stopped_in_a_block", "safe", 2},
	{"verifier.c", "waits_for_a_block", "safe", 1},
	{"verifier.c", "waits_for_a_block_in_vain", "livelock", 1},
	{"verifier.c", "waits_beside_a_block", "data-race", 1},
	{"benchmarks.c", "peterson", "safe", NOT_DERIVED},
	{"benchmarks.c", "hasty", "assertion", NOT_DERIVED},
	{"benchmarks.c", "dekker", "safe", NOT_DERIVED},
	{"benchmarks.c", "szymanski", "safe", NOT_DERIVED},
	{"benchmarks.c", "ticket_lock", "safe", 6},
	{"verifier.c", "end_without_begin", "misuse end-without-begin", 1},
	{"races.c", "wide_counter", "data-race, assertion", 4},
	{"races.c", "copy_of_an_old_value", "data-race, data-race, assertion", 4},
	{"races.c", "copy_of_a_string_that_grows", "data-race, assertion", NOT_DERIVED},
};

/* Checks the program. Returns the number of classes, or of executions where classes are not counted. */
static int64_t program_is_right(const struct program *program, const char *strategy)
{
	static const char *const extra[] = {"--verify-restore", NULL};
	struct sim_check_options options = {
		.entry = program->entry, .strategy = strategy, .extra = extra, .keep_going = true};
	struct sim_check_result result;
	char path[512];

	snprintf(path, sizeof path, "%s/%s", SIM_PROGRAMS, program->file);
	enum sim_check_status status = sim_check_file(path, &options, &result);
	ck_assert_msg(status == SIM_CHECK_OK, "%s: %s", program->entry, sim_check_summary(&result));
	ck_assert_msg(findings_match(program->findings, &result), "%s: expected %s, but: %s", program->entry,
		program->findings, sim_check_summary(&result));
	for (size_t i = 0; i < result.n_findings; i++)
		ck_assert_msg(result.findings[i].file && strcmp(result.findings[i].file, program->file) == 0, "%s: no place: %s",
			program->entry, result.findings[i].message);
	findings_recur(path, program->entry, &result);
	int64_t n = result.classes >= 0 ? result.classes : (int64_t)result.executions;
	sim_check_result_release(&result);
	return n;
}

START_TEST(test_program)
{
	const struct program *program = &programs[_i];
	int64_t classes = program_is_right(program, "dfs");

	ck_assert_msg(program->classes < 0 || program->classes == classes, "%s: %jd classes", program->entry,
		(intmax_t)classes);
	int64_t executions = program_is_right(program, NULL);
	ck_assert_msg(program->classes == NOT_COMPARED || executions == classes, "%s: %jd classes, %jd executions",
		program->entry, (intmax_t)classes, (intmax_t)executions);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("programs");
	TCase *tcase = tcase_create("programs");

	tcase_set_timeout(tcase, 120);
	tcase_add_loop_test(tcase, test_program, 0, (int)(sizeof programs / sizeof *programs));
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
