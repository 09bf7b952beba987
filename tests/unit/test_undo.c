/*
 * The undo log: what was saved comes back, newest first, down to a mark.
 */
#include <check.h>
#include <signal.h>
#include <stdlib.h>

#include "undo.h"

enum { CAPACITY = 1 << 20, SIZE = 256 };

static struct undo undo;
static unsigned char memory[SIZE];

static void setup(void)
{
	ck_assert_int_eq(undo_init(&undo, CAPACITY), 0);
	for (int i = 0; i < SIZE; i++)
		memory[i] = (unsigned char)i;
}

static void teardown(void)
{
	undo_release(&undo);
	ck_assert_ptr_null(undo.base);
}

static void change(size_t from, size_t size, int value)
{
	undo_save(&undo, memory + from, size);
	memset(memory + from, value, size);
}

static void expect_initial(void)
{
	for (int i = 0; i < SIZE; i++)
		ck_assert_uint_eq(memory[i], i);
}

/* Every size around multiples of the padding (8), at every offset to it. */
START_TEST(any_size_at_any_place)
{
	undo_mark mark = undo_now(&undo);
	for (size_t size = 0; size <= 40; size++)
		for (size_t from = 64; from < 72; from++) {
			change(from, size, 0xAA);
			undo_restore(&undo, mark);
			for (size_t i = 0; i < SIZE; i++)
				if (memory[i] != i)
					ck_abort_msg("size %zu at %zu: byte %zu", size, from, i);
			ck_assert_uint_eq(undo_now(&undo), mark); /* I2 */
		}
}
END_TEST

/* The same byte many times: its oldest value since the mark counts (I1). */
START_TEST(oldest_value_wins)
{
	undo_mark outer = undo_now(&undo);
	change(10, 1, 100);
	undo_mark inner = undo_now(&undo);
	change(10, 1, 101);
	change(10, 1, 102);
	undo_restore(&undo, inner);
	ck_assert_uint_eq(memory[10], 100);
	change(10, 1, 103);
	undo_restore(&undo, outer);
	expect_initial();
}
END_TEST

/* [0, 16) and then [8, 24), and the other way round. */
START_TEST(overlapping_ranges)
{
	undo_mark mark = undo_now(&undo);
	change(0, 16, 1);
	undo_mark between = undo_now(&undo);
	change(8, 16, 2);
	change(4, 8, 3);
	undo_restore(&undo, between);
	for (int i = 0; i < 16; i++)
		ck_assert_uint_eq(memory[i], 1);
	ck_assert_uint_eq(memory[16], 16);
	undo_restore(&undo, mark);
	expect_initial();
}
END_TEST

START_TEST(nested_marks)
{
	undo_mark marks[50];
	for (int i = 0; i < 50; i++) {
		marks[i] = undo_now(&undo);
		change((size_t)i, 100, i);
	}
	for (int i = 50; i-- > 0;) {
		ck_assert_uint_eq(memory[i], i);
		undo_restore(&undo, marks[i]);
		ck_assert_uint_eq(memory[i + 99], i + 99);
	}
	expect_initial();
}
END_TEST

/* Bytes that have changed already: what they held is handed in. */
START_TEST(old_contents_from_elsewhere)
{
	static const unsigned char old[] = {5, 6, 7, 8, 9};
	undo_mark mark = undo_now(&undo);
	memset(memory + 5, 0, 5);
	undo_save_old(&undo, memory + 5, old, sizeof old);
	undo_restore(&undo, mark);
	expect_initial();
}
END_TEST

START_TEST(nothing_to_restore)
{
	undo_mark mark = undo_now(&undo);
	undo_restore(&undo, mark);
	undo_save(&undo, memory, 0);
	undo_restore(&undo, mark);
	ck_assert_uint_eq(undo_now(&undo), mark);
	expect_initial();
}
END_TEST

/* Random changes and restores, compared with full copies. */
START_TEST(like_full_copies)
{
	enum { DEPTH = 30 };
	static unsigned char copies[DEPTH][SIZE];
	undo_mark marks[DEPTH];
	int depth = 0;
	srand(1);
	for (int i = 0; i < 20000; i++) {
		size_t from = (size_t)(rand() % SIZE), size = (size_t)rand() % (SIZE - from + 1);
		int what = rand() % 4;
		if (what == 0 && depth < DEPTH) {
			marks[depth] = undo_now(&undo);
			memcpy(copies[depth++], memory, SIZE);
		} else if (what == 1 && depth) {
			depth = rand() % depth;
			undo_restore(&undo, marks[depth]);
			if (memcmp(memory, copies[depth], SIZE) != 0)
				ck_abort_msg("after %d changes", i);
		} else if (depth) {
			change(from, size > 20 ? size % 20 : size, rand());
		}
	}
}
END_TEST

/* The log may be filled to the last entry that fits, and ends the process at the next, rather than write beyond it. */
START_TEST(overflow_ends_the_process)
{
	for (;;)
		undo_save(&undo, memory, 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("undo");
	TCase *tests = tcase_create("undo");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, any_size_at_any_place);
	tcase_add_test(tests, oldest_value_wins);
	tcase_add_test(tests, overlapping_ranges);
	tcase_add_test(tests, nested_marks);
	tcase_add_test(tests, old_contents_from_elsewhere);
	tcase_add_test(tests, nothing_to_restore);
	tcase_add_test(tests, like_full_copies);
	tcase_add_test_raise_signal(tests, overflow_ends_the_process, SIGABRT);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
