/*
 * Semaphores and events, the public ones: what their operations mean; and that those which are independent commute, by
 * executing each pair of them in both orders from each of several states.
 */
#include <check.h>
#include <string.h>

#include "semantics.h"

enum { N_THREADS = 3 };

static struct undo undo;
static struct sim_objects objects;
static uint32_t semaphore, flag;

static void setup(void)
{
	ck_assert_int_eq(undo_init(&undo, 1 << 20), 0);
	ck_assert_int_eq(object_init(&objects, 1024, &undo), 0);
	objects.n_threads = N_THREADS;
	for (int t = 0; t < N_THREADS; t++)
		objects.items[t].state = SIM_THREAD_ALIVE;
	semaphore = object_at(&objects, 0x1000, SIM_OBJECT_SEMAPHORE);
	flag = object_at(&objects, 0x2000, SIM_OBJECT_EVENT);
}

static void teardown(void)
{
	object_release(&objects);
	undo_release(&undo);
}

static struct sim_op on_semaphore(enum sim_op_kind kind, uint64_t initial, uint64_t n)
{
	return (struct sim_op){.kind = (uint8_t)kind, .object = semaphore, .argument = initial, .operand.low = n};
}

static struct sim_op on_flag(enum sim_op_kind kind)
{
	return (struct sim_op){.kind = (uint8_t)kind, .object = flag};
}

static struct sim_op timed(struct sim_op op)
{
	op.timed = true;
	return op;
}

static struct sim_event execute(struct sim_op op, int thread)
{
	struct sim_event event = {.op = op, .thread = (uint16_t)thread};
	ck_assert_uint_eq(semantics_choices(&op, thread, &objects), 1);
	semantics_apply(&event, 0, &objects);
	return event;
}

static uint64_t result_of(struct sim_op op)
{
	return execute(op, 1).result.low;
}

static bool is_enabled(struct sim_op op)
{
	return semantics_choices(&op, 1, &objects);
}

/* ---- meaning ---------------------------------------------------------------------------------------------------- */

START_TEST(value_begins_with_what_the_operation_says)
{
	struct sim_op take = on_semaphore(SIM_OP_SEM_ACQUIRE, 2, 0);
	ck_assert(object_is_pristine(&objects.items[semaphore]));
	ck_assert_uint_eq(result_of(take), SIM_RESULT_OK);
	ck_assert_uint_eq(result_of(take), SIM_RESULT_OK);
	ck_assert(!is_enabled(take));
	ck_assert_uint_eq(result_of(timed(take)), SIM_RESULT_TIMEOUT);
	ck_assert_uint_eq(result_of(on_semaphore(SIM_OP_SEM_TRY_ACQUIRE, 2, 0)), SIM_RESULT_BUSY);
	ck_assert_int_eq(objects.items[semaphore].count, -2); /* failing takes nothing */
	ck_assert_uint_eq(result_of(on_semaphore(SIM_OP_SEM_RELEASE, 2, 1)), SIM_RESULT_OK);
	ck_assert_uint_eq(result_of(timed(take)), SIM_RESULT_OK);
}
END_TEST

/* The value has no limit: the greatest release twice, and twice that much is there. */
START_TEST(releases_add_up)
{
	ck_assert_uint_eq(result_of(on_semaphore(SIM_OP_SEM_RELEASE, 0, INT32_MAX)), SIM_RESULT_OK);
	ck_assert_uint_eq(result_of(on_semaphore(SIM_OP_SEM_RELEASE, 0, INT32_MAX)), SIM_RESULT_OK);
	ck_assert_int_eq(objects.items[semaphore].count, 2 * (int64_t)INT32_MAX);
	ck_assert(is_enabled(on_semaphore(SIM_OP_SEM_ACQUIRE, 0, 0)));
}
END_TEST

START_TEST(bounded_refuses_all_or_nothing)
{
	struct sim_op give = on_semaphore(SIM_OP_SEM_RELEASE_BOUNDED, 3, 2);
	ck_assert_uint_eq(result_of(give), SIM_RESULT_BUSY);
	result_of(on_semaphore(SIM_OP_SEM_ACQUIRE, 3, 0));
	ck_assert_uint_eq(result_of(give), SIM_RESULT_BUSY);
	ck_assert_int_eq(objects.items[semaphore].count, -1);
	result_of(on_semaphore(SIM_OP_SEM_ACQUIRE, 3, 0));
	ck_assert_uint_eq(result_of(give), SIM_RESULT_OK);
	ck_assert_int_eq(objects.items[semaphore].count, 0);
}
END_TEST

/* Two more than 3 may be there, and no third. */
START_TEST(bounded_above_the_first_value)
{
	struct sim_op give = on_semaphore(SIM_OP_SEM_RELEASE_BOUNDED, 3, 1);
	give.expected.low = 2;
	ck_assert_uint_eq(result_of(give), SIM_RESULT_OK);
	ck_assert_uint_eq(result_of(give), SIM_RESULT_OK);
	ck_assert_uint_eq(result_of(give), SIM_RESULT_BUSY);
	ck_assert_uint_eq(result_of(on_semaphore(SIM_OP_SEM_VALUE, 3, 0)), 5);
	ck_assert_int_eq(objects.items[semaphore].count, 2);
}
END_TEST

START_TEST(flag_is_set_until_cleared)
{
	struct sim_op await = on_flag(SIM_OP_EVENT_WAIT);
	ck_assert(!is_enabled(await));
	ck_assert_uint_eq(result_of(timed(await)), SIM_RESULT_TIMEOUT);
	ck_assert_uint_eq(result_of(on_flag(SIM_OP_EVENT_IS_SET)), 0);
	result_of(on_flag(SIM_OP_EVENT_SET));
	for (int i = 0; i < 2; i++) { /* a wait takes nothing away */
		ck_assert_uint_eq(result_of(await), SIM_RESULT_OK);
		ck_assert_uint_eq(result_of(timed(await)), SIM_RESULT_OK);
		ck_assert_uint_eq(result_of(on_flag(SIM_OP_EVENT_IS_SET)), 1);
	}
	result_of(on_flag(SIM_OP_EVENT_CLEAR));
	ck_assert(!is_enabled(await));
	ck_assert(object_is_pristine(&objects.items[flag]));
}
END_TEST

/* ---- commutation ------------------------------------------------------------------------------------------------ */

enum { N_STATES = 4, N_OPS = 12 };

/* A semaphore of 2 with 0 to 3 taken or given; the event set in every other. */
static void make_state(int state)
{
	objects.items[semaphore].count = state - 2;
	objects.items[flag].state = (uint32_t)state & 1;
}

static void make_ops(struct sim_op ops[N_OPS])
{
	struct sim_op take = on_semaphore(SIM_OP_SEM_ACQUIRE, 2, 0);
	const struct sim_op all[N_OPS] = {
		take, timed(take), on_semaphore(SIM_OP_SEM_TRY_ACQUIRE, 2, 0), on_semaphore(SIM_OP_SEM_RELEASE, 2, 1),
		on_semaphore(SIM_OP_SEM_RELEASE, 2, 2), on_semaphore(SIM_OP_SEM_RELEASE_BOUNDED, 2, 1), on_flag(SIM_OP_EVENT_SET),
		on_flag(SIM_OP_EVENT_CLEAR), on_flag(SIM_OP_EVENT_WAIT), timed(on_flag(SIM_OP_EVENT_WAIT)),
		on_flag(SIM_OP_EVENT_IS_SET), on_semaphore(SIM_OP_SEM_VALUE, 2, 0),
	};
	memcpy(ops, all, sizeof all);
}

/* What two operations, in that order, come to. */
struct both {
	bool possible;
	uint64_t result_first, result_second;
	int64_t count;
	uint32_t is_set;
	bool dependent;
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
	return (struct both){true, one.result.low, two.result.low, objects.items[semaphore].count, objects.items[flag].state,
	                     dependent(&one, &two)};
}

/* Whether the two orders cannot be told apart. */
static bool commute(int state, const struct sim_op *a, const struct sim_op *b, bool *independent)
{
	struct both ab = execute_both(state, a, b), ba = execute_both(state, b, a);
	*independent = ab.possible && !ab.dependent;
	return ab.possible == ba.possible && ab.result_first == ba.result_second && ab.result_second == ba.result_first &&
	       ab.count == ba.count && ab.is_set == ba.is_set && ab.dependent == ba.dependent;
}

/* Independent events commute in every state; and each operation commutes with itself where that is claimed. */
START_TEST(independent_events_commute)
{
	struct sim_op ops[N_OPS];
	int n_independent = 0;
	make_ops(ops);
	for (int state = 0; state < N_STATES; state++)
		for (int i = 0; i < N_OPS; i++)
			for (int j = 0; j < N_OPS; j++) {
				bool independent;
				bool same = commute(state, &ops[i], &ops[j], &independent);
				n_independent += independent;
				ck_assert_msg(!independent || same, "state %d, operations %d and %d", state, i, j);
			}
	/*
	 * Enabled pairs that are independent. On the semaphore: the two releases with each other and themselves, and
	 * the question with itself, 5 in each state. On the event: set with set 1, and the looks: of 3 all where it is set, of 2 where it is not: 9 or 4. One of
	 * either: on the semaphore 7 operations, 6 where nothing is left (state 0); on the event 5, 4 where it is not set
	 * (states 0 and 2), in 2 orders: 2 * 6 * 4, 2 * 7 * 5, 2 * 7 * 4, 2 * 7 * 5.
	 */
	ck_assert_int_eq(n_independent, 4 * 5 + 4 * 1 + 2 * 9 + 2 * 4 + 48 + 70 + 56 + 70);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("permits");
	TCase *tests = tcase_create("permits");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, value_begins_with_what_the_operation_says);
	tcase_add_test(tests, releases_add_up);
	tcase_add_test(tests, bounded_refuses_all_or_nothing);
	tcase_add_test(tests, bounded_above_the_first_value);
	tcase_add_test(tests, flag_is_set_until_cleared);
	tcase_add_test(tests, independent_events_commute);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
