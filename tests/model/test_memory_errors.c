/*
 * Memory errors, and what is none, in tests/model/programs: memory.c, globals.c, stacks.c, uninit.c, leaks.c. What is said of each, word for word but for
 * line numbers. Each is found by the default strategy with all restores verified, and its schedule shows it again.
 */
#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include <simcheck/check.h>

#include "findings.h"

static const struct error {
	const char *file, *entry;
	const char *findings; /* as in findings.h */
	const char *message;  /* of the first; @ stands for a place in the file */
} errors[] = {
	{"memory.c", "read_past_the_end", "memory out-of-bounds",
		"T1 read 4 bytes at @, right past the end of a block of 40 bytes that T1 allocated at @"},
	{"memory.c", "written_farther_past_the_end", "memory out-of-bounds",
		"T1 wrote 4 bytes at @, 4 bytes past the end of a block of 40 bytes that T1 allocated at @"},
	{"memory.c", "written_before", "memory out-of-bounds",
		"T1 wrote 4 bytes at @, 8 bytes before a block of 40 bytes that T1 allocated at @"},
	{"memory.c", "written_over_the_end", "memory out-of-bounds",
		"T1 wrote 4 bytes at @, from byte 8 on, over the end of a block of 10 bytes that T1 allocated at @"},
	{"memory.c", "last_byte_of_many", "memory out-of-bounds",
		"T1 read 1 byte at @, right past the end of a block of 13 bytes that T1 allocated at @"},
	{"memory.c", "nothing_allocated", "memory out-of-bounds",
		"T1 wrote 1 byte at @, right past the end of a block of 0 bytes that T1 allocated at @"},
	{"memory.c", "copied_too_much", "memory out-of-bounds",
		"T1 wrote 100 bytes at @, from byte 0 on, over the end of a block of 40 bytes that T1 allocated at @"},
	{"memory.c", "string_without_end", "memory out-of-bounds",
		"T1 read 5 bytes at @, from byte 0 on, over the end of a block of 4 bytes that T1 allocated at @"},
	{"memory.c", "string_too_long", "memory out-of-bounds",
		"T1 wrote 5 bytes at @, from byte 0 on, over the end of a block of 4 bytes that T1 allocated at @"},
	{"memory.c", "formatted_too_long", "memory out-of-bounds",
		"T1 wrote 6 bytes at @, from byte 0 on, over the end of a block of 4 bytes that T1 allocated at @"},
	{"memory.c", "atomic_past_the_end", "memory out-of-bounds",
		"T1 wrote 4 bytes at @, right past the end of a block of 4 bytes that T1 allocated at @"},
	{"memory.c", "old_size_after_growth", "memory out-of-bounds",
		"T1 wrote 1 byte at @, right past the end of a block of 4 bytes that T1 allocated at @"},
	/* byte 2^20 of 4: 2^20 - 4 bytes past the end */
	{"memory.c", "beyond_all_blocks", "memory out-of-bounds",
		"T1 wrote 1 byte at @, 1048572 bytes past the end of a block of 4 bytes that T1 allocated at @"},
	/* 2^64 - 9 bytes */
	{"memory.c", "endless_memset", "memory out-of-bounds", "T1 wrote 18446744073709551607 bytes at @, from byte 0 on, over the end of "
		"a block of 8 bytes that T1 allocated at @"},
	{"memory.c", "endless_copy", "memory out-of-bounds", "T1 read 18446744073709551607 bytes at @, from byte 0 on, over the end of "
		"a block of 8 bytes that T1 allocated at @"},
	{"memory.c", "inside", "safe", NULL},
	{"memory.c", "index_past_the_end", "memory out-of-bounds",
		"T1 used index 4 at @, outside of the array, which is of type `int[4]`"},
	{"memory.c", "index_below_zero", "memory out-of-bounds",
		"T1 used index -1 at @, outside of the array, which is of type `int[3]`"},
	{"memory.c", "index_of_the_second", "memory out-of-bounds",
		"T1 used index 3 at @, outside of the array, which is of type `int[3]`"},
	{"memory.c", "index_of_variable_length", "memory out-of-bounds",
		"T1 used index 4 at @, outside of the array, which is of type `int[*]`"},
	{"memory.c", "index_inside", "safe", NULL},
	{"memory.c", "freed_by_another", "safe", NULL},
	{"memory.c", "read_after_free", "memory use-after-free", "T1 read 4 bytes at @, from byte 8 on of a block of 40 bytes that T1 had "
		"freed at @ (T1 had allocated it at @)"},
	{"memory.c", "written_after_realloc", "memory use-after-free", "T1 wrote 4 bytes at @, from byte 0 on of a block of 8 bytes that T1 "
		"had freed at @ (T1 had allocated it at @)"},
	{"memory.c", "locked_after_free", "memory use-after-free", "T1 used at @, from byte 0 on of a block of 40 bytes that T1 had freed "
		"at @ (T1 had allocated it at @)"},
	{"memory.c", "atomic_after_free", "memory use-after-free", "T1 wrote 4 bytes at @, from byte 0 on of a block of 4 bytes that T1 had "
		"freed at @ (T1 had allocated it at @)"},
	{"memory.c", "freed_first_in_one_order", "memory use-after-free", "main wrote 4 bytes at @, from byte 0 on of a block of 4 bytes "
		"that T1 had freed at @ (main had allocated it at @)"},
	{"memory.c", "freed_twice", "memory double-free", "T1 freed at @ a block of 3 bytes that T1 had freed at @ (T1 had allocated it at "
		"@)"},
	{"memory.c", "freed_inside", "memory invalid-free", "T1 freed at @ the address of byte 1 of a block of 3 bytes that T1 allocated at "
		"@: only its beginning can be freed"},
	{"memory.c", "reallocated_inside", "memory invalid-free", "T1 reallocated at @ the address of byte 16 of a block of 64 bytes that T1 "
		"allocated at @: only its beginning can be freed"},
	{"memory.c", "freed_global", "memory invalid-free", "T1 freed at @ what is no block of the heap but `global`"},
	{"memory.c", "freed_local", "memory invalid-free", "T1 freed at @ what is no block of the heap but `a local variable of T1`"},
	{"memory.c", "freed_nowhere", "memory invalid-free", "T1 freed at @ what is no block of the heap but `memory outside the program`"},
	{"globals.c", "filled_past_the_end", "memory out-of-bounds",
		"T1 wrote 4 bytes at @, right past the end of the variable `table`, which has 16 bytes"},
	{"globals.c", "written_before", "memory out-of-bounds",
		"T1 wrote 4 bytes at @, 4 bytes before the variable `table`, which has 16 bytes"},
	{"globals.c", "copied_over_the_end", "memory out-of-bounds",
		"T1 wrote 12 bytes at @, from byte 0 on, over the end of the variable `text`, which has 10 bytes"},
	{"globals.c", "static_filled_past_the_end", "memory out-of-bounds",
		"T1 wrote 4 bytes at @, right past the end of the variable `own`, which has 12 bytes"},
	{"globals.c", "read_too_wide", "memory out-of-bounds",
		"T1 read 8 bytes at @, from byte 0 on, over the end of the variable `number`, which has 4 bytes"},
	{"globals.c", "atomic_past_the_end", "memory out-of-bounds",
		"T1 wrote 4 bytes at @, right past the end of the variable `counter`, which has 4 bytes"},
	{"globals.c", "inside", "safe", NULL},
	{"stacks.c", "read_after_the_thread_has_ended", "memory use-after-return",
		"main read 4 bytes at @, on the stack of T1, which has ended"},
	{"stacks.c", "written_after_the_return", "memory use-after-return",
		"T1 wrote 4 bytes at @, on the stack of T1, in a function that has returned"},
	{"stacks.c", "used_while_the_owner_waits", "safe", NULL},
	{"uninit.c", "read_at_once", "memory uninitialised", "T1 read 4 bytes at @, from byte 8 on of a block of 40 bytes "
		"that T1 allocated at @: nothing was ever written there"},
	{"uninit.c", "counted_up", "memory uninitialised", "T1 read 4 bytes at @, from byte 12 on of a block of 40 bytes "
		"that T1 allocated at @: nothing was ever written there"},
	{"uninit.c", "grown", "memory uninitialised", "T1 read 4 bytes at @, from byte 8 on of a block of 16 bytes "
		"that T1 allocated at @: nothing was ever written there"},
	{"uninit.c", "copied_from", "memory uninitialised", "T1 read 1 byte at @, from byte 1 on of a block of 8 bytes "
		"that T1 allocated at @: nothing was ever written there"},
	{"uninit.c", "moved", "memory uninitialised", "T1 read 1 byte at @, from byte 2 on of a block of 8 bytes "
		"that T1 allocated at @: nothing was ever written there"},
	{"uninit.c", "loaded", "memory uninitialised", "T1 read 4 bytes at @, from byte 0 on of a block of 4 bytes "
		"that T1 allocated at @: nothing was ever written there"},
	{"uninit.c", "read_before_it_is_filled", "memory uninitialised", "main read 4 bytes at @, from byte 0 on of a "
		"block of 4 bytes that main allocated at @: nothing was ever written there"},
	{"uninit.c", "cleared", "safe", NULL},
	{"uninit.c", "stored", "safe", NULL},
	{"uninit.c", "padding", "safe", NULL},
	{"uninit.c", "text", "safe", NULL},
	{"leaks.c", "result_dropped", "memory leak",
		"T1 allocated at @ a block of 24 bytes that nothing points to when the program ends"},
	{"leaks.c", "local_dropped", "memory leak",
		"T1 allocated at @ a block of 24 bytes that nothing points to when the program ends"},
	{"leaks.c", "three_dropped", "memory leak",
		"T1 allocated at @ 3 blocks of 72 bytes in all that nothing points to when the program ends"},
	{"leaks.c", "list_dropped", "memory leak", "main allocated at @ a block of 32 bytes that nothing points to when "
		"the program ends; 2 more of 64 bytes are lost with it"},
	{"leaks.c", "ring_dropped", "memory leak", "main allocated at @ a block of 32 bytes that nothing points to when "
		"the program ends; 1 more of 32 bytes is lost with it"},
	{"leaks.c", "thread_local_dropped", "memory leak",
		"T1 allocated at @ a block of 8 bytes that nothing points to when the program ends"},
	{"leaks.c", "overwritten", "memory leak, memory leak",
		"main allocated at @ a block of 16 bytes that nothing points to when the program ends"},
	{"leaks.c", "kept_in_a_global", "safe", NULL},
	{"leaks.c", "kept_by_a_list", "safe", NULL},
	{"leaks.c", "kept_by_a_part", "safe", NULL},
	{"leaks.c", "kept_by_a_thread", "safe", NULL},
	{"leaks.c", "kept_where_exit_was_called", "safe", NULL},
	{"leaks.c", "kept_as_thread_specific", "safe", NULL},
	{"leaks.c", "kept_in_a_queue", "safe", NULL},
	{"leaks.c", "freed", "safe", NULL},
};

/* The message with @ in place of each place in the file. Compilers write types differently: without the space of gcc, and
 * with the * of gcc for clang's name of a length. */
static void put_places(const char *file, const char *message, char *text, size_t size)
{
	size_t n = 0, length = strlen(file);

	while (*message && n + 1 < size) {
		if (strncmp(message, "int [", 5) == 0) {
			n += (size_t)snprintf(text + n, size - n, "int[");
			message += 5;
		}
		if (strncmp(message, "[four]", 6) == 0) {
			n += (size_t)snprintf(text + n, size - n, "[*]");
			message += 6;
		}
		if (strncmp(message, file, length) != 0) {
			text[n++] = *message++;
			continue;
		}
		text[n++] = '@';
		message += length + 1;
		while (isdigit((unsigned char)*message))
			message++;
	}
	text[n] = 0;
}

START_TEST(test_error)
{
	static const char *const extra[] = {"--verify-restore", NULL};
	const struct error *error = &errors[_i];
	struct sim_check_options options = {.entry = error->entry, .extra = extra, .keep_going = true};
	struct sim_check_result result;
	char path[512], message[512];

	snprintf(path, sizeof path, "%s/%s", SIM_PROGRAMS, error->file);
	ck_assert_int_eq(sim_check_file(path, &options, &result), SIM_CHECK_OK);
	ck_assert_msg(findings_match(error->findings, &result), "%s: %s", error->entry, sim_check_summary(&result));
	if (error->message) {
		put_places(error->file, result.findings[0].message, message, sizeof message);
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
