/*
 * That a scenario is safe has to be earned: each row takes a release, a notify, a lock or the like out of a repaired
 * scenario, and then the check must not say "safe" any more, but find exactly what that mistake leads to; and the schedule of each
 * finding must show it again.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <simcheck/check.h>

#include "golden/golden.h"
#include "model/findings.h"

/* An edit of a scenario: `from`, which is there once, becomes `to`; and what that leads to. */
static const struct mutation {
	const char *scenario, *from, *to;
	const char *findings; /* as findings_match() takes them */
} mutations[] = {
	{"lost_update_fixed", "\tsim_lock_acquire(&lock);\n\tnumber += 10;\n\tsim_lock_release(&lock);\n",
		"\tnumber += 10;\n", "data-race, assertion"},
	{"lost_update_fixed", "\tnumber -= 10;\n\tsim_lock_release(&lock);\n", "\tnumber -= 10;\n",
		"deadlock orphaned-lock"},
	{"lost_update_loop_fixed", "number - *(const int *)amount;\n\t\tsim_lock_release(&lock);\n",
		"number - *(const int *)amount;\n", "deadlock self-deadlock"},
	{"race_reader_fixed", "\tsim_lock_acquire(&lock);\n\tprintf(\"%d\\n\", number);\n\tsim_lock_release(&lock);\n",
		"\tprintf(\"%d\\n\", number);\n", "data-race"},
	{"slow_counter", "\tsim_lock_acquire(&lock);\n\tseen = counter;\n", "\tseen = counter;\n\tsim_lock_acquire(&lock);\n",
		"data-race, assertion"},
	{"polling_flag_fixed", "\tfinished = true;\n", "", "livelock"},
	{"polling_flag_fixed", "\tresult = 42;\n\tfinished = true;\n", "\tfinished = true;\n\tresult = 42;\n",
		"data-race, assertion"},
	{"condition_misordered_fixed", "\tsim_condition_notify(&changed, 1);\n", "", "deadlock lost-wakeup"},
	{"condition_misordered_fixed", "\twhile (phase != wanted)\n", "", "deadlock lost-wakeup"},
	{"condition_no_predicate_fixed", "\tsim_condition_notify_all(&made);\n", "", "deadlock lost-wakeup"},
	{"condition_no_predicate_fixed", "\twhile (n_items == 0)\n", "", "deadlock lost-wakeup"},
	{"bounded_buffer_fixed", "\twhile (n_items == 0)\n", "\tif (n_items == 0)\n", "assertion"},
	{"bounded_buffer_fixed", "\tn_items--;\n\tsim_condition_notify_all(&changed);\n", "\tn_items--;\n",
		"deadlock lost-wakeup"},
	/* A consumer hears what was meant for the producer. */
	{"bounded_buffer_fixed", "static struct sim_condition changed;\n", "static struct sim_condition changed;\n"
		"#define sim_condition_notify_all(c) sim_condition_notify(c, 1)\n", "deadlock lost-wakeup"},
	/* Depending on who is first, one thread is left waiting, or both. */
	{"even_odd_fixed", "\t\tsim_condition_notify(&turn, 1);\n", "", "deadlock lost-wakeup, deadlock lost-wakeup"},
	{"even_odd_fixed", "\t\tsim_condition_release(&turn);\n", "", "deadlock self-deadlock"},
	{"join_each_other_fixed", "\tn_served++;\n", "\tn_served++;\n\tsim_thread_join(&cook);\n", "deadlock join-cycle"},
	{"join_each_other_fixed", "\tsim_thread_join(&waiter); /* until the waiter has left */\n", "",
		"data-race, assertion"},
	{"chat_fixed", "\t\tsim_event_clear(&was_read);\n", "", "data-race, assertion"},
	{"chat_fixed", "\t\tn_read++;\n\t\tsim_event_set(&was_read);\n",
		"\t\tn_read++;\n\t\tsim_event_set(&was_read);\n\t\tsim_event_clear(&was_read);\n", "deadlock lost-wakeup"},
	{"event_cleared_early_fixed", "\tsim_event_wait(&through);\n", "", "deadlock lost-wakeup"},
	{"event_never_set_fixed", "\tsim_event_set(&answer);\n", "\tif (is_up)\n\t\tsim_event_set(&answer);\n",
		"deadlock event-never-set"},
	/* One slot too many, and one of all less, so that it does not take long. */
	{"semaphore_bound", "N_THREADS = 4, N_SLOTS = 3 };\n\nstatic struct sim_semaphore slots = { .initial = N_SLOTS };\n",
		"N_THREADS = 3, N_SLOTS = 2 };\n\nstatic struct sim_semaphore slots = { .initial = 3 };\n", "assertion"},
	{"semaphore_bounded_fixed", "\tsim_semaphore_release(&permits, 1);\n", "", "assertion"},
	{"semaphore_leak_fixed", "\tsim_semaphore_release(&connections, 1);\n", "", "deadlock semaphore-starved"},
	{"lock_twice_fixed", "static struct sim_rlock lock;\n",
		"static struct sim_lock lock;\n#define sim_rlock_acquire sim_lock_acquire\n"
		"#define sim_rlock_release sim_lock_release\n#define sim_rlock_try_acquire sim_lock_try_acquire\n",
		"deadlock self-deadlock, assertion"},
	{"lock_twice_fixed", "\tassert(balance >= 0);\n\tsim_rlock_release(&lock);\n", "\tassert(balance >= 0);\n",
		"deadlock orphaned-lock"},
	{"deadlock_abba_rlock", "*A = &lock, *B = &lock;", "other, *A = &lock, *B = &other;", "deadlock lock-cycle"},
	{"even_odd_scoped_fixed", "\t\tsim_condition_notify(&turn, 1);\n", "", "deadlock lost-wakeup, deadlock lost-wakeup"},
	{"even_odd_scoped_fixed", "\t\tSIM_SCOPED(&turn);\n", "",
		"misuse wait-without-lock, misuse notify-without-lock, data-race"},
	{"gil_counter_fixed", "\tacquire_from_interpreter(&lock);\n", "\tsim_lock_acquire(&lock);\n", "deadlock lock-cycle"},
	{"timer_fires", "\tsim_thread_join(&alarm.thread);\n", "", "data-race, assertion"},
	{"timer_cancelled", "\tassert(n_calls <= 1);\n", "\tassert(n_calls == 0);\n", "assertion"},
	{"daemon_joined", "\tsim_thread_join(&daemon);\n", "", "data-race, assertion, memory use-after-return"},
	{"join_timeout", "\tassert(sim_thread_is_alive(&thread));\n\tsim_lock_release(&lock);\n", "", "deadlock join-cycle"},
	{"join_all_others", "\t\tif (alive[i] != sim_thread_current())\n", "", "misuse join-self"},
	{"local_data", "static struct sim_local value;\n",
		"static void *value;\n#define sim_local_set(v, mine) (*(v) = (mine))\n"
		"#define sim_local_get(v) (*(v))\n", "data-race, assertion"},
	{"thread_objects", "\tsim_thread_join(&high.thread);\n", "", "data-race, assertion, memory use-after-return"},
	{"thread_fails_fixed", "why != NULL || result >= 0", "why == NULL", "assertion"},
	{"misuse_daemon_after_start_fixed", "\tsim_thread_set_daemon(&thread, true);\n\tsim_thread_start(&thread);\n",
		"\tsim_thread_start(&thread);\n\tsim_thread_set_daemon(&thread, true);\n", "misuse daemon-after-start"},
	{"misuse_join_self_fixed", "\t\tif (&threads[i] != sim_thread_current())\n", "", "misuse join-self"},
	{"misuse_release_unlocked_fixed", "\tsim_lock_acquire(&lock);\n", "", "misuse release-unlocked"},
	{"misuse_start_twice_fixed", "\t\tsim_thread_join(&thread);\n", "\t\tsim_thread_start(&thread);\n",
		"misuse start-twice"},
	{"misuse_wait_without_lock_fixed", "\tsim_condition_acquire(&ready);\n\twhile (!is_ready)\n"
		"\t\tsim_condition_wait(&ready);\n\tsim_condition_release(&ready);\n",
		"\twhile (!is_ready)\n\t\tsim_condition_wait(&ready);\n", "data-race, misuse wait-without-lock"},
	/* Who adds the parts up has waited for one of the others only, and the third is never let go. */
	{"barrier_indices", "{ .parties = N_WORKERS }", "{ .parties = N_WORKERS - 1 }",
		"deadlock barrier-underfill, data-race, data-race, data-race"},
	{"barrier_underfill_fixed", "\"start_line\", N_RUNNERS, NULL", "\"start_line\", N_RUNNERS - 1, NULL",
		"deadlock barrier-underfill, assertion"},
	{"initialised_twice_fixed", "\tsim_once_call(&setup, set_up, NULL);\n", "\tset_up(NULL);\n", "data-race, assertion"},
	{"rwlock_upgrade_fixed", "\tsim_rwlock_write_acquire(&catalogue);\n\tif (entry == 0) {\n",
		"\tsim_rwlock_write_acquire(&catalogue);\n\t{\n", "assertion"},
	{"rwlock_cache", "\tsim_rwlock_write_acquire(&article);\n", "\tsim_rwlock_read_acquire(&article);\n",
		"data-race, data-race, assertion"},
	{"event_retry", "\taddress = ADDRESS;\n\tsim_event_set(&up);\n", "\tsim_event_set(&up);\n\taddress = ADDRESS;\n",
		"data-race, assertion"},
	{"event_timeout", "sim_event_wait_for(&ready, SIM_NS_PER_S / 10) == SIM_TIMEOUT", "0", "data-race, assertion"},
	{"queue_check_then_get_fixed", "sim_queue_try_get(&jobs, NULL)",
		"sim_queue_empty(&jobs) ? SIM_EMPTY : sim_queue_get(&jobs, NULL)", "deadlock queue-starved"},
	{"queue_handover", "\t\tpages[i] = 100 + (int)i;\n\t\tsim_queue_put(&written, (void *)i);\n",
		"\t\tsim_queue_put(&written, (void *)i);\n\t\tpages[i] = 100 + (int)i;\n", "data-race, assertion"},
	{"queue_handover", "i < N_PAGES; i++) {\n\t\tpages", "i < N_PAGES - 1; i++) {\n\t\tpages", "deadlock queue-starved"},
	{"queue_join_sentinel_fixed", "\t\tsim_queue_task_done(&jobs);\n\t} while (job != NULL);\n",
		"\t} while (job != NULL);\n\tsim_queue_task_done(&jobs);\n", "deadlock queue-starved"},
	{"queue_join_too_few_fixed", "\t\tif ((uintptr_t)job != 2)\n\t\t\tn_good++;\n",
		"\t\tif ((uintptr_t)job == 2)\n\t\t\tcontinue;\n\t\tn_good++;\n", "deadlock queue-starved"},
	{"queue_join_too_many_fixed", "\t\tsim_queue_task_done(&jobs);\n",
		"\t\tsim_queue_task_done(&jobs);\n\tsim_queue_task_done(&jobs);\n", "misuse done-too-often"},
	{"queue_orders", "\tsim_thread_join(&thread);\n", "", "assertion"},
	{"executor_two_tasks",
		"\tassert(sim_future_result(&futures[0], &value) == SIM_OK);\n\tassert(*(int *)value == 9);\n",
		"\tassert(squares[0] == 9);\n", "data-race, assertion"},
	{"executor_waits_inside_fixed", "\tfour = 2 * *(int *)a_part;\n", "\tfour = 2 * *(int *)a_part;\n"
		"\tsim_executor_submit(&pool, &part, compute_part, NULL);\n\tsim_future_result(&part, NULL);\n",
		"deadlock event-never-set"},
	{"unrelated_waits_fixed", "\t\tsim_semaphore_release(&pans, 1);\n", "", "deadlock semaphore-starved"},
	{"unrelated_waits_fixed", "\tsim_event_set(&menu_is_out);\n", "", "deadlock event-never-set"},
	{"barrier_underfill_fixed", "N_RUNNERS, NULL, NULL);", "N_RUNNERS + 1, NULL, NULL);", "deadlock barrier-underfill"},
	{"barrier_underfill_fixed", "\tsim_barrier_wait(&start_line, NULL);\n", "", "assertion"},
	{"barrier_indices", "\tassert(sim_barrier_wait(&meeting, &index_of[number]) == SIM_OK);\n", "",
		"data-race, data-race, data-race, data-race, assertion"},
	{"barrier_abort", "\tsim_barrier_abort(&dinner);\n", "", "deadlock barrier-underfill"},
	{"rwlock_upgrade_fixed", "\tif (entry == 0) {\n\t\tentry = 42;\n\t\tn_fills++;\n\t}\n", "\tentry = 42;\n\tn_fills++;\n",
		"assertion"},
	{"rwlock_upgrade_fixed", "\tfound = entry;\n\tsim_rwlock_release(&catalogue);\n", "\tfound = entry;\n",
		"deadlock self-deadlock"},
	{"rwlock_cache", "sim_rwlock_write_acquire(&article);", "sim_rwlock_read_acquire(&article);",
		"data-race, data-race, assertion"},
	{"rwlock_cache", "== 100);\n\tsim_rwlock_release(&article);\n", "== 100);\n", "deadlock orphaned-lock"},
	{"two_flags_fixed", "\tflag = false;\n", "", "livelock"},
	{"two_flags_fixed", "while (atomic_exchange(&flag, true))\n\t\t; /* somebody is inside */\n",
		"while (flag)\n\t\t;\n\tflag = true;\n", "data-race, assertion"},
	{"deadlock_abba_fixed", "\tsim_lock_acquire(&A);\n\tsim_lock_acquire(&B);\n\twallet -= 3;\n",
		"\tsim_lock_acquire(&B);\n\tsim_lock_acquire(&A);\n\twallet -= 3;\n", "deadlock lock-cycle"},
	{"deadlock_abba_try", "if (sim_lock_try_acquire(&A)) {", "if (sim_lock_acquire(&A) == SIM_OK) {",
		"deadlock lock-cycle"},
	{"deadlock_abba_try", "\tsim_lock_release(&B);\n}\n\nint", "}\n\nint", "deadlock orphaned-lock"},
	{"deadlock_abba_timeout", "SIM_NS_PER_S", "SIM_FOREVER", "deadlock lock-cycle"},
	{"sleep_instead_of_join_fixed", "\tsim_thread_join(&computer);\n", "", "data-race, assertion"},
	{"deadlock_abba_rlock", "static struct sim_rlock *A = &lock, *B = &lock;\n",
		"static struct sim_rlock second, *A = &lock, *B = &second;\n", "deadlock lock-cycle"},
	{"local_data", "\tsim_local_set(&value, mine);\n", "", "assertion"},
	{"timer_cancelled", "\tsim_timer_cancel(&unstarted);\n", "", "assertion"},
	{"daemon_cut_off", "\tsim_log(\"exiting\");\n}\n\nstatic void work(",
		"\tsim_thread_fail(\"lost\");\n}\n\nstatic void work(", "exception"},
	{"join_timeout", "\tsim_lock_release(&lock);\n\tassert(sim_thread_join(", "\tassert(sim_thread_join(",
		"deadlock join-cycle"},
	{"misuse_daemon_after_start_fixed", "\tsim_thread_join(&thread);\n", "\tsim_thread_set_daemon(&thread, false);\n",
		"misuse daemon-after-start"},
	{"misuse_wait_without_lock_fixed", "\tis_ready = true;\n\tsim_condition_notify_all(&ready);\n", "\tis_ready = true;\n",
		"deadlock lost-wakeup"},
	{"gil_counter_fixed", "\tsim_lock_release(&lock);\n", "", "deadlock orphaned-lock"},
	{"thread_fails_fixed", "\tsim_on_thread_failure(note);\n", "\t(void)note;\n", "exception"},
	{"pthread_abba_fixed", "\tpthread_mutex_lock(&ledger);\n\tpthread_mutex_lock(&account);\n\tassert",
		"\tpthread_mutex_lock(&account);\n\tpthread_mutex_lock(&ledger);\n\tassert", "deadlock lock-cycle"},
};

static char folder[] = "/tmp/simcheck-test-XXXXXX", mutant[64];

static void set_up(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(mutant, sizeof mutant, "%s/mutant.c", folder);
}

static void tear_down(void)
{
	ck_assert_int_eq(unlink(mutant), 0);
	ck_assert_int_eq(rmdir(folder), 0);
}

static void write_mutant(const struct mutation *mutation)
{
	char path[512], *text, *at;
	FILE *file;

	snprintf(path, sizeof path, SIM_SCENARIOS "/%s.c", mutation->scenario);
	text = golden_read(path);
	ck_assert_msg(text != NULL, "%s cannot be read", path);
	at = strstr(text, mutation->from);
	ck_assert_msg(at != NULL, "%s does not contain: %s", path, mutation->from);
	ck_assert_msg(!strstr(at + 1, mutation->from), "%s contains more than once: %s", path, mutation->from);
	file = fopen(mutant, "w");
	ck_assert_ptr_nonnull(file);
	fprintf(file, "%.*s%s%s", (int)(at - text), text, mutation->to, at + strlen(mutation->from));
	ck_assert_int_eq(fclose(file), 0);
	free(text);
}

START_TEST(mutant_is_found_out)
{
	const struct mutation *mutation = &mutations[_i];
	const struct sim_check_options options = {.simcheck = SIMCHECK, .keep_going = true};
	struct sim_check_result result;
	enum sim_check_status status;

	write_mutant(mutation);
	status = sim_check_file(mutant, &options, &result);
	ck_assert_msg(status == SIM_CHECK_OK && findings_match(mutation->findings, &result),
		"%s without \"%s\": expected %s, but: %s", mutation->scenario, mutation->from, mutation->findings,
		sim_check_summary(&result));
	findings_recur(mutant, NULL, &result);
	sim_check_result_release(&result);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("mutations");
	TCase *tcase = tcase_create("repaired scenarios");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_loop_test(tcase, mutant_is_found_out, 0, (int)(sizeof mutations / sizeof *mutations));
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
