/*
 * Pipes, eventfds and calls: what their operations mean; which of them depend on each other; and that those which are
 * independent commute, by executing each pair of them in both orders from each of several states.
 */
#include <check.h>
#include <limits.h>
#include <string.h>

#include "semantics.h"

enum { CAPACITY = 65536 };

static struct undo undo;
static struct sim_objects objects;
static uint32_t pipe, counter, file;

static void setup(void)
{
	ck_assert_int_eq(undo_init(&undo, 1 << 20), 0);
	ck_assert_int_eq(object_init(&objects, 1024, &undo), 0);
	objects.n_threads = 3;
	for (int t = 0; t < 3; t++)
		objects.items[t].state = SIM_THREAD_ALIVE;
	pipe = object_at(&objects, 0x1000, SIM_OBJECT_PIPE);
	counter = object_at(&objects, 0x2000, SIM_OBJECT_COUNTER);
	file = object_at(&objects, 0x3000, SIM_OBJECT_FILE);
}

static void teardown(void)
{
	object_release(&objects);
	undo_release(&undo);
}

static struct sim_op on_pipe(enum sim_op_kind kind, uint64_t n)
{
	return (struct sim_op){.kind = (uint8_t)kind, .object = pipe, .argument = n};
}

static struct sim_op hold(enum sim_pipe_end end, int more)
{
	struct sim_op op = on_pipe(SIM_OP_PIPE_HOLD, end);
	op.operand.low = (uint64_t)(int64_t)more;
	return op;
}

/* An eventfd that was 1 at first. */
static struct sim_op on_counter(enum sim_op_kind kind, uint64_t n)
{
	return (struct sim_op){.kind = (uint8_t)kind, .object = counter, .argument = 1, .operand.low = n,
	                       .order = kind == SIM_OP_COUNTER_ADD ? SIM_MODE_GIVE : 0};
}

static struct sim_op without_waiting(struct sim_op op)
{
	op.rmw = 1;
	return op;
}

static bool is_enabled(struct sim_op op)
{
	return semantics_choices(&op, 1, &objects);
}

static struct sim_event execute(struct sim_op op, int thread)
{
	struct sim_event event = {.op = op, .thread = (uint16_t)thread};
	ck_assert_uint_eq(semantics_choices(&op, thread, &objects), 1);
	semantics_apply(&event, 0, &objects);
	return event;
}

static void expect(struct sim_op op, uint64_t status, uint64_t number)
{
	struct sim_event event = execute(op, 1);
	ck_assert_uint_eq(event.result.low, status);
	ck_assert_uint_eq(event.result.high, number);
}

/* ---- meaning ---------------------------------------------------------------------------------------------------- */

START_TEST(read_takes_what_there_is)
{
	ck_assert(object_is_pristine(&objects.items[pipe]));
	ck_assert(!is_enabled(on_pipe(SIM_OP_PIPE_READ, 10)));
	expect(without_waiting(on_pipe(SIM_OP_PIPE_READ, 10)), SIM_RESULT_BUSY, 0);
	expect(on_pipe(SIM_OP_PIPE_READ, 0), SIM_RESULT_OK, 0);
	expect(on_pipe(SIM_OP_PIPE_WRITE, 5), SIM_RESULT_OK, 5);
	expect(on_pipe(SIM_OP_PIPE_READ, 3), SIM_RESULT_OK, 3);
	expect(on_pipe(SIM_OP_PIPE_READ, 10), SIM_RESULT_OK, 2);
	ck_assert(object_is_pristine(&objects.items[pipe]));
}
END_TEST

/* 10 bytes of room are left: PIPE_BUF bytes have to wait, one more than that go in as far as they can. */
START_TEST(small_writes_go_in_as_a_whole)
{
	expect(on_pipe(SIM_OP_PIPE_WRITE, CAPACITY - 10), SIM_RESULT_OK, CAPACITY - 10);
	ck_assert(!is_enabled(on_pipe(SIM_OP_PIPE_WRITE, PIPE_BUF)));
	expect(without_waiting(on_pipe(SIM_OP_PIPE_WRITE, PIPE_BUF)), SIM_RESULT_BUSY, 0);
	expect(on_pipe(SIM_OP_PIPE_WRITE, PIPE_BUF + 1), SIM_RESULT_OK, 10);
	ck_assert(!is_enabled(on_pipe(SIM_OP_PIPE_WRITE, PIPE_BUF + 1)));
	ck_assert(!is_enabled(on_pipe(SIM_OP_PIPE_WRITE, 1)));
	expect(on_pipe(SIM_OP_PIPE_READ, 1), SIM_RESULT_OK, 1);
	expect(on_pipe(SIM_OP_PIPE_WRITE, 1), SIM_RESULT_OK, 1);
}
END_TEST

START_TEST(end_comes_when_nobody_can_write)
{
	expect(hold(SIM_PIPE_WRITER, 1), SIM_RESULT_OK, 0);
	expect(on_pipe(SIM_OP_PIPE_WRITE, 1), SIM_RESULT_OK, 1);
	expect(hold(SIM_PIPE_WRITER, -1), SIM_RESULT_OK, 0);
	expect(on_pipe(SIM_OP_PIPE_READ, 9), SIM_RESULT_OK, 1);
	ck_assert(!is_enabled(on_pipe(SIM_OP_PIPE_READ, 9)));
	expect(hold(SIM_PIPE_WRITER, -1), SIM_RESULT_OK, 0);
	expect(on_pipe(SIM_OP_PIPE_READ, 9), SIM_RESULT_OK, 0);
}
END_TEST

START_TEST(write_is_refused_when_nobody_can_read)
{
	expect(on_pipe(SIM_OP_PIPE_WRITE, CAPACITY), SIM_RESULT_OK, CAPACITY);
	ck_assert(!is_enabled(on_pipe(SIM_OP_PIPE_WRITE, 1)));
	expect(hold(SIM_PIPE_READER, -1), SIM_RESULT_OK, 0);
	expect(on_pipe(SIM_OP_PIPE_WRITE, 1), SIM_RESULT_REFUSED, 0);
}
END_TEST

/* The greatest value is UINT64_MAX - 1 (eventfd(2)). */
START_TEST(counter_is_taken_as_a_whole_or_by_one)
{
	struct sim_op by_one = on_counter(SIM_OP_COUNTER_TAKE, 0);
	by_one.order = 1;
	expect(on_counter(SIM_OP_COUNTER_ADD, 4), SIM_RESULT_OK, 0);
	expect(by_one, SIM_RESULT_OK, 1);
	expect(on_counter(SIM_OP_COUNTER_TAKE, 0), SIM_RESULT_OK, 4);
	ck_assert(!is_enabled(on_counter(SIM_OP_COUNTER_TAKE, 0)) && !is_enabled(by_one));
	expect(without_waiting(by_one), SIM_RESULT_BUSY, 0);
	expect(on_counter(SIM_OP_COUNTER_ADD, UINT64_MAX - 1), SIM_RESULT_OK, 0);
	ck_assert(!is_enabled(on_counter(SIM_OP_COUNTER_ADD, 1)));
	expect(without_waiting(on_counter(SIM_OP_COUNTER_ADD, 1)), SIM_RESULT_BUSY, 0);
	expect(on_counter(SIM_OP_COUNTER_TAKE, 0), SIM_RESULT_OK, UINT64_MAX - 1);
}
END_TEST

/* ---- calls ------------------------------------------------------------------------------------------------------ */

static struct sim_event called(enum sim_mode mode, uint64_t key, uint64_t n, enum sim_mode range_mode, int thread)
{
	return execute((struct sim_op){.kind = SIM_OP_CALL, .object = file, .order = (uint8_t)mode, .expected = {key, n},
	                               .fail_order = (uint8_t)range_mode}, thread);
}

/* Writes at different places of a file, which may make it longer, commute; not with looks at its size, or reads
 * there. */
START_TEST(calls_depend_by_object_and_range)
{
	struct sim_event write_1 = called(SIM_MODE_GIVE, 100, 10, SIM_MODE_WRITE, 1);
	struct sim_event write_2 = called(SIM_MODE_GIVE, 110, 10, SIM_MODE_WRITE, 2);
	struct sim_event write_across = called(SIM_MODE_GIVE, 109, 2, SIM_MODE_WRITE, 2);
	struct sim_event size = called(SIM_MODE_READ, 0, 0, SIM_MODE_NONE, 2);
	struct sim_event size_too = called(SIM_MODE_READ, 0, 0, SIM_MODE_NONE, 1);
	struct sim_event read_1 = called(SIM_MODE_NONE, 109, 1, SIM_MODE_READ, 2);
	struct sim_event read_2 = called(SIM_MODE_NONE, 109, 5, SIM_MODE_READ, 1);
	ck_assert(!dependent(&write_1, &write_2) && !dependent(&write_2, &write_1));
	ck_assert(dependent(&write_1, &write_across) && dependent(&write_across, &write_1));
	ck_assert(dependent(&write_1, &size) && dependent(&size, &write_1) && !dependent(&size, &size_too));
	ck_assert(dependent(&write_1, &read_1) && dependent(&read_1, &write_1) && !dependent(&read_1, &read_2));
	ck_assert(!dependent(&read_1, &size_too));
}
END_TEST

/* ---- commutation ------------------------------------------------------------------------------------------------ */

enum { N_STATES = 6, N_OPS = 12 };

/* Of the pipe: empty, with 2 bytes, full, with an end closed; the eventfd is 0, or 3. */
static void make_state(int state)
{
	static const struct sim_pipe_counts pipes[N_STATES] = {
		{0}, {.n_bytes = 2}, {.n_bytes = CAPACITY}, {.n_bytes = 1, .n_more = {0, -1}}, {.n_more = {-1, 0}}, {0}};
	objects.items[pipe].pipe = pipes[state];
	objects.items[counter].count = state % 2 ? 2 : -1;
}

static void make_ops(struct sim_op ops[N_OPS])
{
	struct sim_op by_one = on_counter(SIM_OP_COUNTER_TAKE, 0);
	by_one.order = 1;
	const struct sim_op all[N_OPS] = {
		on_pipe(SIM_OP_PIPE_READ, 1), on_pipe(SIM_OP_PIPE_READ, 5), without_waiting(on_pipe(SIM_OP_PIPE_READ, 2)),
		on_pipe(SIM_OP_PIPE_WRITE, 1), without_waiting(on_pipe(SIM_OP_PIPE_WRITE, 2)), on_pipe(SIM_OP_PIPE_WRITE, 5000),
		hold(SIM_PIPE_READER, -1), hold(SIM_PIPE_WRITER, 1), on_counter(SIM_OP_COUNTER_TAKE, 0), by_one,
		on_counter(SIM_OP_COUNTER_ADD, 1), on_counter(SIM_OP_COUNTER_ADD, 2)};
	memcpy(ops, all, sizeof all);
}

/* What two operations, in that order, come to. */
struct both {
	bool possible, dependent;
	struct sim_wide first, second;
	struct sim_pipe_counts pipe;
	int64_t count;
};

static struct both execute_both(int state, const struct sim_op *first, const struct sim_op *second)
{
	struct both both = {0};
	make_state(state);
	if (!semantics_choices(first, 1, &objects))
		return both;
	struct sim_event one = execute(*first, 1);
	if (!semantics_choices(second, 2, &objects))
		return both;
	struct sim_event two = execute(*second, 2);
	both = (struct both){.possible = true, .dependent = dependent(&one, &two), .first = one.result, .second = two.result,
	                     .count = objects.items[counter].count};
	both.pipe = objects.items[pipe].pipe;
	return both;
}

static bool is_same(struct sim_wide a, struct sim_wide b)
{
	return a.low == b.low && a.high == b.high;
}

START_TEST(independent_events_commute)
{
	struct sim_op ops[N_OPS];
	int n_independent = 0;
	make_ops(ops);
	for (int state = 0; state < N_STATES; state++)
		for (int i = 0; i < N_OPS; i++)
			for (int j = 0; j < N_OPS; j++) {
				struct both ab = execute_both(state, &ops[i], &ops[j]), ba = execute_both(state, &ops[j], &ops[i]);
				if (!ab.possible || ab.dependent)
					continue;
				n_independent++;
				ck_assert_msg(ba.possible && !ba.dependent && is_same(ab.first, ba.second) &&
				                      is_same(ab.second, ba.first) && ab.count == ba.count &&
				                      memcmp(&ab.pipe, &ba.pipe, sizeof ab.pipe) == 0,
				              "state %d, operations %d and %d", state, i, j);
			}
	/*
	 * The two additions with each other and themselves: 4 in each state. One operation of the pipe and one of the
	 * eventfd, in two orders: of the pipe 6, 8, 6, 8, 6, 6 are enabled (without bytes no waiting read; without room no
	 * waiting write; with an end closed neither waits: the reads in state 3, the writes in state 4); of the eventfd 2
	 * where it is 0, 4 where it is 3, in every other state.
	 */
	ck_assert_int_eq(n_independent, 6 * 4 + 2 * (6 * 2 + 8 * 4 + 6 * 2 + 8 * 4 + 6 * 2 + 6 * 4));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("pipe");
	TCase *tests = tcase_create("pipe");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, read_takes_what_there_is);
	tcase_add_test(tests, small_writes_go_in_as_a_whole);
	tcase_add_test(tests, end_comes_when_nobody_can_write);
	tcase_add_test(tests, write_is_refused_when_nobody_can_read);
	tcase_add_test(tests, counter_is_taken_as_a_whole_or_by_one);
	tcase_add_test(tests, calls_depend_by_object_and_range);
	tcase_add_test(tests, independent_events_commute);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
