/*
 * What each operation means: in how many ways it may happen, what it does, what it answers, what it uses; and that
 * all of it is undone. Events are made by hand here, without an execution.
 */
#include <check.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "semantics.h"

enum { N_THREADS = 6, SITE = 77, POSITION = 5 };

static struct undo undo;
static struct sim_objects objects;
static uint32_t lock, other_lock, condition;
static _Alignas(16) unsigned char memory[32];

static void setup(void)
{
	ck_assert_int_eq(undo_init(&undo, 1 << 22), 0);
	ck_assert_int_eq(object_init(&objects, 1024, &undo), 0);
	objects.n_threads = N_THREADS;
	for (int t = 0; t < N_THREADS; t++)
		objects.items[t].state = SIM_THREAD_ALIVE;
	lock = object_at(&objects, 0x1000, SIM_OBJECT_LOCK);
	other_lock = object_at(&objects, 0x1001, SIM_OBJECT_LOCK);
	condition = object_at(&objects, 0x2000, SIM_OBJECT_CONDITION);
	memset(memory, 0, sizeof memory);
}

static void teardown(void)
{
	object_release(&objects);
	undo_release(&undo);
}

static unsigned choices(struct sim_op op, int thread)
{
	return semantics_choices(&op, thread, &objects);
}

/* Executes an enabled operation. */
static struct sim_event execute_as(struct sim_op op, int thread, unsigned choice)
{
	op.site = SITE;
	ck_assert_uint_lt(choice, choices(op, thread));
	struct sim_event event = {.op = op, .thread = (uint16_t)thread, .choice = (uint16_t)choice};
	semantics_apply(&event, POSITION, &objects);
	if (op_is_memory(&op))
		memory_apply(&event, &undo);
	return event;
}

static struct sim_event execute(struct sim_op op, int thread)
{
	return execute_as(op, thread, 0);
}

static struct sim_op on(enum sim_op_kind kind, uint32_t object)
{
	return (struct sim_op){.kind = (uint8_t)kind, .object = object};
}

static struct sim_op timed(struct sim_op op)
{
	op.timed = true;
	return op;
}

static struct sim_op wait_on(uint32_t with)
{
	struct sim_op op = on(SIM_OP_WAIT, condition);
	op.second = with;
	return op;
}

static struct sim_op wake_of(uint32_t with)
{
	struct sim_op op = wait_on(with);
	op.kind = SIM_OP_WAKE;
	return op;
}

static struct sim_op notify(uint64_t n)
{
	struct sim_op op = on(SIM_OP_NOTIFY, condition);
	op.argument = n;
	return op;
}

static void expect_use(const struct sim_event *event, int i, uint64_t key, enum sim_mode mode)
{
	ck_assert_uint_eq(event->uses[i].key, key);
	ck_assert_uint_eq(event->uses[i].size, 1);
	ck_assert_int_eq(event->uses[i].mode, mode);
}

static void expect_no_use(const struct sim_event *event, int i)
{
	ck_assert_int_eq(event->uses[i].mode, SIM_MODE_NONE);
}

/* Puts threads 1..n to wait at the condition. */
static void put_to_wait(int n)
{
	for (int t = 1; t <= n; t++) {
		execute(on(SIM_OP_LOCK, lock), t);
		execute(wait_on(lock), t);
	}
}

/* ---- locks ------------------------------------------------------------------------------------------------------ */

START_TEST(lock_waits_for_its_release)
{
	struct sim_op take = on(SIM_OP_LOCK, lock);
	ck_assert_uint_eq(choices(take, 1), 1);
	struct sim_event event = execute(take, 1);
	ck_assert_uint_eq(event.result.low, SIM_RESULT_OK);
	expect_use(&event, 0, 0x1000, SIM_MODE_WRITE);
	expect_no_use(&event, 1);
	ck_assert_int_eq(objects.items[lock].owner, 1);
	ck_assert_uint_eq(objects.items[lock].owned_since, POSITION);
	ck_assert_uint_eq(objects.items[lock].owner_site, SITE);
	ck_assert_uint_eq(choices(take, 2), 0);
	ck_assert_uint_eq(choices(take, 1), 0); /* not re-entrant: that is done above this layer */
	ck_assert_uint_eq(choices(on(SIM_OP_LOCK, other_lock), 2), 1);
	event = execute(on(SIM_OP_UNLOCK, lock), 1);
	ck_assert_uint_eq(event.result.low, SIM_RESULT_OK);
	expect_use(&event, 0, 0x1000, SIM_MODE_WRITE);
	ck_assert_int_eq(objects.items[lock].owner, SIM_NOBODY);
	ck_assert_uint_eq(choices(take, 2), 1);
}
END_TEST

START_TEST(unlock_by_another_and_of_a_free_lock)
{
	execute(on(SIM_OP_LOCK, lock), 1);
	ck_assert_uint_eq(execute(on(SIM_OP_UNLOCK, lock), 2).result.low, SIM_RESULT_OK);
	ck_assert_int_eq(objects.items[lock].owner, SIM_NOBODY);
	ck_assert_uint_eq(execute(on(SIM_OP_UNLOCK, lock), 1).result.low, SIM_RESULT_BUSY);
}
END_TEST

START_TEST(try_lock_answers)
{
	struct sim_event event = execute(on(SIM_OP_TRY_LOCK, lock), 1);
	ck_assert_uint_eq(event.result.low, SIM_RESULT_OK);
	ck_assert_int_eq(objects.items[lock].owner, 1);
	ck_assert_uint_eq(choices(on(SIM_OP_TRY_LOCK, lock), 2), 1);
	event = execute(on(SIM_OP_TRY_LOCK, lock), 2);
	ck_assert_uint_eq(event.result.low, SIM_RESULT_BUSY);
	expect_use(&event, 0, 0x1000, SIM_MODE_WRITE);
	ck_assert_int_eq(objects.items[lock].owner, 1);
}
END_TEST

/* Time semantics `any`: a timed lock may always happen; it times out exactly while it could not succeed. */
START_TEST(timed_lock)
{
	struct sim_op take = timed(on(SIM_OP_LOCK, lock));
	ck_assert_uint_eq(execute(take, 1).result.low, SIM_RESULT_OK);
	ck_assert_uint_eq(choices(take, 2), 1);
	struct sim_event event = execute(take, 2);
	ck_assert_uint_eq(event.result.low, SIM_RESULT_TIMEOUT);
	ck_assert_int_eq(objects.items[lock].owner, 1);
	expect_use(&event, 0, 0x1000, SIM_MODE_WRITE);
	ck_assert_uint_eq(execute(take, 1).result.low, SIM_RESULT_TIMEOUT);
}
END_TEST

START_TEST(is_locked)
{
	struct sim_event event = execute(on(SIM_OP_IS_LOCKED, lock), 1);
	ck_assert_uint_eq(event.result.low, 0);
	expect_use(&event, 0, 0x1000, SIM_MODE_READ);
	execute(on(SIM_OP_LOCK, lock), 2);
	ck_assert_uint_eq(execute(on(SIM_OP_IS_LOCKED, lock), 1).result.low, 1);
}
END_TEST

/* ---- conditions ------------------------------------------------------------------------------------------------- */

START_TEST(wait_and_wake)
{
	execute(on(SIM_OP_LOCK, lock), 1);
	struct sim_event event = execute(wait_on(lock), 1);
	ck_assert_uint_eq(event.result.low, SIM_RESULT_OK);
	expect_use(&event, 0, 0x2000, SIM_MODE_READ);
	expect_use(&event, 1, 0x1000, SIM_MODE_WRITE);
	ck_assert(event.special);
	ck_assert(thread_set_has(&objects.items[condition].waiting, 1));
	ck_assert_int_eq(objects.items[lock].owner, SIM_NOBODY);
	ck_assert_uint_eq(choices(wake_of(lock), 1), 0);

	event = execute(notify(1), 2);
	ck_assert_uint_eq(event.result.low, 1);
	ck_assert(thread_set_has(&event.wakes, 1));
	expect_use(&event, 0, 0x2000, SIM_MODE_WRITE);
	ck_assert_int_eq(thread_set_count(&objects.items[condition].waiting), 0);

	execute(on(SIM_OP_LOCK, lock), 2);
	ck_assert_uint_eq(choices(wake_of(lock), 1), 0);
	execute(on(SIM_OP_UNLOCK, lock), 2);
	ck_assert_uint_eq(choices(wake_of(lock), 1), 1);
	event = execute(wake_of(lock), 1);
	ck_assert_uint_eq(event.result.low, SIM_RESULT_OK);
	ck_assert(!event.again);
	expect_use(&event, 0, 0x1000, SIM_MODE_WRITE);
	expect_no_use(&event, 1);
	ck_assert(thread_set_has(&event.wakes, 1));
	ck_assert_int_eq(objects.items[lock].owner, 1);
	ck_assert_uint_eq(objects.items[lock].owner_site, SITE);
	ck_assert_uint_eq(objects.items[1].flags & (SIM_THREAD_WOKEN | SIM_THREAD_TIMED_OUT), 0);
}
END_TEST

/* A wait by a thread that does not hold the lock does nothing: whether it is free or another's. */
START_TEST(wait_without_the_lock)
{
	ck_assert_uint_eq(execute(wait_on(lock), 1).result.low, SIM_RESULT_BUSY);
	execute(on(SIM_OP_LOCK, lock), 2);
	struct sim_event event = execute(wait_on(lock), 1);
	ck_assert_uint_eq(event.result.low, SIM_RESULT_BUSY);
	expect_use(&event, 1, 0x1000, SIM_MODE_WRITE);
	ck_assert_int_eq(objects.items[lock].owner, 2);
	ck_assert_int_eq(thread_set_count(&objects.items[condition].waiting), 0);
}
END_TEST

/* A timed wait: leaves the queue by a timeout, then takes the lock like anyone; a notify finds it gone. */
START_TEST(timed_wait_times_out)
{
	put_to_wait(1);
	struct sim_op wake = timed(wake_of(lock));
	execute(on(SIM_OP_LOCK, lock), 2);
	ck_assert_uint_eq(choices(wake, 1), 1); /* the timeout needs no lock */
	struct sim_event event = execute(wake, 1);
	ck_assert(event.again);
	ck_assert_uint_eq(event.result.low, SIM_RESULT_TIMEOUT);
	expect_use(&event, 0, 0x2000, SIM_MODE_READ);
	expect_no_use(&event, 1);
	ck_assert_int_eq(thread_set_count(&event.wakes), 0);
	ck_assert_uint_eq(execute(notify(1), 2).result.low, 0);
	ck_assert_uint_eq(choices(wake, 1), 0);
	execute(on(SIM_OP_UNLOCK, lock), 2);
	event = execute(wake, 1);
	ck_assert(!event.again);
	ck_assert_uint_eq(event.result.low, SIM_RESULT_TIMEOUT);
	ck_assert_int_eq(thread_set_count(&event.wakes), 0);
	ck_assert_int_eq(objects.items[lock].owner, 1);
	ck_assert_uint_eq(objects.items[1].flags, 0);
}
END_TEST

/* Once notified, a timed wait cannot time out any more: it only waits for the lock. */
START_TEST(timed_wait_is_notified)
{
	put_to_wait(1);
	struct sim_op wake = timed(wake_of(lock));
	execute(notify(1), 2);
	execute(on(SIM_OP_LOCK, lock), 2);
	ck_assert_uint_eq(choices(wake, 1), 0);
	execute(on(SIM_OP_UNLOCK, lock), 2);
	ck_assert_uint_eq(execute(wake, 1).result.low, SIM_RESULT_OK);
}
END_TEST

/* Another wait of the same thread begins anew. */
START_TEST(waits_again)
{
	put_to_wait(1);
	execute(notify(1), 2);
	execute(wake_of(lock), 1);
	execute(wait_on(lock), 1);
	ck_assert_uint_eq(choices(wake_of(lock), 1), 0);
	ck_assert_uint_eq(execute(notify(SIM_NOTIFY_ALL), 2).result.low, 1);
	ck_assert_uint_eq(choices(wake_of(lock), 1), 1);
}
END_TEST

START_TEST(notify_finds_nobody)
{
	ck_assert_uint_eq(choices(notify(1), 1), 1);
	struct sim_event event = execute(notify(1), 1);
	ck_assert_uint_eq(event.result.low, 0);
	expect_use(&event, 0, 0x2000, SIM_MODE_WRITE);
	ck_assert_uint_eq(execute(notify(SIM_NOTIFY_ALL), 1).result.low, 0);
}
END_TEST

/* Of k waiters n are chosen: C(k, n) different sets of n, each once; all of them if there are no more. */
START_TEST(notify_chooses_every_subset)
{
	static const unsigned binomial[6][6] = {
		{1}, {1, 1}, {1, 2, 1}, {1, 3, 3, 1}, {1, 4, 6, 4, 1}, {1, 5, 10, 10, 5, 1}};
	for (int k = 0; k <= 5; k++) {
		undo_mark before = undo_now(&undo);
		put_to_wait(k);
		for (unsigned n = 0; n <= 7; n++) {
			unsigned expected = n > (unsigned)k ? 1 : binomial[k][n];
			bool seen[64] = {false};
			ck_assert_uint_eq(choices(notify(n), 0), expected);
			for (unsigned choice = 0; choice < expected; choice++) {
				undo_mark mark = undo_now(&undo);
				struct sim_event event = execute_as(notify(n), 0, choice);
				unsigned woken = n < (unsigned)k ? n : (unsigned)k;
				ck_assert_uint_eq(event.result.low, woken);
				ck_assert_int_eq(thread_set_count(&event.wakes), (int)woken);
				ck_assert_int_eq(thread_set_count(&objects.items[condition].waiting), k - (int)woken);
				ck_assert(!seen[event.wakes.bits[0]]);
				seen[event.wakes.bits[0]] = true;
				for (int t = 1; t <= k; t++)
					ck_assert_int_eq(!!(objects.items[t].flags & SIM_THREAD_WOKEN), thread_set_has(&event.wakes, t));
				undo_restore(&undo, mark);
			}
		}
		undo_restore(&undo, before);
	}
}
END_TEST

/* Waiters beyond the first word of a set; and more subsets than a choice can tell apart: as many as it can. */
START_TEST(many_waiters)
{
	objects.n_threads = SIM_MAX_THREADS;
	struct sim_object *at = object_touch(&objects, condition);
	for (int t = 20; t < SIM_MAX_THREADS; t++)
		thread_set_add(&at->waiting, t);
	ck_assert_uint_eq(choices(notify(1), 0), 108);
	struct sim_event event = execute_as(notify(1), 0, 107);
	ck_assert(thread_set_has(&event.wakes, 127));
	event = execute_as(notify(1), 0, 44);
	ck_assert(thread_set_has(&event.wakes, 64));
	ck_assert_uint_eq(choices(notify(2), 0), 106 * 105 / 2);
	ck_assert_uint_eq(choices(notify(50), 0), UINT16_MAX);
	event = execute_as(notify(50), 0, UINT16_MAX - 1);
	ck_assert_int_eq(thread_set_count(&event.wakes), 50);
}
END_TEST

START_TEST(notify_that_names_a_lock)
{
	struct sim_op op = notify(1);
	op.second = lock;
	put_to_wait(3);
	ck_assert_uint_eq(choices(op, 0), 1);
	struct sim_event event = execute(op, 0);
	ck_assert(event.result.low == SIM_RESULT_REFUSED);
	expect_use(&event, 1, 0x1000, SIM_MODE_READ);
	ck_assert_int_eq(thread_set_count(&objects.items[condition].waiting), 3);
	execute(on(SIM_OP_LOCK, lock), 4);
	ck_assert_uint_eq(choices(op, 0), 1);
	ck_assert_uint_eq(choices(op, 4), 3);
	event = execute_as(op, 4, 2);
	ck_assert_uint_eq(event.result.low, 1);
	expect_use(&event, 1, 0x1000, SIM_MODE_READ);
}
END_TEST

/* ---- threads ---------------------------------------------------------------------------------------------------- */

START_TEST(start)
{
	objects.items[3].state = SIM_THREAD_UNBORN;
	struct sim_op op = on(SIM_OP_START, 3);
	ck_assert_uint_eq(choices(op, 0), 1);
	struct sim_event event = execute(op, 0);
	ck_assert(event.starts && event.special);
	ck_assert_uint_eq(event.started, 3);
	ck_assert_int_eq(objects.items[3].state, SIM_THREAD_ALIVE);
	ck_assert_uint_eq(objects.items[3].flags, 0);
	expect_no_use(&event, 0);
	objects.items[4].state = SIM_THREAD_UNBORN;
	op = (struct sim_op){.kind = SIM_OP_START, .object = 4, .argument = 1, .address = 0x3000};
	event = execute(op, 0);
	ck_assert_uint_eq(objects.items[4].flags, SIM_THREAD_DETAINS);
	expect_use(&event, 0, 0x3000, SIM_MODE_WRITE); /* its handle */
}
END_TEST

START_TEST(join_and_is_alive)
{
	ck_assert_uint_eq(choices(on(SIM_OP_JOIN, 2), 1), 0);
	struct sim_event event = execute(on(SIM_OP_IS_ALIVE, 2), 1);
	ck_assert_uint_eq(event.result.low, 1);
	ck_assert(event.watches_end && event.special);
	ck_assert_uint_eq(event.target, 2);
	semantics_end(2, false, &objects);
	ck_assert_uint_eq(execute(on(SIM_OP_IS_ALIVE, 2), 1).result.low, 0);
	event = execute(on(SIM_OP_JOIN, 2), 1);
	ck_assert_uint_eq(event.result.low, SIM_RESULT_OK);
	ck_assert(event.watches_end && event.special);
	expect_no_use(&event, 0);
}
END_TEST

/* Main counts until it has returned, though its thread still has to end the program; whoever joins it can go on then. */
START_TEST(enumerate_and_return_of_main)
{
	struct sim_event event = execute(on(SIM_OP_ENUMERATE, 0), 1);
	ck_assert(event.watches_all && event.special);
	uint64_t alive = event.result.low;
	ck_assert_uint_eq(alive & 7, 7);
	ck_assert_uint_eq(event.result.high, 0);
	semantics_end(2, false, &objects);
	ck_assert_uint_eq(execute(on(SIM_OP_ENUMERATE, 0), 1).result.low, alive & ~UINT64_C(4));
	ck_assert_uint_eq(choices(on(SIM_OP_JOIN, 0), 1), 0);
	object_touch(&objects, 0)->flags |= SIM_THREAD_RETURNED;
	ck_assert_uint_eq(execute(on(SIM_OP_ENUMERATE, 0), 1).result.low, alive & ~UINT64_C(5));
	ck_assert_uint_eq(execute(on(SIM_OP_IS_ALIVE, 0), 1).result.low, 0);
	ck_assert_uint_eq(execute(on(SIM_OP_JOIN, 0), 1).result.low, SIM_RESULT_OK);
}
END_TEST

START_TEST(timed_join)
{
	ck_assert_uint_eq(execute(timed(on(SIM_OP_JOIN, 2)), 1).result.low, SIM_RESULT_TIMEOUT);
	semantics_end(2, false, &objects);
	ck_assert_uint_eq(execute(timed(on(SIM_OP_JOIN, 2)), 1).result.low, SIM_RESULT_OK);
}
END_TEST

/* A thread that an incident stopped never ends: whoever joins it waits for good, and it is not alive. */
START_TEST(failed_thread)
{
	semantics_end(2, true, &objects);
	ck_assert_int_eq(objects.items[2].state, SIM_THREAD_FAILED);
	ck_assert_uint_eq(choices(on(SIM_OP_JOIN, 2), 1), 0);
	ck_assert_uint_eq(execute(timed(on(SIM_OP_JOIN, 2)), 1).result.low, SIM_RESULT_TIMEOUT);
	ck_assert_uint_eq(execute(on(SIM_OP_IS_ALIVE, 2), 1).result.low, 0);
}
END_TEST

/* exit(): at once. The end of main of a program with sim_ threads: after those that detain it, its own thread
 * excepted. */
START_TEST(program_ends)
{
	struct sim_op at_once = on(SIM_OP_EXIT, 0), waits = at_once;
	waits.argument = 1;
	objects.items[0].flags = SIM_THREAD_DETAINS;
	ck_assert_uint_eq(choices(waits, 0), 1);
	objects.items[2].flags = objects.items[3].flags = SIM_THREAD_DETAINS;
	ck_assert_uint_eq(choices(waits, 0), 0);
	ck_assert_uint_eq(choices(at_once, 0), 1);
	semantics_end(2, false, &objects);
	ck_assert_uint_eq(choices(waits, 0), 0);
	semantics_end(3, true, &objects);
	ck_assert_uint_eq(choices(waits, 0), 1);
	struct sim_event event = execute(waits, 0);
	ck_assert(event.final && event.special);
	ck_assert(semantics_exited(&objects));
}
END_TEST

/* ---- the rest --------------------------------------------------------------------------------------------------- */

START_TEST(choose_and_sleep)
{
	struct sim_op op = {.kind = SIM_OP_CHOOSE, .argument = 4};
	ck_assert_uint_eq(choices(op, 1), 4);
	for (unsigned choice = 0; choice < 4; choice++) {
		struct sim_event event = execute_as(op, 1, choice);
		ck_assert_uint_eq(event.result.low, choice);
		expect_no_use(&event, 0);
		ck_assert(!event.special);
	}
	struct sim_event event = execute(on(SIM_OP_SLEEP, 0), 1);
	expect_no_use(&event, 0);
	ck_assert(!event.special);
}
END_TEST

START_TEST(no_operation)
{
	ck_assert_uint_eq(choices(on(SIM_OP_NONE, 0), 1), 0);
}
END_TEST

/* ---- objects and undoing ---------------------------------------------------------------------------------------- */

static struct sim_op any_op(void)
{
	struct sim_op op = {.kind = (uint8_t)(1 + rand() % (SIM_OP_N_KINDS - 1)), .timed = rand() % 2, .size = 8,
	                    .rmw = (uint8_t)(rand() % 7), .argument = (uint64_t)(rand() % 3)};
	op.operand.low = (uint64_t)rand() % 3;
	op.expected.low = (uint64_t)rand() % 3;
	op.address = (uintptr_t)memory + 8;
	if (op.kind == SIM_OP_WAIT || op.kind == SIM_OP_WAKE || op.kind == SIM_OP_NOTIFY) {
		op.object = condition;
		op.second = rand() % 2 ? lock : other_lock;
	} else if (op.kind >= SIM_OP_LOCK && op.kind <= SIM_OP_IS_LOCKED) {
		op.object = rand() % 2 ? lock : other_lock;
	} else {
		op.object = 1 + (uint32_t)rand() % (N_THREADS - 1);
	}
	return op;
}

/* Whatever is executed, in any state: afterwards every object and byte is what it was. */
START_TEST(everything_is_undone)
{
	static struct sim_object copies[SIM_MAX_THREADS + 8];
	unsigned n_executed[SIM_OP_N_KINDS] = {0};
	unsigned char bytes[sizeof memory];
	srand(1);
	for (int round = 0; round < 400; round++) {
		undo_mark mark = undo_now(&undo);
		memcpy(copies, objects.items, sizeof copies);
		memcpy(bytes, memory, sizeof memory);
		for (int i = 0; i < 20; i++) {
			struct sim_op op = any_op();
			int thread = rand() % N_THREADS;
			unsigned n = choices(op, thread);
			if (!n)
				continue;
			execute_as(op, thread, (unsigned)rand() % n);
			n_executed[op.kind]++;
			if (rand() % 10 == 0)
				semantics_end(rand() % N_THREADS, rand() % 2, &objects);
		}
		if (round % 3 == 0)
			continue; /* goes on from the new state */
		undo_restore(&undo, mark);
		ck_assert_mem_eq(copies, objects.items, sizeof copies);
		ck_assert_mem_eq(bytes, memory, sizeof memory);
	}
	for (int kind = SIM_OP_NONE + 1; kind < SIM_OP_N_KINDS; kind++)
		ck_assert_msg(n_executed[kind] > 10, "operation %d: %u times", kind, n_executed[kind]);
}
END_TEST

START_TEST(objects_are_found_again)
{
	uint32_t indices[500];
	for (uint32_t i = 0; i < 500; i++)
		indices[i] = object_at(&objects, 0x10000 + 64 * i, SIM_OBJECT_ATOMIC);
	for (uint32_t i = 0; i < 500; i++) {
		ck_assert_uint_eq(object_at(&objects, 0x10000 + 64 * i, SIM_OBJECT_ATOMIC), indices[i]);
		ck_assert_uint_eq(objects.items[indices[i]].key, 0x10000 + 64 * i);
		ck_assert(object_is_pristine(&objects.items[indices[i]]));
	}
	/* A lock and an atomic location at one address are two things. */
	ck_assert_uint_ne(object_at(&objects, 0x10000, SIM_OBJECT_LOCK), indices[0]);
}
END_TEST

START_TEST(object_states_go_back_objects_stay)
{
	undo_mark mark = undo_now(&undo);
	uint32_t index = object_at(&objects, 0x9999, SIM_OBJECT_LOCK);
	execute(on(SIM_OP_LOCK, index), 1);
	ck_assert(!object_is_pristine(&objects.items[index]));
	undo_restore(&undo, mark);
	ck_assert(object_is_pristine(&objects.items[index]));
	ck_assert_uint_eq(object_at(&objects, 0x9999, SIM_OBJECT_LOCK), index);
}
END_TEST

START_TEST(too_many_objects)
{
	for (uint64_t key = 1 << 20;; key++)
		object_at(&objects, key, SIM_OBJECT_ATOMIC);
}
END_TEST

START_TEST(thread_sets)
{
	struct sim_thread_set set = {0};
	static const int members[] = {0, 5, 63, 64, 100, 127};
	for (int i = 0; i < 6; i++)
		thread_set_add(&set, members[i]);
	ck_assert_int_eq(thread_set_count(&set), 6);
	for (int i = 0; i < 6; i++)
		ck_assert_int_eq(thread_set_nth(&set, i), members[i]);
	ck_assert_int_eq(thread_set_nth(&set, 6), SIM_NOBODY);
	thread_set_remove(&set, 63);
	ck_assert(!thread_set_has(&set, 63) && thread_set_has(&set, 64));
	ck_assert_int_eq(thread_set_nth(&set, 2), 64);
}
END_TEST

/* Every kind has a verb, and those told apart by more than their kind have several. */
START_TEST(names)
{
	for (int kind = 0; kind < SIM_OP_N_KINDS; kind++) {
		struct sim_op op = {.kind = (uint8_t)kind};
		ck_assert_ptr_nonnull(op_name(&op));
		ck_assert_int_gt((int)strlen(op_name(&op)), 0);
	}
	for (int rmw = SIM_RMW_EXCHANGE; rmw <= SIM_RMW_NAND; rmw++) {
		struct sim_op op = {.kind = SIM_OP_ATOMIC_RMW, .rmw = (uint8_t)rmw};
		ck_assert_ptr_nonnull(op_name(&op));
	}
	struct sim_op all = notify(SIM_NOTIFY_ALL), one = notify(1);
	struct sim_op take = on(SIM_OP_LOCK, lock), take_for = timed(take);
	ck_assert_str_eq(op_name(&all), "notify-all");
	ck_assert_str_eq(op_name(&one), "notify");
	ck_assert_str_eq(op_name(&take), "acquire");
	ck_assert_str_eq(op_name(&take_for), "acquire-for");
}
END_TEST

static TCase *cases_of_operations(void)
{
	TCase *tests = tcase_create("operations");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, lock_waits_for_its_release);
	tcase_add_test(tests, unlock_by_another_and_of_a_free_lock);
	tcase_add_test(tests, try_lock_answers);
	tcase_add_test(tests, timed_lock);
	tcase_add_test(tests, is_locked);
	tcase_add_test(tests, wait_and_wake);
	tcase_add_test(tests, wait_without_the_lock);
	tcase_add_test(tests, timed_wait_times_out);
	tcase_add_test(tests, timed_wait_is_notified);
	tcase_add_test(tests, waits_again);
	tcase_add_test(tests, notify_finds_nobody);
	tcase_add_test(tests, notify_chooses_every_subset);
	tcase_add_test(tests, many_waiters);
	tcase_add_test(tests, notify_that_names_a_lock);
	tcase_add_test(tests, start);
	tcase_add_test(tests, join_and_is_alive);
	tcase_add_test(tests, enumerate_and_return_of_main);
	tcase_add_test(tests, timed_join);
	tcase_add_test(tests, failed_thread);
	tcase_add_test(tests, program_ends);
	tcase_add_test(tests, choose_and_sleep);
	tcase_add_test(tests, no_operation);
	return tests;
}

static TCase *cases_of_objects(void)
{
	TCase *tests = tcase_create("objects");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, everything_is_undone);
	tcase_add_test(tests, objects_are_found_again);
	tcase_add_test(tests, object_states_go_back_objects_stay);
	tcase_add_test_raise_signal(tests, too_many_objects, SIGABRT);
	tcase_add_test(tests, thread_sets);
	tcase_add_test(tests, names);
	return tests;
}

int main(void)
{
	Suite *suite = suite_create("semantics");
	suite_add_tcase(suite, cases_of_operations());
	suite_add_tcase(suite, cases_of_objects());
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
