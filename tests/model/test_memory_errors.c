/*
 * Memory errors, and accesses that are none, in tests/model/programs/memory.c: what is said of each, word for word but for
 * line numbers. Each is found by the default strategy with all restores verified, and its schedule shows it again.
 */
#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include <simcheck/check.h>

#include "findings.h"

static const struct error {
	const char *entry;
	const char *cause;   /* NULL: the program is right */
	const char *message; /* @ stands for a place in memory.c */
} errors[] = {
	{"read_past_the_end", "out-of-bounds",
		"T1 read 4 bytes at @, right past the end of a block of 40 bytes that T1 allocated at @"},
	{"written_farther_past_the_end", "out-of-bounds",
		"T1 wrote 4 bytes at @, 4 bytes past the end of a block of 40 bytes that T1 allocated at @"},
	{"written_before", "out-of-bounds",
		"T1 wrote 4 bytes at @, 8 bytes before a block of 40 bytes that T1 allocated at @"},
	{"written_over_the_end", "out-of-bounds",
		"T1 wrote 4 bytes at @, from byte 8 on, over the end of a block of 10 bytes that T1 allocated at @"},
	{"last_byte_of_many", "out-of-bounds",
		"T1 read 1 byte at @, right past the end of a block of 13 bytes that T1 allocated at @"},
	{"nothing_allocated", "out-of-bounds",
		"T1 wrote 1 byte at @, right past the end of a block of 0 bytes that T1 allocated at @"},
	{"copied_too_much", "out-of-bounds",
		"T1 wrote 100 bytes at @, from byte 0 on, over the end of a block of 40 bytes that T1 allocated at @"},
	{"string_without_end", "out-of-bounds",
		"T1 read 5 bytes at @, from byte 0 on, over the end of a block of 4 bytes that T1 allocated at @"},
	{"string_too_long", "out-of-bounds",
		"T1 wrote 5 bytes at @, from byte 0 on, over the end of a block of 4 bytes that T1 allocated at @"},
	{"formatted_too_long", "out-of-bounds",
		"T1 wrote 6 bytes at @, from byte 0 on, over the end of a block of 4 bytes that T1 allocated at @"},
	{"atomic_past_the_end", "out-of-bounds",
		"T1 wrote 4 bytes at @, right past the end of a block of 4 bytes that T1 allocated at @"},
	{"old_size_after_growth", "out-of-bounds",
		"T1 wrote 1 byte at @, right past the end of a block of 4 bytes that T1 allocated at @"},
	/* byte 2^20 of 4: 2^20 - 4 bytes past the end */
	{"beyond_all_blocks", "out-of-bounds",
		"T1 wrote 1 byte at @, 1048572 bytes past the end of a block of 4 bytes that T1 allocated at @"},
	/* 2^64 - 9 bytes */
	{"endless_memset", "out-of-bounds", "T1 wrote 18446744073709551607 bytes at @, from byte 0 on, over the end of "
		"a block of 8 bytes that T1 allocated at @"},
	{"endless_copy", "out-of-bounds", "T1 read 18446744073709551607 bytes at @, from byte 0 on, over the end of "
		"a block of 8 bytes that T1 allocated at @"},
	{"inside", NULL, NULL},
	{"index_past_the_end", "out-of-bounds",
		"T1 used index 4 at @, outside of the array, which is of type `int[4]`"},
	{"index_below_zero", "out-of-bounds",
		"T1 used index -1 at @, outside of the array, which is of type `int[3]`"},
	{"index_of_the_second", "out-of-bounds",
		"T1 used index 3 at @, outside of the array, which is of type `int[3]`"},
	{"index_of_variable_length", "out-of-bounds",
		"T1 used index 4 at @, outside of the array, which is of type `int[*]`"},
	{"index_inside", NULL, NULL},
	{"freed_by_another", NULL, NULL},
	{"read_after_free", "use-after-free", "T1 read 4 bytes at @, from byte 8 on of a block of 40 bytes that T1 had "
		"freed at @ (T1 had allocated it at @)"},
	{"written_after_realloc", "use-after-free", "T1 wrote 4 bytes at @, from byte 0 on of a block of 8 bytes that T1 "
		"had freed at @ (T1 had allocated it at @)"},
	{"locked_after_free", "use-after-free", "T1 used at @, from byte 0 on of a block of 40 bytes that T1 had freed "
		"at @ (T1 had allocated it at @)"},
	{"atomic_after_free", "use-after-free", "T1 wrote 4 bytes at @, from byte 0 on of a block of 4 bytes that T1 had "
		"freed at @ (T1 had allocated it at @)"},
	{"freed_first_in_one_order", "use-after-free", "main wrote 4 bytes at @, from byte 0 on of a block of 4 bytes "
		"that T1 had freed at @ (main had allocated it at @)"},
	{"freed_twice", "double-free", "T1 freed at @ a block of 3 bytes that T1 had freed at @ (T1 had allocated it at "
		"@)"},
	{"freed_inside", "invalid-free", "T1 freed at @ the address of byte 1 of a block of 3 bytes that T1 allocated at "
		"@: only its beginning can be freed"},
	{"reallocated_inside", "invalid-free", "T1 reallocated at @ the address of byte 16 of a block of 64 bytes that T1 "
		"allocated at @: only its beginning can be freed"},
	{"freed_global", "invalid-free", "T1 freed at @ what is no block of the heap but `global`"},
	{"freed_local", "invalid-free", "T1 freed at @ what is no block of the heap but `a local variable of T1`"},
	{"freed_nowhere", "invalid-free", "T1 freed at @ what is no block of the heap but `memory outside the program`"},
};

/* The message with @ in place of each place in memory.c. Compilers write types differently: without the space of gcc, and
 * with the * of gcc for clang's name of a length. */
static void put_places(const char *message, char *text, size_t size)
{
	static const char file[] = "memory.c:";
	size_t n = 0;

	while (*message && n + 1 < size) {
		if (strncmp(message, "int [", 5) == 0) {
			n += (size_t)snprintf(text + n, size - n, "int[");
			message += 5;
		}
		if (strncmp(message, "[four]", 6) == 0) {
			n += (size_t)snprintf(text + n, size - n, "[*]");
			message += 6;
		}
		if (strncmp(message, file, sizeof file - 1) != 0) {
			text[n++] = *message++;
			continue;
		}
		text[n++] = '@';
		message += sizeof file - 1;
		while (isdigit((unsigned char)*message))
			message++;
	}
	text[n] = 0;
}

START_TEST(test_error)
{
	static const char path[] = SIM_PROGRAMS "/memory.c";
	static const char *const extra[] = {"--verify-restore", NULL};
	const struct error *error = &errors[_i];
	struct sim_check_options options = {.entry = error->entry, .extra = extra, .keep_going = true};
	struct sim_check_result result;
	char expected[64] = "safe", message[512];

	if (error->cause)
		snprintf(expected, sizeof expected, "memory %s", error->cause);
	ck_assert_int_eq(sim_check_file(path, &options, &result), SIM_CHECK_OK);
	ck_assert_msg(findings_match(expected, &result), "%s: %s", error->entry, sim_check_summary(&result));
	if (error->cause) {
		put_places(result.findings[0].message, message, sizeof message);
		ck_assert_str_eq(message, error->message);
	}
	findings_recur(path, error->entry, &result);
	sim_check_result_release(&result);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("memory");
	TCase *tcase = tcase_create("memory");

	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, test_error, 0, (int)(sizeof errors / sizeof *errors));
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
