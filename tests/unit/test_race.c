/*
 * Which accesses race, byte by byte, and what is kept of them. What orders them is in test_race_order.c.
 */
#include <check.h>

#include "race_stage.h"

/* ---- what conflicts --------------------------------------------------------------------------------------------- */

START_TEST(conflicts)
{
	static const int types[] = {RACE_READ, RACE_WRITE, RACE_ATOMIC, RACE_ATOMIC | RACE_WRITE};
	static const bool races[4][4] = {
		/*               read   write  a-read a-write */
		/* read     */ {false, true, false, true},
		/* write    */ {true, true, true, true},
		/* a-read   */ {false, true, false, false},
		/* a-write  */ {true, true, false, false},
	};
	for (int i = 0; i < 4; i++)
		for (int j = 0; j < 4; j++) {
			size_t offset = (size_t)(4 * i + j) * 8;
			touch(T1, types[i], offset, 8);
			touch(T2, types[j], offset, 8);
			expect_races(races[i][j]);
		}
}
END_TEST

START_TEST(one_thread_does_not_race)
{
	write8(T1);
	read8(T1);
	on(T1, SIM_OP_SLEEP, 0);
	write8(T1);
	expect_races(0);
}
END_TEST

/* An atomic store that races with a plain read, and one that does not, being after it. */
START_TEST(atomic_against_plain)
{
	uint64_t *cell = (uint64_t *)(memory + 32);
	touch(T1, RACE_READ, 32, 1);
	store(T2, cell, SIM_SEQ_CST);
	ck_assert_int_eq(race.n_found, 1);
	ck_assert_int_eq(race.found[0].second.type, RACE_ATOMIC | RACE_WRITE);
	ck_assert_uint_eq(race.found[0].size, 1);
	race_forget(&race);
	load(T1, cell, SIM_RELAXED);
	load(T3, cell, SIM_RELAXED);
	expect_races(0);
	touch(T3, RACE_READ, 32, 8);
	ck_assert_int_eq(race.n_found, 1); /* with T2's store */
	ck_assert_int_eq(race_record_thread(&race.found[0].first), T2);
}
END_TEST

/* ---- bytes ------------------------------------------------------------------------------------------------------ */

/* Two writes of all sizes at all distances: they race exactly on the bytes they share, as one race. */
START_TEST(exactly_the_shared_bytes)
{
	static const size_t sizes[] = {1, 2, 3, 4, 8, 16, 17, 32};
	for (size_t i = 0; i < 8; i++)
		for (size_t j = 0; j < 8; j++)
			for (size_t at = 0; at < 80; at++) {
				size_t low = at > 40 ? at : 40, end = at + sizes[j] < 40 + sizes[i] ? at + sizes[j] : 40 + sizes[i];
				undo_mark mark = undo_now(&undo);
				touch(T1, RACE_WRITE, 40, sizes[i]);
				touch(T2, RACE_WRITE, at, sizes[j]);
				if (race.n_found != (low < end))
					ck_abort_msg("sizes %zu and %zu, at %zu: %d races", sizes[i], sizes[j], at, race.n_found);
				if (low < end && (race.found[0].address != (uintptr_t)memory + low || race.found[0].size != end - low))
					ck_abort_msg("sizes %zu and %zu, at %zu: bytes", sizes[i], sizes[j], at);
				race_forget(&race);
				undo_restore(&undo, mark);
			}
}
END_TEST

/* 64 threads' worth of neighbours: each writes its own byte, twice. */
START_TEST(neighbouring_bytes)
{
	for (int round = 0; round < 2; round++)
		for (int t = 0; t < N_THREADS; t++)
			touch(t, RACE_WRITE, (size_t)t, 1);
	expect_races(0);
	touch(T1, RACE_READ, 0, 8);
	expect_races(7); /* with all but its own */
}
END_TEST

START_TEST(outside_all_regions)
{
	static unsigned char elsewhere[8];
	for (int t = T1; t <= T2; t++)
		race_on_access(&race, t, (uintptr_t)elsewhere, 8, RACE_WRITE, 0);
	expect_races(0);
	ck_assert_ptr_null(race_cell(&race, (uintptr_t)elsewhere));
	ck_assert_ptr_null(race_cell(&race, (uintptr_t)memory + SIZE));
	ck_assert_ptr_nonnull(race_cell(&race, (uintptr_t)memory + SIZE - 1));
	ck_assert_ptr_null(race_cell(&race, (uintptr_t)memory - 1));
}
END_TEST

START_TEST(two_regions)
{
	static _Alignas(8) unsigned char elsewhere[24];
	ck_assert_int_eq(race_watch(&race, (uintptr_t)elsewhere + 3, 10), 0);
	for (int t = T1; t <= T2; t++)
		race_on_access(&race, t, (uintptr_t)elsewhere + 12, 1, RACE_WRITE, 0);
	expect_races(1);
}
END_TEST

/* ---- many accesses ---------------------------------------------------------------------------------------------- */

/* More readers than a cell has room for, none ordered; then a writer races with each of them, one by one. */
START_TEST(many_readers)
{
	enum { READERS = RACE_MAX_FOUND - 1 };
	for (int t = 1; t <= READERS; t++)
		read8(t);
	expect_races(0);
	write8(T0);
	ck_assert_int_eq(race.n_found, READERS);
	uint64_t seen = 0;
	for (int i = 0; i < READERS; i++)
		seen |= UINT64_C(1) << race_record_thread(&race.found[i].first);
	ck_assert_uint_eq(seen, (UINT64_C(2) << READERS) - 2);
}
END_TEST

/* They all release a lock to the writer: no race; and then what they did is forgotten, so that cells do not grow. */
START_TEST(many_ordered_readers)
{
	uint32_t n_chunks = 0;
	for (int round = 0; round < 100; round++) {
		for (int t = 1; t < N_THREADS; t++) {
			on(t, SIM_OP_LOCK, lock);
			read8(t);
			on(t, SIM_OP_UNLOCK, lock);
		}
		on(T0, SIM_OP_LOCK, lock);
		write8(T0);
		on(T0, SIM_OP_UNLOCK, lock);
		if (round == 1)
			n_chunks = race.n_chunks;
	}
	expect_races(0);
	ck_assert_uint_eq(race.n_chunks, n_chunks);
}
END_TEST

/* Readers that are all ordered, but not among themselves: they must all be kept for an unordered writer to come. */
START_TEST(no_reader_is_forgotten)
{
	for (int t = 1; t <= 10; t++) {
		read8(t);
		store(t, &flag, SIM_RELEASE);
	}
	load(T0, &flag, SIM_ACQUIRE); /* after thread 10 only */
	write8(T0);
	expect_races(9);
}
END_TEST

/* More races than there is room for: the first ones. */
START_TEST(too_many_races)
{
	for (int t = 1; t < N_THREADS; t++)
		read8(t);
	write8(T0);
	expect_races(RACE_MAX_FOUND);
}
END_TEST

/* ---- promotion -------------------------------------------------------------------------------------------------- */

START_TEST(promoted_bytes_are_silent)
{
	race_promote(&race, (uintptr_t)memory + 2, 4);
	write8(T1);
	read8(T2);
	ck_assert_int_ge(race.n_found, 1); /* bytes 0, 1, 6, 7 still race */
	race_forget(&race);
	touch(T1, RACE_WRITE, 2, 4);
	touch(T2, RACE_WRITE, 2, 4);
	touch(T3, RACE_READ, 3, 2);
	expect_races(0);
	touch(T1, RACE_WRITE, 6, 1);
	touch(T3, RACE_READ, 5, 2);
	ck_assert_int_ge(race.n_found, 1);
	ck_assert_uint_eq(race.found[0].address, (uintptr_t)memory + 6);
	ck_assert_uint_eq(race.found[0].size, 1);
}
END_TEST

START_TEST(is_promoted)
{
	uintptr_t base = (uintptr_t)memory;
	race_promote(&race, base + 6, 4); /* across two cells */
	ck_assert(!race_is_promoted(&race, base, 6));
	ck_assert(race_is_promoted(&race, base, 7));
	ck_assert(race_is_promoted(&race, base + 9, 1));
	ck_assert(!race_is_promoted(&race, base + 10, 8));
	ck_assert(race_is_promoted(&race, base, 64));
	ck_assert(!race_is_promoted(&race, (uintptr_t)&flag, 8));
	ck_assert_uint_eq(race_promoted_run(&race, base + 6, 100), 4);
	ck_assert_uint_eq(race_promoted_run(&race, base + 6, 3), 3);
	ck_assert_uint_eq(race_promoted_run(&race, base + 5, 100), 0);
}
END_TEST

/* Back to fewer promotions, some of which overlap. */
START_TEST(demotion)
{
	uintptr_t base = (uintptr_t)memory;
	race_promote(&race, base, 8);
	race_promote(&race, base + 4, 8);
	race_promote(&race, base + 64, 1);
	ck_assert_uint_eq(race.n_promoted, 3);
	race_demote(&race, 1);
	ck_assert(race_is_promoted(&race, base + 4, 4));
	ck_assert(!race_is_promoted(&race, base + 8, 4));
	ck_assert(!race_is_promoted(&race, base + 64, 1));
	race_demote(&race, 0);
	ck_assert(!race_is_promoted(&race, base, 100));
}
END_TEST

/* ---- time, undo ------------------------------------------------------------------------------------------------- */

/* Each thread's clock: advanced by sleeps and timeouts, joined along happens-before, never beyond its end. */
START_TEST(clocks)
{
	struct sim_op sleep = {.kind = SIM_OP_SLEEP, .argument = 500};
	execute(T1, sleep);
	on(T1, SIM_OP_LOCK, lock);
	on(T1, SIM_OP_UNLOCK, lock);
	ck_assert_int_eq(race.clock[T1].now_ns, 500);
	ck_assert_int_eq(race.clock[T2].now_ns, 0);
	on(T2, SIM_OP_LOCK, lock);
	ck_assert_int_eq(race.clock[T2].now_ns, 500);
	struct sim_op take = {.kind = SIM_OP_LOCK, .object = lock, .timed = true, .deadline_ns = 800};
	execute(T1, take);
	ck_assert_int_eq(race.clock[T1].now_ns, 800);
	take.deadline_ns = 100; /* passed already */
	execute(T1, take);
	ck_assert_int_eq(race.clock[T1].now_ns, 800);
	sleep.argument = INT64_MAX;
	execute(T1, sleep);
	ck_assert_int_eq(race.clock[T1].now_ns, INT64_MAX);
}
END_TEST

/* What was taken back neither races nor orders. */
START_TEST(taken_back)
{
	undo_mark mark = undo_now(&undo);
	write8(T1);
	for (int t = 4; t < 20; t++)
		touch(t, RACE_READ, 64, 8);
	undo_restore(&undo, mark);
	read8(T2);
	touch(T2, RACE_WRITE, 64, 8);
	expect_races(0);
	undo_restore(&undo, mark);
	write8(T1);
	mark = undo_now(&undo);
	store(T1, &flag, SIM_RELEASE);
	load(T2, &flag, SIM_ACQUIRE);
	undo_restore(&undo, mark);
	read8(T2);
	expect_races(1);
}
END_TEST

static void add_tests(TCase *tests)
{
	tcase_add_test(tests, conflicts);
	tcase_add_test(tests, one_thread_does_not_race);
	tcase_add_test(tests, atomic_against_plain);
	tcase_add_test(tests, exactly_the_shared_bytes);
	tcase_add_test(tests, neighbouring_bytes);
	tcase_add_test(tests, outside_all_regions);
	tcase_add_test(tests, two_regions);
	tcase_add_test(tests, many_readers);
	tcase_add_test(tests, many_ordered_readers);
	tcase_add_test(tests, no_reader_is_forgotten);
	tcase_add_test(tests, too_many_races);
	tcase_add_test(tests, promoted_bytes_are_silent);
	tcase_add_test(tests, is_promoted);
	tcase_add_test(tests, demotion);
	tcase_add_test(tests, clocks);
	tcase_add_test(tests, taken_back);
}

int main(void)
{
	Suite *suite = suite_create("race");
	TCase *tests = tcase_create("race");
	tcase_add_checked_fixture(tests, race_stage_setup, race_stage_teardown);
	add_tests(tests);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
