/*
 * Queues: what their operations do, and dependence against brute force. In each of many states every two operations that
 * are enabled one after the other are executed in both orders; where the relation says that order does not matter, both
 * must be possible, with the same results and the same state. Events are made by hand here, without an execution.
 */
#include <check.h>
#include <string.h>

#include "queue.h"
#include "semantics_queue.h"

enum { N_THREADS = 3, KEY = 0x1000, MAX_HISTORY = 7 };

static struct undo undo;
static struct sim_objects objects;
static uint32_t queue;

static void setup(void)
{
	ck_assert_int_eq(undo_init(&undo, 1 << 22), 0);
	ck_assert_int_eq(object_init(&objects, 1024, &undo), 0);
	objects.n_threads = N_THREADS;
	for (int t = 0; t < N_THREADS; t++)
		objects.items[t].state = SIM_THREAD_ALIVE;
	queue = object_at(&objects, KEY, SIM_OBJECT_QUEUE);
}

static void teardown(void)
{
	object_release(&objects);
	undo_release(&undo);
}

/* ---- operations -------------------------------------------------------------------------------------------------- */

static struct sim_op make(enum sim_op_kind kind, enum sim_queue_rule rule, uint64_t room)
{
	return (struct sim_op){.kind = (uint8_t)kind, .object = queue, .rmw = (uint8_t)rule, .argument = room};
}

static struct sim_op timed(struct sim_op op)
{
	op.timed = true;
	return op;
}

static struct sim_op with(struct sim_op put, uint64_t item, int64_t priority)
{
	put.operand = (struct sim_wide){item, (uint64_t)priority};
	return put;
}

static bool is_enabled(const struct sim_op *op, int thread)
{
	return semantics_choices(op, thread, &objects);
}

static struct sim_event execute(struct sim_op op, int thread)
{
	struct sim_event event = {.op = op, .thread = (uint16_t)thread};
	ck_assert_uint_eq(semantics_choices(&op, thread, &objects), 1);
	semantics_apply(&event, 0, &objects);
	queue_apply(&event, &objects);
	return event;
}

/* ---- what they do ------------------------------------------------------------------------------------------------ */

static const struct {
	enum sim_queue_rule rule;
	uint64_t taken[4];
} orders[] = {
	{SIM_TAKE_FIRST, {1, 2, 3, 4}},
	{SIM_TAKE_LAST, {4, 3, 2, 1}},
	{SIM_TAKE_LOWEST, {3, 1, 4, 2}},
};

/* Items 1 to 4 with the priorities 0, 2, -1 and 0: of items of the same priority the one put first. */
START_TEST(order_of_items)
{
	static const int64_t priorities[] = {0, 2, -1, 0};
	enum sim_queue_rule rule = orders[_i].rule;
	for (uint64_t i = 0; i < 4; i++) {
		struct sim_event put = execute(with(make(SIM_OP_PUT, rule, 0), i + 1, priorities[i]), 0);
		ck_assert_uint_eq(put.turn, i);
	}
	for (uint32_t i = 0; i < 4; i++) {
		struct sim_event get = execute(make(SIM_OP_GET, rule, 0), 1);
		ck_assert_uint_eq(get.result.low, SIM_RESULT_OK);
		ck_assert_uint_eq(get.result.high, orders[_i].taken[i]);
		ck_assert_uint_eq(get.turn, i);
	}
}
END_TEST

START_TEST(empty_and_full)
{
	struct sim_op put = make(SIM_OP_PUT, SIM_TAKE_FIRST, 1), get = make(SIM_OP_GET, SIM_TAKE_FIRST, 1);
	struct sim_op try_put = make(SIM_OP_TRY_PUT, SIM_TAKE_FIRST, 1), try_get = make(SIM_OP_TRY_GET, SIM_TAKE_FIRST, 1);
	ck_assert(!is_enabled(&get, 0) && is_enabled(&put, 0));
	ck_assert_uint_eq(execute(try_get, 0).result.low, SIM_RESULT_BUSY);
	ck_assert_uint_eq(execute(timed(get), 0).result.low, SIM_RESULT_TIMEOUT);
	execute(put, 0);
	ck_assert(is_enabled(&get, 0) && !is_enabled(&put, 0));
	ck_assert_uint_eq(execute(try_put, 0).result.low, SIM_RESULT_BUSY);
	ck_assert_uint_eq(execute(timed(put), 0).result.low, SIM_RESULT_TIMEOUT);
	ck_assert_uint_eq(execute(make(SIM_OP_QUEUE_SIZE, SIM_TAKE_FIRST, 1), 0).result.low, 1);
	ck_assert_uint_eq(execute(try_get, 0).result.low, SIM_RESULT_OK);
	ck_assert_uint_eq(execute(make(SIM_OP_QUEUE_SIZE, SIM_TAKE_FIRST, 1), 0).result.low, 0);
}
END_TEST

START_TEST(tasks)
{
	struct sim_op put = make(SIM_OP_PUT, SIM_TAKE_FIRST, 0), done = make(SIM_OP_TASK_DONE, SIM_TAKE_FIRST, 0);
	struct sim_op join = make(SIM_OP_QUEUE_JOIN, SIM_TAKE_FIRST, 0);
	ck_assert(is_enabled(&join, 0));
	execute(put, 0);
	execute(put, 0);
	execute(make(SIM_OP_GET, SIM_TAKE_FIRST, 0), 0);
	ck_assert_uint_eq(execute(done, 0).result.low, SIM_RESULT_OK);
	ck_assert(!is_enabled(&join, 0));
	ck_assert_uint_eq(execute(timed(join), 0).result.low, SIM_RESULT_TIMEOUT);
	ck_assert_uint_eq(execute(done, 0).result.low, SIM_RESULT_OK);
	ck_assert_uint_eq(execute(join, 0).result.low, SIM_RESULT_OK);
	ck_assert_uint_eq(execute(done, 0).result.low, SIM_RESULT_BUSY);
	ck_assert(is_enabled(&join, 0));
}
END_TEST

/* All of it is undone. */
START_TEST(going_back)
{
	undo_mark mark = undo_now(&undo);
	struct sim_object before = objects.items[queue];
	for (int i = 0; i < 4; i++)
		execute(with(make(SIM_OP_PUT, SIM_TAKE_LOWEST, 0), 1, -i), 0);
	execute(make(SIM_OP_GET, SIM_TAKE_LOWEST, 0), 0);
	execute(make(SIM_OP_TASK_DONE, SIM_TAKE_LOWEST, 0), 0);
	undo_restore(&undo, mark);
	ck_assert_mem_eq(&objects.items[queue], &before, sizeof before);
	for (uint32_t i = SIM_MAX_THREADS; i < objects.n; i++)
		ck_assert(object_is_pristine(&objects.items[i]));
}
END_TEST

/* ---- brute force ------------------------------------------------------------------------------------------------- */

/* All that later operations can tell: what the queue holds in the order of leaving it, and what is unfinished. */
struct contents {
	uint64_t items[MAX_HISTORY + 2];
	uint32_t n_items, n_unfinished;
};

static struct contents look(enum sim_queue_rule rule)
{
	undo_mark mark = undo_now(&undo);
	struct contents contents = {.n_unfinished = objects.items[queue].queue.n_unfinished};
	for (struct sim_op get = make(SIM_OP_GET, rule, 0); is_enabled(&get, 0);)
		contents.items[contents.n_items++] = execute(get, 0).result.high;
	undo_restore(&undo, mark);
	return contents;
}

static bool is_same_result(const struct sim_event *a, const struct sim_event *b)
{
	return a->result.low == b->result.low && a->result.high == b->result.high;
}

/* Executes the two one after the other and goes back. Returns whether both were enabled. */
static bool try_both(struct sim_op one, int one_thread, struct sim_op two, int two_thread, struct sim_event events[2],
                     struct contents *after)
{
	undo_mark mark = undo_now(&undo);
	bool is_possible = is_enabled(&one, one_thread);
	if (is_possible) {
		events[0] = execute(one, one_thread);
		is_possible = is_enabled(&two, two_thread);
	}
	if (is_possible) {
		events[1] = execute(two, two_thread);
		*after = look((enum sim_queue_rule)one.rmw);
	}
	undo_restore(&undo, mark);
	return is_possible;
}

/* How many pairs were looked at, and how often the relation says more than it has to. */
static int n_pairs, n_coarse;

static void compare_orders(struct sim_op first, struct sim_op second)
{
	struct sim_event ahead[2], behind[2];
	struct contents after_ahead, after_behind;
	if (!try_both(first, 1, second, 2, ahead, &after_ahead))
		return;
	bool commute = try_both(second, 2, first, 1, behind, &after_behind) && is_same_result(&ahead[0], &behind[1]) &&
	               is_same_result(&ahead[1], &behind[0]) && !memcmp(&after_ahead, &after_behind, sizeof after_ahead);
	bool depend = dependent(&ahead[0], &ahead[1]);
	ck_assert_msg(depend || commute, "%s and %s are independent, but order matters", op_name(&first), op_name(&second));
	n_pairs++;
	n_coarse += depend && commute;
}

static const struct {
	enum sim_op_kind kind;
	bool timed;
	int64_t priority;
} kinds[] = {
	{SIM_OP_PUT, false, 0},     {SIM_OP_PUT, false, 1},      {SIM_OP_PUT, true, 0},       {SIM_OP_TRY_PUT, false, 0},
	{SIM_OP_GET, false, 0},     {SIM_OP_GET, true, 0},       {SIM_OP_TRY_GET, false, 0},  {SIM_OP_QUEUE_SIZE, false, 0},
	{SIM_OP_TASK_DONE, false, 0}, {SIM_OP_QUEUE_JOIN, false, 0}, {SIM_OP_QUEUE_JOIN, true, 0},
};

enum { N_KINDS = sizeof kinds / sizeof *kinds };

static struct sim_op make_kind(int i, enum sim_queue_rule rule, uint64_t room, uint64_t item)
{
	struct sim_op op = with(make(kinds[i].kind, rule, room), item, kinds[i].priority);
	op.timed = kinds[i].timed;
	return op;
}

/* After each history of puts (of both priorities), gets and ends of tasks of at most that length. */
static void compare_after_histories(enum sim_queue_rule rule, uint64_t room, int length)
{
	static const int steps[] = {0, 1, 4, 8};
	for (int i = 0; i < N_KINDS; i++)
		for (int j = 0; j < N_KINDS; j++)
			compare_orders(make_kind(i, rule, room, 100), make_kind(j, rule, room, 200));
	for (int s = 0; s < 4 && length; s++) {
		struct sim_op op = make_kind(steps[s], rule, room, (uint64_t)length);
		undo_mark mark = undo_now(&undo);
		if (!is_enabled(&op, 0))
			continue;
		execute(op, 0);
		compare_after_histories(rule, room, length - 1);
		undo_restore(&undo, mark);
	}
}

static const struct {
	enum sim_queue_rule rule;
	uint64_t room;
} queues[] = {
	{SIM_TAKE_FIRST, 0},  {SIM_TAKE_FIRST, 1}, {SIM_TAKE_FIRST, 2},  {SIM_TAKE_LAST, 0},
	{SIM_TAKE_LAST, 2},   {SIM_TAKE_LOWEST, 0}, {SIM_TAKE_LOWEST, 2},
};

START_TEST(order_of_independent_operations)
{
	n_pairs = 0;
	compare_after_histories(queues[_i].rule, queues[_i].room, 4);
	ck_assert_int_gt(n_pairs, 1000);
}
END_TEST

/* A put and a get that wait, of a queue that takes the first, depend on each other in two cases exactly: the get takes the
 * item of the put, the put fills the place that the get made free. */
START_TEST(put_and_get_exactly)
{
	for (uint64_t room = 0; room < 4; room++) {
		struct sim_op put = make(SIM_OP_PUT, SIM_TAKE_FIRST, room), get = make(SIM_OP_GET, SIM_TAKE_FIRST, room);
		undo_mark mark = undo_now(&undo);
		for (int i = 0; i < MAX_HISTORY; i++) {
			n_pairs = n_coarse = 0;
			compare_orders(put, get);
			compare_orders(get, put);
			ck_assert_int_ge(n_pairs, 1);
			ck_assert_int_eq(n_coarse, 0);
			bool gets = (i & 2 && is_enabled(&get, 0)) || !is_enabled(&put, 0);
			execute(gets ? get : put, 0);
		}
		undo_restore(&undo, mark);
	}
}
END_TEST

/* The thing that a get is about to others is not the thing that a put is, but for operations that may fail. */
START_TEST(uses)
{
	struct sim_op ops[] = {
		make(SIM_OP_GET, SIM_TAKE_FIRST, 1),      make(SIM_OP_PUT, SIM_TAKE_FIRST, 1),
		make(SIM_OP_TRY_GET, SIM_TAKE_FIRST, 1),  make(SIM_OP_TRY_PUT, SIM_TAKE_FIRST, 1),
		make(SIM_OP_TRY_PUT, SIM_TAKE_FIRST, 0),  make(SIM_OP_GET, SIM_TAKE_LAST, 0),
		make(SIM_OP_TASK_DONE, SIM_TAKE_LAST, 0), make(SIM_OP_QUEUE_SIZE, SIM_TAKE_LAST, 0),
	};
	static const struct sim_use expected[] = {
		{KEY, 1, SIM_MODE_WRITE}, {KEY + 1, 2, SIM_MODE_WRITE}, {KEY, 2, SIM_MODE_WRITE},     {KEY, 3, SIM_MODE_WRITE},
		{KEY + 1, 2, SIM_MODE_WRITE}, {KEY, 2, SIM_MODE_WRITE}, {KEY + 2, 1, SIM_MODE_WRITE}, {KEY, 2, SIM_MODE_READ},
	};
	for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
		struct sim_use use = semantics_queue_use(&ops[i], &objects);
		ck_assert_uint_eq(use.key, expected[i].key);
		ck_assert_uint_eq(use.size, expected[i].size);
		ck_assert_uint_eq(use.mode, expected[i].mode);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("queue");
	TCase *tests = tcase_create("queue");
	tcase_set_timeout(tests, 60);
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_loop_test(tests, order_of_items, 0, (int)(sizeof orders / sizeof *orders));
	tcase_add_test(tests, empty_and_full);
	tcase_add_test(tests, tasks);
	tcase_add_test(tests, going_back);
	tcase_add_loop_test(tests, order_of_independent_operations, 0, (int)(sizeof queues / sizeof *queues));
	tcase_add_test(tests, put_and_get_exactly);
	tcase_add_test(tests, uses);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
