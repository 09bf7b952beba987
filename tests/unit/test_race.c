/*
 * Data races: which accesses race, edge by edge and byte by byte. Each test is a short story of two or three threads; the
 * comparison with the definition on random stories is in test_race_reference.c.
 */
#include <check.h>
#include <string.h>

#include "memory.h"
#include "race.h"

enum { T0, T1, T2, T3, N_THREADS = 40, SIZE = 256 };

static struct undo undo;
static struct sim_objects objects;
static struct race race;
static uint32_t lock, other_lock, condition;
static _Alignas(64) unsigned char memory[SIZE];
static uint64_t flag, flag2; /* atomic, not watched: their accesses never race */

static void setup(void)
{
	memset(&race, 0, sizeof race);
	memset(memory, 0, sizeof memory);
	flag = flag2 = 0;
	ck_assert_int_eq(undo_init(&undo, 1 << 24), 0);
	ck_assert_int_eq(object_init(&objects, 1024, &undo), 0);
	objects.n_threads = N_THREADS;
	for (int t = 0; t < N_THREADS; t++)
		objects.items[t].state = SIM_THREAD_ALIVE;
	ck_assert_int_eq(race_init(&race, &objects, &undo), 0);
	ck_assert_int_eq(race_watch(&race, (uintptr_t)memory, SIZE), 0);
	race_begin(&race);
	for (int t = 1; t < N_THREADS; t++)
		race.clock[t].at[t] = 1;
	lock = object_at(&objects, 0x1000, SIM_OBJECT_LOCK);
	other_lock = object_at(&objects, 0x1001, SIM_OBJECT_LOCK);
	condition = object_at(&objects, 0x2000, SIM_OBJECT_CONDITION);
}

static void teardown(void)
{
	race_release(&race);
	object_release(&objects);
	undo_release(&undo);
}

static struct sim_event execute(int thread, struct sim_op op)
{
	struct sim_event event = {.op = op, .thread = (uint16_t)thread};
	ck_assert_uint_gt(semantics_choices(&op, thread, &objects), 0);
	semantics_apply(&event, 0, &objects);
	if (op_is_memory(&op))
		memory_apply(&event, &undo);
	race_on_event(&race, &event);
	return event;
}

static struct sim_event on(int thread, enum sim_op_kind kind, uint32_t object)
{
	return execute(thread, (struct sim_op){.kind = (uint8_t)kind, .object = object});
}

static struct sim_op atomic(enum sim_op_kind kind, uint64_t *at, enum sim_order order)
{
	return (struct sim_op){.kind = (uint8_t)kind, .size = 8, .order = (uint8_t)order, .fail_order = (uint8_t)order,
	                       .address = (uintptr_t)at, .object = object_at(&objects, (uintptr_t)at, SIM_OBJECT_ATOMIC)};
}

static void store(int thread, uint64_t *at, enum sim_order order)
{
	execute(thread, atomic(SIM_OP_ATOMIC_STORE, at, order));
}

static void load(int thread, uint64_t *at, enum sim_order order)
{
	execute(thread, atomic(SIM_OP_ATOMIC_LOAD, at, order));
}

static void exchange(int thread, uint64_t *at, enum sim_order order)
{
	execute(thread, atomic(SIM_OP_ATOMIC_RMW, at, order));
}

static void touch(int thread, int type, size_t offset, size_t size)
{
	race_on_access(&race, thread, (uintptr_t)memory + offset, size, type, 0);
}

/* A plain write, and a plain read, of the first 8 bytes. */
static void write8(int thread)
{
	touch(thread, RACE_WRITE, 0, 8);
}

static void read8(int thread)
{
	touch(thread, RACE_READ, 0, 8);
}

static void expect_races(int n)
{
	ck_assert_int_eq(race.n_found, n);
	race_forget(&race);
}

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

/* Fences: a release fence before a relaxed store, an acquire fence after a relaxed load; each alone with a strong partner. */
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
	expect_unordered();
}
END_TEST

static void add_tests_of_edges(TCase *tests)
{
	tcase_add_test(tests, conflicts);
	tcase_add_test(tests, one_thread_does_not_race);
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
	tcase_add_test(tests, atomic_against_plain);
}

static void add_tests_of_memory(TCase *tests)
{
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
	tcase_add_checked_fixture(tests, setup, teardown);
	add_tests_of_edges(tests);
	add_tests_of_memory(tests);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
