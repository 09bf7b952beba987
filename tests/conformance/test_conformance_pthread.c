/*
 * The conformance bodies on real threads, and what only real threads have: misuse handlers, the end of the process,
 * seeds.
 *
 * Each test is a process of its own (Check's fork mode), so that each body finds zero-filled objects and may abort.
 */
#include <check.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <simcheck/simcheck.h>

#include "bodies.h"

static const struct conformance_body bodies[] = {
#define BODY(name, cause) { #name, name, cause },
#include "bodies.def"
#undef BODY
};

#define N_BODIES ((int)(sizeof(bodies) / sizeof(*bodies)))

/* What the handler was told; looked at on the main thread, after the body. */
static atomic_int n_misuses;
static _Atomic(const char *) last_cause;

static void record_misuse(const char *cause, const char *what)
{
	(void)what;
	last_cause = cause;
	n_misuses++;
}

START_TEST(test_body)
{
	const struct conformance_body *body = &bodies[_i];

	sim_on_misuse(record_misuse);
	body->function();
	ck_assert_msg(n_misuses == (body->misuse != NULL), "%s: %d misuses", body->name, n_misuses);
	if (body->misuse != NULL)
		ck_assert_msg(strcmp(last_cause, body->misuse) == 0, "%s: %s", body->name, last_cause);
}
END_TEST

/* Without a handler the first misuse aborts. */
START_TEST(test_misuse_aborts)
{
	lock_release_unlocked();
}
END_TEST

/* NULL brings the default back; the handler that was there is returned. */
START_TEST(test_misuse_default_again)
{
	ck_assert_ptr_null(sim_on_misuse(record_misuse));
	ck_assert(sim_on_misuse(NULL) == record_misuse);
	lock_release_unlocked();
}
END_TEST

static struct sim_lock lock;
static struct sim_condition condition;
static struct sim_thread thread;

static void release_after_a_while(void *unused)
{
	(void)unused;
	sim_sleep(SIM_NS_PER_MS);
	sim_lock_release(&lock);
}

static void notify_after_a_while(void *unused)
{
	(void)unused;
	sim_sleep(SIM_NS_PER_MS);
	sim_condition_acquire(&condition);
	sim_condition_notify(&condition, 1);
	sim_condition_release(&condition);
}

/*
 * The bodies leave open who comes first, the event or the timeout. Here the timeout is the longest there is, so that
 * only the event can end the wait: a deadline that overflowed would show as SIM_TIMEOUT.
 */
START_TEST(test_longest_timeouts)
{
	ck_assert_int_eq(sim_lock_acquire(&lock), SIM_OK);
	sim_thread_init(&thread, NULL, release_after_a_while, NULL);
	ck_assert_int_eq(sim_thread_start(&thread), SIM_OK);
	ck_assert_int_eq(sim_lock_acquire_for(&lock, SIM_TIMEOUT_MAX), SIM_OK);
	ck_assert_int_eq(sim_thread_join_for(&thread, SIM_TIMEOUT_MAX), SIM_OK);

	ck_assert_int_eq(sim_condition_acquire(&condition), SIM_OK);
	sim_thread_init(&thread, NULL, notify_after_a_while, NULL);
	ck_assert_int_eq(sim_thread_start(&thread), SIM_OK);
	ck_assert_int_eq(sim_condition_wait_for(&condition, SIM_TIMEOUT_MAX), SIM_OK);
	ck_assert_int_eq(sim_condition_release(&condition), SIM_OK);
	ck_assert_int_eq(sim_thread_join(&thread), SIM_OK);
}
END_TEST

#define N_CROWD 8
#define N_ROUNDS 500

static int total; /* protected by the condition's lock */

static void pass_turn_on(void *turn)
{
	for (int i = 0; i < N_ROUNDS; i++) {
		sim_condition_acquire(&condition);
		while (total % N_CROWD != *(int *)turn)
			sim_condition_wait(&condition);
		total++;
		sim_condition_notify_all(&condition);
		sim_condition_release(&condition);
	}
}

/* N_CROWD threads in turn, N_ROUNDS times: one lost wake-up and this hangs, one turn out of order and it fails. */
START_TEST(test_crowd_in_turn)
{
	struct sim_thread threads[N_CROWD];
	int turns[N_CROWD];

	for (int i = 0; i < N_CROWD; i++) {
		turns[i] = i;
		sim_thread_init(&threads[i], NULL, pass_turn_on, &turns[i]);
		ck_assert_int_eq(sim_thread_start(&threads[i]), SIM_OK);
	}
	for (int i = 0; i < N_CROWD; i++)
		ck_assert_int_eq(sim_thread_join(&threads[i]), SIM_OK);
	ck_assert_int_eq(total, N_CROWD * N_ROUNDS);
}
END_TEST

static void exit_with_7(void *unused)
{
	(void)unused;
	sim_sleep(SIM_NS_PER_MS);
	_exit(7);
}

static void wait_for_ever(void *unused)
{
	(void)unused;
	sim_condition_acquire(&condition);
	for (;;)
		sim_condition_wait(&condition);
}

static int exit_status_of(pid_t child)
{
	int status;

	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* exit() waits for the thread, which then has the last word. */
START_TEST(test_exit_waits_for_threads)
{
	pid_t child = fork();

	ck_assert_int_ge(child, 0);
	if (child == 0) {
		sim_thread_init(&thread, NULL, exit_with_7, NULL);
		sim_thread_start(&thread);
		exit(0);
	}
	ck_assert_int_eq(exit_status_of(child), 7);
}
END_TEST

static void sleep_for_ever(void *unused)
{
	(void)unused;
	sim_sleep(SIM_TIMEOUT_MAX);
}

static void start_and_exit(void *unused)
{
	static struct sim_thread sleeper;

	(void)unused;
	sim_thread_init(&sleeper, NULL, sleep_for_ever, NULL);
	sim_thread_start(&sleeper);
	exit(5);
}

/* exit() in a thread waits neither for that thread nor for others, the main thread's own exit() included. */
START_TEST(test_exit_in_a_thread_ends_all)
{
	pid_t child = fork();

	ck_assert_int_ge(child, 0);
	if (child == 0) {
		sim_thread_init(&thread, NULL, start_and_exit, NULL);
		sim_thread_start(&thread);
		sim_thread_join(&thread);
		_exit(1);
	}
	ck_assert_int_eq(exit_status_of(child), 5);
}
END_TEST

/* The threads of the parent do not exist in a child: it must not wait for them, and they count as ended. */
START_TEST(test_fork_leaves_threads_behind)
{
	pid_t child;

	sim_thread_init(&thread, NULL, wait_for_ever, NULL);
	ck_assert_int_eq(sim_thread_start(&thread), SIM_OK);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0)
		exit(sim_thread_is_alive(&thread) || sim_thread_join(&thread) != SIM_OK);
	ck_assert_int_eq(exit_status_of(child), 0);
	ck_assert(sim_thread_is_alive(&thread));
	_exit(EXIT_SUCCESS); /* the thread waits for ever */
}
END_TEST

static void leave_in_the_middle(void *unused)
{
	(void)unused;
	pthread_exit(NULL);
}

/* A thread has ended however it ended. */
START_TEST(test_pthread_exit_ends_a_thread)
{
	sim_thread_init(&thread, NULL, leave_in_the_middle, NULL);
	ck_assert_int_eq(sim_thread_start(&thread), SIM_OK);
	ck_assert_int_eq(sim_thread_join(&thread), SIM_OK);
	ck_assert(!sim_thread_is_alive(&thread));
}
END_TEST

/* Draws 16 times among 4: two sequences that are not the same agree with probability 4^-16. */
static void draw(void *number)
{
	uint64_t *drawn = number;

	*drawn = 0;
	for (int i = 0; i < 16; i++)
		*drawn = *drawn << 2 | (uint64_t)sim_choose(4);
}

struct draws {
	uint64_t main, first, second;
};

/* What main and two threads draw in a new process with that seed. */
static struct draws draws_with(const char *seed)
{
	struct draws draws = { 0 };
	int ends[2];
	pid_t child;

	ck_assert_int_eq(pipe(ends), 0);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		struct sim_thread first, second;

		setenv("SIMCHECK_SEED", seed, 1);
		sim_thread_init(&first, NULL, draw, &draws.first);
		sim_thread_init(&second, NULL, draw, &draws.second);
		sim_thread_start(&first);
		sim_thread_start(&second);
		draw(&draws.main);
		sim_thread_join(&first);
		sim_thread_join(&second);
		_exit(write(ends[1], &draws, sizeof(draws)) != sizeof(draws));
	}
	ck_assert_int_eq(read(ends[0], &draws, sizeof(draws)), sizeof(draws));
	ck_assert_int_eq(waitpid(child, NULL, 0), child);
	close(ends[0]);
	close(ends[1]);
	return draws;
}

START_TEST(test_choices_depend_on_seed_and_thread)
{
	struct draws once = draws_with("42"), again = draws_with("42"), other = draws_with("43");

	ck_assert_mem_eq(&once, &again, sizeof(once));
	ck_assert_uint_ne(once.main, other.main);
	ck_assert_uint_ne(once.first, other.first);
	ck_assert_uint_ne(once.main, once.first);
	ck_assert_uint_ne(once.first, once.second);
}
END_TEST

static void log_long(void *unused)
{
	(void)unused;
	sim_log("%0300d", 0);
}

/* The tag, the text, one newline; a line longer than what is formatted in place comes whole. */
START_TEST(test_log_lines)
{
	char text[400] = "", expected[400];
	FILE *file = tmpfile();
	int saved = dup(STDOUT_FILENO);

	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(fflush(stdout), 0);
	ck_assert_int_ge(dup2(fileno(file), STDOUT_FILENO), 0);
	sim_log("%s %d", "number", 1);
	sim_thread_init(&thread, NULL, log_long, NULL);
	ck_assert_int_eq(sim_thread_start(&thread), SIM_OK);
	ck_assert_int_eq(sim_thread_join(&thread), SIM_OK);
	ck_assert_int_eq(fflush(stdout), 0);
	ck_assert_int_ge(dup2(saved, STDOUT_FILENO), 0);
	rewind(file);
	ck_assert_uint_gt(fread(text, 1, sizeof(text) - 1, file), 0);
	snprintf(expected, sizeof(expected), "[MainThread] number 1\n[Thread-1] %0300d\n", 0);
	ck_assert_str_eq(text, expected);
}
END_TEST

static void fail_at_once(void *unused)
{
	(void)unused;
	sim_thread_fail("never told: the handler comes first");
}

static void end_with_3(struct sim_thread *failed, const char *error)
{
	(void)error;
	_exit(failed == &thread ? 3 : 1);
}

START_TEST(test_failure_handler_may_end_the_process)
{
	pid_t child = fork();

	ck_assert_int_ge(child, 0);
	if (child == 0) {
		sim_on_thread_failure(end_with_3);
		sim_thread_init(&thread, NULL, fail_at_once, NULL);
		sim_thread_start(&thread);
		sim_thread_join(&thread);
		_exit(2);
	}
	ck_assert_int_eq(exit_status_of(child), 3);
}
END_TEST

/* The program ends well with a daemon that sleeps, and with status 1 when main failed, after its other threads. */
START_TEST(test_daemon_and_failing_main)
{
	static struct sim_thread daemon;
	pid_t child = fork();

	ck_assert_int_ge(child, 0);
	if (child == 0) {
		sim_thread_init(&daemon, NULL, sleep_for_ever, NULL);
		sim_thread_set_daemon(&daemon, true);
		sim_thread_start(&daemon);
		exit(0);
	}
	ck_assert_int_eq(exit_status_of(child), 0);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		sim_thread_init(&thread, NULL, exit_with_7, NULL);
		sim_thread_start(&thread);
		sim_thread_fail("main fails; the thread has the last word");
	}
	ck_assert_int_eq(exit_status_of(child), 7);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0)
		sim_thread_fail("main fails");
	ck_assert_int_eq(exit_status_of(child), 1);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("conformance, pthread");
	TCase *body_case = tcase_create("bodies"), *own = tcase_create("real threads");

	tcase_add_loop_test(body_case, test_body, 0, N_BODIES);
	suite_add_tcase(suite, body_case);

	tcase_add_test_raise_signal(own, test_misuse_aborts, SIGABRT);
	tcase_add_test_raise_signal(own, test_misuse_default_again, SIGABRT);
	tcase_add_test(own, test_longest_timeouts);
	tcase_add_test(own, test_crowd_in_turn);
	tcase_add_test(own, test_exit_waits_for_threads);
	tcase_add_test(own, test_exit_in_a_thread_ends_all);
	tcase_add_test(own, test_fork_leaves_threads_behind);
	tcase_add_test(own, test_pthread_exit_ends_a_thread);
	tcase_add_test(own, test_log_lines);
	tcase_add_test(own, test_failure_handler_may_end_the_process);
	tcase_add_test(own, test_daemon_and_failing_main);
	tcase_add_test(own, test_choices_depend_on_seed_and_thread);
	suite_add_tcase(suite, own);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(make_suite());
	int n_failed;

	srunner_set_fork_status(runner, CK_FORK);
	srunner_run_all(runner, CK_NORMAL);
	n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
