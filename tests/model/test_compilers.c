/*
 * Programs whose code gcc and clang instrument in different ways: bit-fields, atomics of 16 bytes, blocks that are functions.
 * Both kinds of compiler must lead to the same findings, but for what is said here. One that is not installed is left out.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include <simcheck/check.h>

#include "findings.h"

static const struct program {
	const char *file, *entry;
	const char *gcc, *clang; /* findings, as in findings.h */
} programs[] = {
	{"bitfields.c", "in_one_unit", "data-race", "data-race"},
	{"bitfields.c", "read_in_one_unit", "data-race", "data-race"},
	/* clang accesses only the half that is meant. */
	{"bitfields.c", "in_a_long_run", "data-race", "safe"},
	{"bitfields.c", "separated_by_zero", "safe", "safe"},
	{"bitfields.c", "separated_by_a_member", "safe", "safe"},
	{"bitfields.c", "beside_a_member", "safe", "safe"},
	{"bitfields.c", "in_two_structs", "safe", "safe"},
	{"bitfields.c", "two_bytes", "safe", "safe"},
	{"bitfields.c", "two_members", "safe", "safe"},
	{"bitfields.c", "two_structs", "safe", "safe"},
	{"bitfields.c", "two_pairs", "safe", "safe"},
	{"bitfields.c", "copied_from", "data-race", "data-race"},
	{"bitfields.c", "copied_to", "data-race", "data-race"},
	{"bitfields.c", "copied_by_both", "safe", "safe"},
	{"volatiles.c", "waits_for_a_volatile", "data-race", "data-race"},
	{"volatiles.c", "counts_in_a_volatile", "data-race, assertion", "data-race, assertion"},
	{"volatiles.c", "two_parts", "safe", "safe"},
	{"verifier.c", "functions_by_name", "safe", "safe"},
	{"verifier.c", "nobody_sees_the_middle", "safe", "safe"},
	{"verifier.c", "two_blocks_each", "assertion", "assertion"},
	{"../../posix/atomic_operations.c", "main", "safe", "safe"},
	{"../../posix/atomic_types.c", "main", "safe", "safe"},
	{"../../posix/atomic_builtins.c", "main", "safe", "safe"},
};

static void check_with(const char *compiler, const struct program *program, const char *findings)
{
	char path[512], option[64];
	const char *const extra[] = {option, NULL};
	struct sim_check_options options = {.entry = program->entry, .extra = extra, .keep_going = true};
	struct sim_check_result result;

	snprintf(option, sizeof option, "--cc=%s", compiler);
	snprintf(path, sizeof path, "%s/%s", SIM_PROGRAMS, program->file);
	enum sim_check_status status = sim_check_file(path, &options, &result);
	ck_assert_msg(status == SIM_CHECK_OK && findings_match(findings, &result), "%s with %s: expected %s, but: %s",
		program->entry, compiler, findings, sim_check_summary(&result));
	sim_check_result_release(&result);
}

static bool is_installed(const char *compiler)
{
	char command[128];

	snprintf(command, sizeof command, "%s --version >/dev/null 2>&1", compiler);
	return system(command) == 0;
}

START_TEST(gcc_is_understood)
{
	if (is_installed("gcc"))
		check_with("gcc", &programs[_i], programs[_i].gcc);
}
END_TEST

START_TEST(clang_is_understood)
{
	if (is_installed("clang"))
		check_with("clang", &programs[_i], programs[_i].clang);
}
END_TEST

/* Where the compiler may use the processor's instruction for 16 bytes, it makes other calls. */
START_TEST(wide_instructions_are_understood)
{
	static const char *const extra[] = {"--cc=clang", "--cflags=-mcx16", NULL};
	struct sim_check_options options = {.extra = extra};
	struct sim_check_result result;

	if (!is_installed("clang"))
		return;
	ck_assert_int_eq(sim_check_file(SIM_PROGRAMS "/../../posix/atomic_builtins.c", &options, &result), SIM_CHECK_OK);
	ck_assert_msg(result.verdict == SIM_CHECK_PROVED, "%s", sim_check_summary(&result));
	sim_check_result_release(&result);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("compilers");
	TCase *tcase = tcase_create("compilers");
	SRunner *runner = srunner_create(suite);
	int failed, n = (int)(sizeof programs / sizeof *programs);

	tcase_set_timeout(tcase, 120);
	tcase_add_loop_test(tcase, gcc_is_understood, 0, n);
	tcase_add_loop_test(tcase, clang_is_understood, 0, n);
#ifdef __x86_64__
	tcase_add_test(tcase, wide_instructions_are_understood);
#endif
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
