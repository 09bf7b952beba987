/*
 * Sets of bytes: compared with an array of booleans, for every range of a stretch of 200 bytes.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "byteset.h"

enum { LOW = 0x10000, SIZE = 200 };

static struct byteset set;
static bool members[SIZE];

static void setup(void)
{
	ck_assert_int_eq(byteset_init(&set, LOW, SIZE), 0);
	memset(members, 0, sizeof members);
}

static void teardown(void)
{
	byteset_release(&set);
	ck_assert_ptr_null(set.bits);
}

static void put(size_t from, size_t size, bool member)
{
	byteset_set(&set, LOW + from, size, member);
	memset(members + from, member, size);
}

static size_t find(size_t from, size_t size, bool member)
{
	size_t i = from;

	while (i < from + size && members[i] != member)
		i++;
	return i;
}

/* What the set says of every range is what the array says. */
static void expect_same(void)
{
	for (size_t from = 0; from < SIZE; from++)
		for (size_t size = 0; from + size <= SIZE; size++) {
			size_t out = find(from, size, false), in = find(from, size, true);

			if (byteset_find(&set, LOW + from, size, false) != LOW + out ||
				byteset_find(&set, LOW + from, size, true) != LOW + in ||
				byteset_has_all(&set, LOW + from, size) != (out == from + size))
				ck_abort_msg("%zu bytes from %zu", size, from);
		}
}

START_TEST(empty_at_first)
{
	expect_same();
}
END_TEST

/* Short and long ranges, at every offset to a byte of the storage, in and out. */
START_TEST(ranges_in_and_out)
{
	static const size_t sizes[] = {1, 3, 8, 15, 63, 64, 65, 130};

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		for (size_t from = 16; from < 24; from++) {
			put(from, sizes[i], true);
			expect_same();
			put(from + sizes[i] / 4, sizes[i] / 2, false);
			expect_same();
			put(0, SIZE, false);
		}
}
END_TEST

START_TEST(saved_and_restored)
{
	struct undo undo;

	ck_assert_int_eq(undo_init(&undo, 1 << 16), 0);
	put(10, 90, true);
	undo_mark mark = undo_now(&undo);
	byteset_save(&set, &undo, LOW + 13, 70);
	byteset_set(&set, LOW + 13, 70, false);
	byteset_save(&set, &undo, LOW + 150, 0); /* nothing */
	undo_restore(&undo, mark);
	expect_same();
	undo_release(&undo);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("byteset");
	TCase *tcase = tcase_create("byteset");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, empty_at_first);
	tcase_add_test(tcase, ranges_in_and_out);
	tcase_add_test(tcase, saved_and_restored);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
