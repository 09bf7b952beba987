/*
 * How many executions and classes there are: programs whose numbers can be derived, and their plain depth-first
 * search, in which every restore is verified.
 */
#include <check.h>

#include "search_stage.h"

static uint64_t factorial(uint64_t n)
{
	return n < 2 ? 1 : n * factorial(n - 1);
}

static uint64_t power(uint64_t base, int exponent)
{
	return exponent ? base * power(base, exponent - 1) : 1;
}

/* ---- atomics ---------------------------------------------------------------------------------------------------- */

/*
 * N threads add K times each to one cell. A class is an order of the NK additions: (NK)! / K!^N.
 *
 * Executions also place main's N starts. Start i comes before start i + 1 and before the additions of thread i, so
 * that the events form a tree: a start's children are the next start and its thread's chain of K. A forest of n
 * nodes has n! / (product of the subtree sizes) linear extensions; the chains contribute K! each, start i the (N - i
 * + 1)(K + 1) events that are not before it: (N(K + 1))! / (K!^N * N! * (K + 1)^N).
 */
START_TEST(additions)
{
	static const struct {
		int n, k;
	} sizes[] = {{1, 1}, {1, 5}, {2, 1}, {2, 2}, {2, 4}, {3, 1}, {3, 2}, {4, 1}, {5, 1}};
	int n = sizes[_i].n, k = sizes[_i].k;
	search_stage_setup();
	start_all(n);
	for (int t = 1; t <= n; t++)
		for (int i = 0; i < k; i++)
			add(t, abstract_fetch_add(0, 1, 0));
	uint64_t chains = power(factorial((uint64_t)k), n);
	expect(factorial((uint64_t)(n * (k + 1))) / (chains * factorial((uint64_t)n) * power((uint64_t)k + 1, n)),
	       factorial((uint64_t)(n * k)) / chains);
}
END_TEST

/* Three threads read one cell twice each: nothing to order, one class. One that also writes: see below. */
START_TEST(loads_are_independent)
{
	start_all(3);
	for (int t = 1; t <= 3; t++) {
		add(t, abstract_load(0, 0));
		add(t, abstract_load(0, 0));
	}
	expect_classes(1);
}
END_TEST

/* Two threads read a cell k times each, a third writes it once: each reader's reads are split in k + 1 ways. */
START_TEST(one_store_among_loads)
{
	start_all(3);
	for (int t = 1; t <= 2; t++)
		for (int i = 0; i < 2; i++)
			add(t, abstract_load(0, 0));
	add(3, abstract_store(0, 1));
	expect_classes(3 * 3);
}
END_TEST

/* Threads on cells of their own: one class; executions by the tree formula with K = 2, N = 2: 6! / (4 * 2 * 9) = 10. */
START_TEST(disjoint_cells)
{
	start_all(2);
	for (int t = 1; t <= 2; t++)
		for (int i = 0; i < 2; i++)
			add(t, abstract_fetch_add(t, 1, 0));
	expect(10, 1);
}
END_TEST

/* Two compare-exchanges 0 -> 1 and a reader of the failed: the first succeeds, the second fails and only reads.
 * Orders of the two: 2. A third thread's load is before the success, or after it (it commutes with the failed one):
 * 2 * 2. */
START_TEST(failed_compare_exchange_reads)
{
	start_all(3);
	add(1, abstract_cas(0, 0, 1, 1));
	add(2, abstract_cas(0, 0, 1, 1));
	add(3, abstract_load(0, 1));
	expect_classes(4);
}
END_TEST

/* Store buffering: each thread stores to its cell and loads the other's. Per cell, the load is before or after the
 * store: 4 combinations, but both loads before both stores contradicts program order: 3. */
START_TEST(store_buffering)
{
	start_all(2);
	add(1, abstract_store(0, 1));
	add(1, abstract_load(1, 1));
	add(2, abstract_store(1, 1));
	add(2, abstract_load(0, 1));
	expect_classes(3);
}
END_TEST

/* A line that depends on what was read: thread 2 stores only if it saw 1. Orders: load before the store (no further
 * event), load after it and then its own store: 2. */
START_TEST(control_dependence)
{
	start_all(2);
	add(1, abstract_store(0, 1));
	add(2, abstract_load(0, 1));
	add(2, abstract_when(abstract_store(0, 2), 1, 1));
	expect_classes(2);
}
END_TEST

/* ---- locks ------------------------------------------------------------------------------------------------------ */

/* N threads lock and unlock once: a class is an order of the critical sections. */
START_TEST(locks)
{
	search_stage_setup();
	start_all(_i);
	for (int t = 1; t <= _i; t++) {
		add(t, abstract_lock(0, 0));
		add(t, abstract_unlock(0));
	}
	expect_classes(factorial((uint64_t)_i));
}
END_TEST

/* S1 comes first. Sections in the order 1, 2: S2 anywhere before L2 in L1 U1 L2 U2, 3 places; in the order 2, 1: S2 at
 * once: 1. */
START_TEST(two_locks_executions)
{
	start_all(2);
	for (int t = 1; t <= 2; t++) {
		add(t, abstract_lock(0, 0));
		add(t, abstract_unlock(0));
	}
	expect(4, 2);
}
END_TEST

/* ABBA: thread 1 first on both locks, thread 2 first on both, or each has its first lock: deadlock. The fourth
 * combination, each second on its first lock, contradicts program order. */
START_TEST(abba)
{
	start_all(2);
	add_nested(1, 0, 1);
	add_nested(2, 1, 0);
	struct search search = explore();
	ck_assert_uint_eq(search.classes, 3);
	ck_assert_int_eq(search.n_findings, 1);
	ck_assert_int_eq(search.findings[0].diagnosis.kind, FINDING_DEADLOCK);
	ck_assert_int_eq(search.findings[0].diagnosis.deadlock, CAUSE_LOCK_CYCLE);
	/* both starts and both first locks */
	ck_assert_uint_eq(search.findings[0].n_steps, 4);
}
END_TEST

/* Three philosophers: each fork is taken first by its left or its right one. A class is an orientation of the ring
 * of three; of 2^3 = 8, the one in which everybody's first fork is taken by himself first is the deadlock, the
 * opposite one (everybody last on his first fork, hence after the neighbour's second) is impossible: 7 classes, one
 * deadlock. */
START_TEST(philosophers)
{
	start_all(3);
	for (int t = 1; t <= 3; t++)
		add_nested(t, t - 1, t % 3);
	struct search search = explore();
	ck_assert_uint_eq(search.classes, 7);
	ck_assert_int_eq(search.n_findings, 1);
	ck_assert_int_eq(search.findings[0].diagnosis.deadlock, CAUSE_LOCK_CYCLE);
}
END_TEST

/* t1 u1 t2 u2, t2 u2 t1 u1, and a failed attempt between the other's lock and unlock: t1 t2 u1, t2 t1 u2. */
START_TEST(try_locks)
{
	start_all(2);
	for (int t = 1; t <= 2; t++) {
		add(t, abstract_try_lock(0, 1));
		add(t, abstract_when(abstract_unlock(0), 1, SIM_RESULT_OK));
	}
	expect_classes(4);
}
END_TEST

/* Thread 2's timed lock comes before thread 1's section, after it, or into it: then it times out. */
START_TEST(timed_lock)
{
	start_all(2);
	add(1, abstract_lock(0, 0));
	add(1, abstract_unlock(0));
	add(2, abstract_timed(abstract_lock(0, 1)));
	add(2, abstract_when(abstract_unlock(0), 1, SIM_RESULT_OK));
	expect_classes(3);
}
END_TEST

/* A question whether the lock is taken: before, inside or after the other's section. Two who ask do not disturb each
 * other: 3 * 3. */
START_TEST(is_locked)
{
	start_all(3);
	add(1, abstract_lock(0, 0));
	add(1, abstract_unlock(0));
	add(2, abstract_is_locked(0, 1));
	add(3, abstract_is_locked(0, 1));
	expect_classes(9);
}
END_TEST

/* ---- conditions ------------------------------------------------------------------------------------------------- */

/*
 * N waiters count themselves in cell 0 under the lock, and wait. Main, under the lock, notifies k if all are
 * counted. Each of the N! orders of the waiters has main after j of them: for each j < N one class; for j = N as
 * many as there are choices of k waiters, times the k! orders in which they take the lock again: N! (N + C(N, k)
 * k!). For all: k = N.
 */
START_TEST(notify_chooses_in_every_way)
{
	static const struct {
		int n;
		uint64_t k, after; /* after = C(n, k) k! */
	} sizes[] = {{1, 1, 1}, {2, 0, 1}, {2, 1, 2}, {2, 2, 2}, {2, SIM_NOTIFY_ALL, 2}, {3, 1, 3}, {3, 2, 6}, {3, 7, 6}};
	int n = sizes[_i].n;
	search_stage_setup();
	start_all(n);
	add(0, abstract_lock(0, 0));
	add(0, abstract_read(0, 1));
	add(0, abstract_when(abstract_notify(0, sizes[_i].k, 0), 1, (uint64_t)n));
	add(0, abstract_unlock(0));
	for (int t = 1; t <= n; t++) {
		add(t, abstract_lock(0, 0));
		add(t, abstract_read(0, 1));
		add(t, abstract_write(0, 1, 1));
		add(t, abstract_wait(0, 0, 0));
		add(t, abstract_unlock(0));
	}
	expect_classes(factorial((uint64_t)n) * ((uint64_t)n + sizes[_i].after));
}
END_TEST

/* A waiter without a predicate. Waits first: woken. Notified first: lost. The lock decides the order: 2 classes, one a
 * lost wakeup. */
START_TEST(lost_wakeup)
{
	start_all(2);
	add(1, abstract_lock(0, 0));
	add(1, abstract_wait(0, 0, 0));
	add(1, abstract_unlock(0));
	add(2, abstract_lock(0, 0));
	add(2, abstract_notify(0, 1, 0));
	add(2, abstract_unlock(0));
	struct search search = explore();
	ck_assert_uint_eq(search.classes, 2);
	ck_assert_int_eq(search.n_findings, 1);
	ck_assert_int_eq(search.findings[0].diagnosis.deadlock, CAUSE_LOST_WAKEUP);
}
END_TEST

/* Notified without the lock: the notify comes before the wait, or after it; it does not meet the lock: 2 classes. */
START_TEST(notify_without_the_lock)
{
	start_all(2);
	add(1, abstract_lock(0, 0));
	add(1, abstract_wait(0, 0, 0));
	add(1, abstract_unlock(0));
	add(2, abstract_notify(0, 1, 0));
	expect_classes(2);
}
END_TEST

/* A notify that names its lock, without holding it, is refused whoever waits: it has one way for the two waiters. It
 * follows the lock's events, by the answer alone: it may come among the 4 that every execution has (both sections up
 * to the wait), in 5 places for each of the 2 orders of the waiters. */
START_TEST(refused_notify)
{
	start_all(3);
	for (int t = 1; t <= 2; t++) {
		add(t, abstract_lock(0, 0));
		add(t, abstract_wait(0, 0, 0));
	}
	add(3, abstract_notify_holding(0, 1, 0, 1));
	expect_classes(2 * 5);
}
END_TEST

/*
 * A timed wait W: lock, wait, [timeout,] wake, unlock; N: lock, notify, unlock. N's section first: W times out, 1. W
 * first: N notifies it, 1; or it times out before the notify and takes the lock again before or after N's section,
 * 2.
 */
START_TEST(timed_wait)
{
	start_all(2);
	add(1, abstract_lock(0, 0));
	add(1, abstract_timed(abstract_wait(0, 0, 1)));
	add(1, abstract_unlock(0));
	add(2, abstract_lock(0, 0));
	add(2, abstract_notify(0, 1, 0));
	add(2, abstract_unlock(0));
	expect_classes(4);
}
END_TEST

static void add_timed_waits(bool with_one_lock)
{
	start_all(2);
	for (int t = 1; t <= 2; t++) {
		int lock = with_one_lock ? 0 : t;
		add(t, abstract_lock(lock, 0));
		add(t, abstract_timed(abstract_wait(0, lock, 0)));
		add(t, abstract_unlock(lock));
	}
}

/* Two timed waits on one condition, nobody notifies. Each thread holds the lock twice, before its wait and after: 4!/(2!2!) = 6
 * orders. The timeouts have none. */
START_TEST(timeouts_are_independent)
{
	add_timed_waits(true);
	expect_classes(6);
}
END_TEST

/* The same under locks of their own, which must not happen at the same time: either has left before the other comes, or
 * comes while it waits, 2 classes for each who comes first. */
START_TEST(waits_with_different_locks)
{
	add_timed_waits(false);
	expect_classes(4);
}
END_TEST

static void add_buffer_side(int t, uint64_t wants, uint64_t leaves)
{
	add(t, abstract_lock(0, 0));
	uint16_t again = abstract_add(&program, t, abstract_read(0, 1));
	add(t, abstract_unless(abstract_wait(0, 0, 0), 1, wants));
	add(t, abstract_unless(abstract_jump(again), 1, wants));
	add(t, abstract_write(0, leaves, 0));
	add(t, abstract_notify(0, 1, 0));
	add(t, abstract_unlock(0));
}

/*
 * A buffer for one item, `while (not what I want) wait`, one producer and one consumer of n items each. The class is
 * the order of the lock's sections. Put 1 comes first or after a wait of the consumer: 2 ways. From then on the two
 * sides alternate, and between any section and the next of the other side, the side that has just acted may try once
 * more and wait, if it has items left. While one side waits, only the other can act.
 *
 * a(i, j): classes after i puts and j gets, nobody waiting. Full (i = j + 1): the consumer gets, a(i, j + 1); or the
 * producer, if i < n, waits first; the consumer's get then notifies it, and producer and consumer are free again:
 * both woken and other compete for the lock as before, a(i, j + 1). So a(i, j) = 2 a(i, j + 1) if i < n, else a(i, j
 * + 1). Empty (i = j): likewise 2 a(i + 1, j) if i < n. a(n, n) = 1. Puts 1 .. n and gets 1 .. n - 1 double: 2^(2n -
 * 1).
 */
START_TEST(buffer_of_one)
{
	search_stage_setup();
	start_all(2);
	for (int i = 0; i < _i; i++) {
		add_buffer_side(1, 0, 1);
		add_buffer_side(2, 1, 0);
	}
	struct search search = explore();
	ck_assert_uint_eq(search.classes, power(2, 2 * _i - 1));
	ck_assert_int_eq(search.n_findings, 0);
}
END_TEST

/* ---- threads ---------------------------------------------------------------------------------------------------- */

/* Main joins three threads that do unrelated things: one class. */
START_TEST(joins)
{
	start_all(3);
	for (int t = 1; t <= 3; t++) {
		add(t, abstract_store(t, 1));
		add(0, abstract_join(t, 0));
	}
	expect_classes(1);
}
END_TEST

/* A thread of two events and a main that asks whether it lives. Any event may have been the last, so that each is
 * told from the question (semantics.c): 3 classes, 3 executions. */
START_TEST(is_alive)
{
	start_all(1);
	add(0, abstract_is_alive(1, 1));
	add(1, abstract_store(0, 1));
	add(1, abstract_store(0, 2));
	expect(3, 3);
}
END_TEST

/* A timed join may give up before the thread ends: 2 classes. */
START_TEST(timed_join)
{
	start_all(1);
	add(0, abstract_timed(abstract_join(1, 1)));
	add(1, abstract_store(0, 1));
	expect(2, 2);
}
END_TEST

/* Main ends the program at once: after 0, 1 or 2 events of the thread. */
START_TEST(exit_cuts_off)
{
	add(0, abstract_start(1));
	add(0, abstract_exit(false));
	add(1, abstract_store(0, 1));
	add(1, abstract_store(0, 2));
	struct search search = explore();
	ck_assert_uint_eq(search.executions, 3);
	ck_assert_uint_eq(search.classes, 3);
	ck_assert_int_eq(search.n_findings, 0);
}
END_TEST

/* Main waits for the threads that detain it; the others, here one of two events, are cut off at any point: 3
 * classes. */
START_TEST(exit_waits)
{
	add(0, abstract_start(1));
	add(0, abstract_start_loose(2));
	add(0, abstract_exit(true));
	add(1, abstract_store(0, 1));
	add(2, abstract_store(1, 1));
	add(2, abstract_store(1, 2));
	expect_classes(3);
}
END_TEST

/* Two threads choose among 2 and 3: 6 classes. Executions: 2 starts and one event each, 3 orders (S2 before c2). */
START_TEST(choices)
{
	start_all(2);
	add(1, abstract_choose(2, 1));
	add(2, abstract_choose(3, 1));
	expect(18, 6);
}
END_TEST

/* A thread started by a thread: paths, not numbers, are identities. T1: S2, add; T2: add. S1 S2 then 2 orders. */
START_TEST(nested_starts)
{
	add(0, abstract_start(1));
	add(1, abstract_start(2));
	add(1, abstract_fetch_add(0, 1, 0));
	add(2, abstract_fetch_add(0, 1, 0));
	expect(2, 2);
}
END_TEST

/* As many ways as a choice can tell apart: nothing wraps around. */
START_TEST(many_choices)
{
	verifies = false;
	add(0, abstract_choose(UINT16_MAX, 1));
	expect(UINT16_MAX, UINT16_MAX);
}
END_TEST

static void add_tests(TCase *tests)
{
	tcase_add_loop_test(tests, additions, 0, 9);
	tcase_add_test(tests, loads_are_independent);
	tcase_add_test(tests, one_store_among_loads);
	tcase_add_test(tests, disjoint_cells);
	tcase_add_test(tests, failed_compare_exchange_reads);
	tcase_add_test(tests, store_buffering);
	tcase_add_test(tests, control_dependence);
	tcase_add_loop_test(tests, locks, 1, 5);
	tcase_add_test(tests, two_locks_executions);
	tcase_add_test(tests, abba);
	tcase_add_test(tests, philosophers);
	tcase_add_test(tests, try_locks);
	tcase_add_test(tests, timed_lock);
	tcase_add_test(tests, is_locked);
	tcase_add_loop_test(tests, notify_chooses_in_every_way, 0, 8);
	tcase_add_test(tests, lost_wakeup);
	tcase_add_test(tests, notify_without_the_lock);
	tcase_add_test(tests, refused_notify);
	tcase_add_test(tests, timed_wait);
	tcase_add_test(tests, timeouts_are_independent);
	tcase_add_test(tests, waits_with_different_locks);
	tcase_add_loop_test(tests, buffer_of_one, 1, 4);
	tcase_add_test(tests, joins);
	tcase_add_test(tests, is_alive);
	tcase_add_test(tests, timed_join);
	tcase_add_test(tests, exit_cuts_off);
	tcase_add_test(tests, exit_waits);
	tcase_add_test(tests, choices);
	tcase_add_test(tests, nested_starts);
	tcase_add_test(tests, many_choices);
}

int main(void)
{
	Suite *suite = suite_create("counts");
	TCase *tests = tcase_create("counts");
	tcase_set_timeout(tests, 60);
	tcase_add_checked_fixture(tests, search_stage_setup, NULL);
	add_tests(tests);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
