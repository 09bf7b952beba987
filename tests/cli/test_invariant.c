/* sim_invariant(): an expression that holds after each step, whatever the order of steps that are otherwise independent. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command_line.h"

/* Two threads, each sets a variable of its own under a lock of its own: for everything but an invariant there is 1 class. */
static const char text[] =
	"#include <pthread.h>\n"
	"#include <simcheck/simcheck.h>\n"
	"static pthread_mutex_t lock_a = PTHREAD_MUTEX_INITIALIZER, lock_b = PTHREAD_MUTEX_INITIALIZER;\n"
	"static int a, b, sum;\n"
	"sim_invariant(HOLDS);\n"
	"sim_invariant(a >= 0);\n"
	"static void *set_a(void *unused)\n"
	"{\n"
	"\tpthread_mutex_lock(&lock_a);\n"
	"\ta = 1;\n"
	"\tpthread_mutex_unlock(&lock_a);\n"
	"\treturn unused;\n"
	"}\n"
	"static void *set_b(void *unused)\n"
	"{\n"
	"\tpthread_mutex_lock(&lock_b);\n"
	"\tb = 1;\n"
	"\tsum = -b;\n"
	"\tpthread_mutex_unlock(&lock_b);\n"
	"\treturn unused;\n"
	"}\n"
	"int main(void)\n"
	"{\n"
	"\tpthread_t first, second;\n"
	"\tpthread_create(&first, NULL, set_a, NULL);\n"
	"\tpthread_create(&second, NULL, set_b, NULL);\n"
	"\tpthread_join(first, NULL);\n"
	"\treturn pthread_join(second, NULL);\n"
	"}\n";

static void set_up(void)
{
	command_line_set_up();
	write_file("set.c", text);
}

static void breaks(const char *expression, const char *line)
{
	char arguments[256];

	snprintf(arguments, sizeof arguments, "-q --trace=broken.trace -D'HOLDS=%s' set.c", expression);
	simcheck(arguments);
	ck_assert_int_eq(exit_status, 1);
	ck_assert_msg(strstr(standard_output, line) != NULL, "%s", standard_output);
	snprintf(arguments, sizeof arguments, "-q --replay=broken.trace -D'HOLDS=%s' set.c", expression);
	simcheck(arguments);
	ck_assert_ptr_nonnull(strstr(standard_output, "the finding of broken.trace recurred"));
}

/* The step of the later thread begins with its lock. */
START_TEST(one_order_of_independent_writes_breaks_it)
{
	breaks("b <= a", "set.c:16: assertion (invariant): T2 broke the invariant `HOLDS` in the step that begins at set.c:16");
	breaks("a <= b", "set.c:9: assertion (invariant): T1 broke the invariant `HOLDS` in the step that begins at set.c:9");
}
END_TEST

/* What a thread does to `b` and `sum` before its next operation is seen as a whole. */
START_TEST(several_variables_change_together)
{
	simcheck("-D'HOLDS=b + sum == 0' set.c");
	ck_assert_int_eq(exit_status, 0);
	ck_assert_ptr_nonnull(strstr(standard_output, "executions of 1 class"));
	ck_assert_ptr_nonnull(strstr(standard_output, "note: the program has invariants: all interleavings were executed\n"));
}
END_TEST

START_TEST(one_that_faults_does_not_hold)
{
	breaks("*(a ? (int *)0 : &b) >= 0", "T1 broke the invariant ");
}
END_TEST

START_TEST(keep_going_finds_the_others)
{
	simcheck("-q --keep-going -D'HOLDS=b <= a && a <= b' set.c");
	ck_assert_ptr_nonnull(strstr(standard_output, "bug: 2 findings: "));
}
END_TEST

START_TEST(real_threads_look_at_it_at_the_end)
{
	simcheck("--backend=pthread --runs=2 -D'HOLDS=a == b' set.c");
	ck_assert_ptr_nonnull(strstr(standard_output, "2  ended well"));
	simcheck("--backend=pthread --runs=1 -D'HOLDS=a != b' set.c");
	ck_assert_ptr_null(strstr(standard_output, "ended well"));
	ck_assert_int_eq(exit_status, 1);
}
END_TEST

START_TEST(they_are_made_before_main)
{
	write_file("late.c", "#include <simcheck/simcheck.h>\nstatic int yes(void) { return 1; }\n"
		"static struct sim_invariant late = {\"late\", yes, 0};\n"
		"static struct sim_lock lock;\n"
		"int main(void)\n{\n\tsim_lock_acquire(&lock);\n\tsim_invariant_add(&late);\n\treturn 0;\n}\n");
	simcheck_fails("late.c", 2, "simcheck: late.c:8: the call of sim_invariant_add cannot be checked: invariants are made at "
		"file scope, by sim_invariant()");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("invariants");
	TCase *tcase = tcase_create("invariants");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, set_up, command_line_tear_down);
	tcase_add_test(tcase, one_order_of_independent_writes_breaks_it);
	tcase_add_test(tcase, several_variables_change_together);
	tcase_add_test(tcase, one_that_faults_does_not_hold);
	tcase_add_test(tcase, keep_going_finds_the_others);
	tcase_add_test(tcase, real_threads_look_at_it_at_the_end);
	tcase_add_test(tcase, they_are_made_before_main);
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
