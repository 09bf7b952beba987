/*
 * What happens before what: each test is a short story in which T1 writes, something may order the two, and T2
 * reads. The comparison with the definition, on random stories, is in test_race_reference.c.
 */
#include <check.h>

#include "race_stage.h"

/* T1 wrote before what the test did last; T2 now reads. */
static void expect_ordered(void)
{
	read8(T2);
	expect_races(0);
}

static void expect_unordered(void)
{
	read8(T2);
	ck_assert_int_eq(race.n_found, 1);
	const struct race_found *found = &race.found[0];
	ck_assert_int_eq(race_record_thread(&found->first), T1);
	ck_assert_int_eq(race_record_thread(&found->second), T2);
	ck_assert_int_eq(found->first.type, RACE_WRITE);
	ck_assert_int_eq(found->second.type, RACE_READ);
	ck_assert_uint_eq(found->address, (uintptr_t)memory);
	ck_assert_uint_eq(found->size, 8);
	race_forget(&race);
}

/* ---- locks, threads --------------------------------------------------------------------------------------------- */

START_TEST(nothing_orders)
{
	write8(T1);
	expect_unordered();
}
END_TEST

START_TEST(lock_orders)
{
	on(T1, SIM_OP_LOCK, lock);
	write8(T1);
	on(T1, SIM_OP_UNLOCK, lock);
	on(T2, SIM_OP_LOCK, lock);
	expect_ordered();
}
END_TEST

START_TEST(another_lock_does_not)
{
	on(T1, SIM_OP_LOCK, lock);
	write8(T1);
	on(T1, SIM_OP_UNLOCK, lock);
	on(T2, SIM_OP_LOCK, other_lock);
	expect_unordered();
}
END_TEST

/* What T1 does after its unlock is not ordered before T2's section. */
START_TEST(after_the_unlock)
{
	on(T1, SIM_OP_LOCK, lock);
	on(T1, SIM_OP_UNLOCK, lock);
	write8(T1);
	on(T2, SIM_OP_LOCK, lock);
	expect_unordered();
}
END_TEST

/* What T2 did before its lock is not ordered after T1's section. */
START_TEST(before_the_lock)
{
	on(T1, SIM_OP_LOCK, lock);
	write8(T1);
	on(T1, SIM_OP_UNLOCK, lock);
	expect_unordered();
}
END_TEST

START_TEST(locks_order_transitively)
{
	on(T1, SIM_OP_LOCK, lock);
	write8(T1);
	on(T1, SIM_OP_UNLOCK, lock);
	on(T3, SIM_OP_LOCK, lock);
	on(T3, SIM_OP_LOCK, other_lock);
	on(T3, SIM_OP_UNLOCK, other_lock);
	on(T2, SIM_OP_LOCK, other_lock);
	expect_ordered();
}
END_TEST

START_TEST(try_lock_orders_if_it_succeeds)
{
	on(T1, SIM_OP_LOCK, lock);
	write8(T1);
	on(T1, SIM_OP_UNLOCK, lock);
	on(T2, SIM_OP_TRY_LOCK, lock);
	expect_ordered();
}
END_TEST

/* T3 holds the lock that T1 released before: T2's failed attempt, or its timeout, learns nothing of it. */
START_TEST(failed_attempts_order_nothing)
{
	on(T1, SIM_OP_LOCK, lock);
	write8(T1);
	on(T1, SIM_OP_UNLOCK, lock);
	on(T3, SIM_OP_LOCK, lock);
	if (_i)
		ck_assert_uint_eq(on(T2, SIM_OP_TRY_LOCK, lock).result.low, SIM_RESULT_BUSY);
	else
		execute(T2, (struct sim_op){.kind = SIM_OP_LOCK, .object = lock, .timed = true});
	on(T2, SIM_OP_IS_LOCKED, lock);
	expect_unordered();
}
END_TEST

/* C11 7.26.4.3: all earlier unlocks synchronise with a lock, whoever made them. */
START_TEST(unlock_by_another_thread)
{
	on(T1, SIM_OP_LOCK, lock);
	write8(T1);
	on(T1, SIM_OP_UNLOCK, lock);
	on(T0, SIM_OP_LOCK, lock);
	on(T3, SIM_OP_UNLOCK, lock);
	on(T2, SIM_OP_LOCK, lock);
	expect_ordered();
}
END_TEST

/* A wait releases its lock, a wake takes it. */
START_TEST(wait_releases)
{
	on(T1, SIM_OP_LOCK, lock);
	write8(T1);
	execute(T1, (struct sim_op){.kind = SIM_OP_WAIT, .object = condition, .second = lock});
	on(T2, SIM_OP_LOCK, lock);
	expect_ordered();
}
END_TEST

START_TEST(wake_acquires)
{
	struct sim_op wait = {.kind = SIM_OP_WAIT, .object = condition, .second = lock, .timed = _i}, wake = wait;
	wake.kind = SIM_OP_WAKE;
	on(T2, SIM_OP_LOCK, lock);
	execute(T2, wait);
	on(T1, SIM_OP_LOCK, lock);
	write8(T1);
	if (!_i)
		execute(T1, (struct sim_op){.kind = SIM_OP_NOTIFY, .object = condition, .argument = 1});
	on(T1, SIM_OP_UNLOCK, lock);
	if (_i)
		execute(T2, wake); /* the timeout */
	execute(T2, wake);
	expect_ordered();
}
END_TEST

/* The notify itself orders nothing, and neither does a timeout. T1 writes without the lock. */
START_TEST(notify_orders_nothing)
{
	struct sim_op wait = {.kind = SIM_OP_WAIT, .object = condition, .second = lock}, wake = wait;
	wake.kind = SIM_OP_WAKE;
	on(T2, SIM_OP_LOCK, lock);
	execute(T2, wait);
	write8(T1);
	execute(T1, (struct sim_op){.kind = SIM_OP_NOTIFY, .object = condition, .argument = 1});
	execute(T2, wake);
	expect_unordered();
}
END_TEST

START_TEST(timeout_orders_nothing)
{
	struct sim_op wait = {.kind = SIM_OP_WAIT, .object = condition, .second = lock, .timed = true}, wake = wait;
	wake.kind = SIM_OP_WAKE;
	on(T2, SIM_OP_LOCK, lock);
	execute(T2, wait);
	on(T1, SIM_OP_LOCK, lock);
	write8(T1);
	on(T1, SIM_OP_UNLOCK, lock);
	ck_assert(execute(T2, wake).again);
	expect_unordered();
}
END_TEST

START_TEST(start_orders)
{
	objects.items[T2].state = SIM_THREAD_UNBORN;
	write8(T1);
	on(T1, SIM_OP_START, T2);
	expect_ordered();
	touch(T1, RACE_WRITE, 8, 8);
	touch(T2, RACE_READ, 8, 8);
	expect_races(1);
}
END_TEST

START_TEST(join_orders)
{
	on(T1, SIM_OP_SLEEP, 0);
	write8(T1);
	semantics_end(T1, false, &objects);
	on(T2, SIM_OP_JOIN, T1);
	expect_ordered();
}
END_TEST

/* Asking, or giving up, is not joining. */
START_TEST(other_questions_do_not_order)
{
	write8(T1);
	execute(T2, (struct sim_op){.kind = SIM_OP_JOIN, .object = T1, .timed = true});
	semantics_end(T1, false, &objects);
	ck_assert_uint_eq(on(T2, SIM_OP_IS_ALIVE, T1).result.low, 0);
	expect_unordered();
}
END_TEST

/* ---- atomics ---------------------------------------------------------------------------------------------------- */

/* T1 publishes by a store, T2 looks by a load, with any two orders. */
START_TEST(release_and_acquire)
{
	static const bool releases[] = {
		[SIM_RELAXED] = false, [SIM_RELEASE] = true, [SIM_SEQ_CST] = true};
	static const bool acquires[] = {
		[SIM_RELAXED] = false, [SIM_CONSUME] = true, [SIM_ACQUIRE] = true, [SIM_SEQ_CST] = true};
	static const enum sim_order stores[] = {SIM_RELAXED, SIM_RELEASE, SIM_SEQ_CST};
	static const enum sim_order loads[] = {SIM_RELAXED, SIM_CONSUME, SIM_ACQUIRE, SIM_SEQ_CST};
	enum sim_order out = stores[_i % 3], in = loads[_i / 3];
	write8(T1);
	store(T1, &flag, out);
	load(T2, &flag, in);
	if (releases[out] && acquires[in])
		expect_ordered();
	else
		expect_unordered();
}
END_TEST

START_TEST(store_does_not_acquire_load_does_not_release)
{
	write8(T1);
	store(T1, &flag, SIM_SEQ_CST);
	store(T2, &flag, SIM_SEQ_CST);
	expect_unordered();
	load(T1, &flag2, SIM_SEQ_CST);
	load(T2, &flag2, SIM_SEQ_CST);
	touch(T1, RACE_WRITE, 16, 1);
	expect_races(0);
	touch(T2, RACE_WRITE, 16, 1);
	expect_races(1);
}
END_TEST

START_TEST(read_modify_write_does_both)
{
	write8(T1);
	exchange(T1, &flag, SIM_ACQ_REL);
	exchange(T2, &flag, SIM_ACQ_REL);
	expect_ordered();
}
END_TEST

/* What T1 writes after its release store is not published by it, even before its next event. */
START_TEST(after_the_release)
{
	store(T1, &flag, SIM_RELEASE);
	write8(T1);
	load(T2, &flag, SIM_ACQUIRE);
	expect_unordered();
}
END_TEST

/* A release sequence: T3's relaxed read-modify-write goes on with what T1 released, its relaxed store does not. */
START_TEST(release_sequences)
{
	write8(T1);
	store(T1, &flag, SIM_RELEASE);
	if (_i)
		exchange(T3, &flag, SIM_RELAXED);
	else
		store(T3, &flag, SIM_RELAXED);
	load(T2, &flag, SIM_ACQUIRE);
	if (_i)
		expect_ordered();
	else
		expect_unordered();
}
END_TEST

/* T3's relaxed read-modify-write publishes nothing of T3 itself. */
START_TEST(sequence_publishes_its_head_only)
{
	store(T0, &flag, SIM_RELEASE);
	write8(T1);
	exchange(T1, &flag, SIM_RELAXED);
	load(T2, &flag, SIM_ACQUIRE);
	expect_unordered();
}
END_TEST

static void compare_exchange(int thread, uint64_t expected, enum sim_order order, enum sim_order fail_order)
{
	struct sim_op op = atomic(SIM_OP_ATOMIC_CAS, &flag, order);
	op.fail_order = (uint8_t)fail_order;
	op.expected.low = expected;
	op.operand.low = 9;
	execute(thread, op);
}

/* T2's compare-exchange fails: only its failure order counts; it succeeds: only the other. flag is 0. */
START_TEST(compare_exchange_orders)
{
	bool succeeds = _i & 1, strong_when_succeeding = _i & 2;
	write8(T1);
	store(T1, &flag, SIM_RELEASE);
	compare_exchange(T2, succeeds ? 0 : 5, strong_when_succeeding ? SIM_ACQ_REL : SIM_RELAXED,
	                 strong_when_succeeding ? SIM_RELAXED : SIM_ACQUIRE);
	if (succeeds == strong_when_succeeding)
		expect_ordered();
	else
		expect_unordered();
}
END_TEST

/* A failed one releases nothing, whatever its orders. */
START_TEST(failed_compare_exchange_releases_nothing)
{
	write8(T1);
	compare_exchange(T1, 5, SIM_SEQ_CST, SIM_SEQ_CST);
	load(T2, &flag, SIM_ACQUIRE);
	expect_unordered();
}
END_TEST

/* Fences: a release fence before a relaxed store, an acquire fence after a relaxed load; each alone with a strong
 * partner. */
START_TEST(fences)
{
	bool fence_out = _i & 1, fence_in = _i & 2;
	write8(T1);
	if (fence_out)
		race_on_fence(&race, T1, SIM_RELEASE);
	store(T1, &flag, fence_out ? SIM_RELAXED : SIM_RELEASE);
	load(T2, &flag, fence_in ? SIM_RELAXED : SIM_ACQUIRE);
	if (fence_in) {
		touch(T2, RACE_READ, 0, 1);
		expect_races(1); /* the load alone acquires nothing */
		race_on_fence(&race, T2, SIM_ACQUIRE);
	}
	expect_ordered();
}
END_TEST

/* Fences in the wrong order, or of the wrong kind. */
START_TEST(fences_that_order_nothing)
{
	write8(T1);
	race_on_fence(&race, T1, _i == 0 ? SIM_ACQUIRE : SIM_RELEASE);
	store(T1, &flag, SIM_RELAXED);
	if (_i == 1)
		race_on_fence(&race, T2, SIM_ACQUIRE);
	load(T2, &flag, SIM_RELAXED);
	if (_i == 0)
		race_on_fence(&race, T2, SIM_ACQUIRE);
	if (_i == 2)
		race_on_fence(&race, T2, SIM_RELEASE);
	expect_unordered();
}
END_TEST

/* What T1 does between its release fence and its store is not published, though no event lies between. */
START_TEST(between_fence_and_store)
{
	race_on_fence(&race, T1, SIM_RELEASE);
	write8(T1);
	store(T1, &flag, SIM_RELAXED);
	load(T2, &flag, SIM_ACQUIRE);
	expect_unordered();
}
END_TEST

START_TEST(sequentially_consistent_fence_is_both)
{
	write8(T1);
	race_on_fence(&race, T1, SIM_SEQ_CST);
	store(T1, &flag, SIM_RELAXED);
	load(T2, &flag, SIM_RELAXED);
	race_on_fence(&race, T2, SIM_SEQ_CST);
	expect_ordered();
}
END_TEST

static void add_tests(TCase *tests)
{
	tcase_add_test(tests, nothing_orders);
	tcase_add_test(tests, lock_orders);
	tcase_add_test(tests, another_lock_does_not);
	tcase_add_test(tests, after_the_unlock);
	tcase_add_test(tests, before_the_lock);
	tcase_add_test(tests, locks_order_transitively);
	tcase_add_test(tests, try_lock_orders_if_it_succeeds);
	tcase_add_loop_test(tests, failed_attempts_order_nothing, 0, 2);
	tcase_add_test(tests, unlock_by_another_thread);
	tcase_add_test(tests, wait_releases);
	tcase_add_loop_test(tests, wake_acquires, 0, 2);
	tcase_add_test(tests, notify_orders_nothing);
	tcase_add_test(tests, timeout_orders_nothing);
	tcase_add_test(tests, start_orders);
	tcase_add_test(tests, join_orders);
	tcase_add_test(tests, other_questions_do_not_order);
	tcase_add_loop_test(tests, release_and_acquire, 0, 12);
	tcase_add_test(tests, store_does_not_acquire_load_does_not_release);
	tcase_add_test(tests, read_modify_write_does_both);
	tcase_add_test(tests, after_the_release);
	tcase_add_loop_test(tests, release_sequences, 0, 2);
	tcase_add_test(tests, sequence_publishes_its_head_only);
	tcase_add_loop_test(tests, compare_exchange_orders, 0, 4);
	tcase_add_test(tests, failed_compare_exchange_releases_nothing);
	tcase_add_loop_test(tests, fences, 0, 4);
	tcase_add_loop_test(tests, fences_that_order_nothing, 0, 3);
	tcase_add_test(tests, between_fence_and_store);
	tcase_add_test(tests, sequentially_consistent_fence_is_both);
}

int main(void)
{
	Suite *suite = suite_create("race_order");
	TCase *tests = tcase_create("race_order");
	tcase_add_checked_fixture(tests, race_stage_setup, race_stage_teardown);
	add_tests(tests);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
