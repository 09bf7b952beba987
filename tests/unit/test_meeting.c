/*
 * Read-write locks, barriers and what is done once: what their operations mean; and that those which are independent
 * commute, by executing each pair of them in both orders from every state that three threads can bring about.
 */
#include <check.h>
#include <string.h>

#include "semantics.h"

enum { N_THREADS = 3, PARTIES = 2 };

static struct undo undo;
static struct sim_objects objects;
static uint32_t lock, readers, barrier, once;

static void setup(void)
{
	ck_assert_int_eq(undo_init(&undo, 1 << 20), 0);
	ck_assert_int_eq(object_init(&objects, 1024, &undo), 0);
	objects.n_threads = N_THREADS;
	for (int t = 0; t < N_THREADS; t++)
		objects.items[t].state = SIM_THREAD_ALIVE;
	lock = object_at(&objects, 0x1000, SIM_OBJECT_RWLOCK);
	readers = object_at(&objects, 0x1001, SIM_OBJECT_READERS);
	barrier = object_at(&objects, 0x2000, SIM_OBJECT_BARRIER);
	once = object_at(&objects, 0x3000, SIM_OBJECT_ONCE);
}

static void teardown(void)
{
	object_release(&objects);
	undo_release(&undo);
}

static struct sim_op on_lock(enum sim_op_kind kind)
{
	return (struct sim_op){.kind = (uint8_t)kind, .object = lock, .second = readers};
}

/* Of a lock whose readers pass a writer that waits, and read again. */
static struct sim_op on_passed(enum sim_op_kind kind)
{
	struct sim_op op = on_lock(kind);
	op.argument = SIM_READERS_PASS | SIM_READS_AGAIN;
	return op;
}

static struct sim_op on_barrier(enum sim_op_kind kind, bool has_action)
{
	return (struct sim_op){.kind = (uint8_t)kind, .object = barrier, .argument = PARTIES, .operand.low = has_action};
}

static struct sim_op on_once(enum sim_op_kind kind)
{
	return (struct sim_op){.kind = (uint8_t)kind, .object = once};
}

static struct sim_op timed(struct sim_op op)
{
	op.timed = true;
	return op;
}

static bool is_enabled(struct sim_op op, int thread)
{
	return semantics_choices(&op, thread, &objects);
}

static struct sim_event execute(struct sim_op op, int thread)
{
	struct sim_event event = {.op = op, .thread = (uint16_t)thread};
	if (!is_enabled(op, thread)) /* an assertion that holds costs too much here */
		ck_abort_msg("%s is not enabled", op_name(&op));
	semantics_apply(&event, 0, &objects);
	return event;
}

static uint64_t result_of(struct sim_op op, int thread)
{
	return execute(op, thread).result.low;
}

/* ---- meaning ---------------------------------------------------------------------------------------------------- */

START_TEST(readers_together_writer_alone)
{
	ck_assert_uint_eq(result_of(on_lock(SIM_OP_READ_LOCK), 0), SIM_RESULT_OK);
	ck_assert_uint_eq(result_of(on_lock(SIM_OP_TRY_READ_LOCK), 1), SIM_RESULT_OK);
	ck_assert(!is_enabled(on_lock(SIM_OP_READ_LOCK), 0)); /* it reads already */
	ck_assert_uint_eq(result_of(on_lock(SIM_OP_TRY_READ_LOCK), 0), SIM_RESULT_BUSY);
	ck_assert_uint_eq(result_of(on_lock(SIM_OP_TRY_WRITE_LOCK), 2), SIM_RESULT_BUSY);
	ck_assert_uint_eq(result_of(on_lock(SIM_OP_CLAIM), 2), SIM_RESULT_OK);
	ck_assert(!is_enabled(on_lock(SIM_OP_WRITE_LOCK), 2));
	ck_assert_uint_eq(result_of(on_lock(SIM_OP_RW_UNLOCK), 0), SIM_RESULT_OK);
	ck_assert(!is_enabled(on_lock(SIM_OP_READ_LOCK), 0)); /* claimed */
	ck_assert_uint_eq(result_of(timed(on_lock(SIM_OP_READ_LOCK)), 0), SIM_RESULT_TIMEOUT);
	ck_assert(!is_enabled(on_lock(SIM_OP_WRITE_LOCK), 2));
	ck_assert_uint_eq(result_of(on_lock(SIM_OP_RW_UNLOCK), 1), SIM_RESULT_OK);
	ck_assert_uint_eq(result_of(on_lock(SIM_OP_WRITE_LOCK), 2), SIM_RESULT_OK);
	ck_assert_uint_eq(result_of(on_lock(SIM_OP_RW_UNLOCK), 0), SIM_RESULT_BUSY); /* holds nothing */
	ck_assert_uint_eq(result_of(on_lock(SIM_OP_RW_UNLOCK), 2), SIM_RESULT_OK);
	ck_assert(is_enabled(on_lock(SIM_OP_READ_LOCK), 0));
}
END_TEST

START_TEST(timeout_takes_the_claim_back)
{
	result_of(on_lock(SIM_OP_READ_LOCK), 0);
	result_of(on_lock(SIM_OP_CLAIM), 1);
	ck_assert(!is_enabled(on_lock(SIM_OP_CLAIM), 2));
	ck_assert_uint_eq(result_of(timed(on_lock(SIM_OP_WRITE_LOCK)), 1), SIM_RESULT_TIMEOUT);
	ck_assert(is_enabled(on_lock(SIM_OP_CLAIM), 2));
	ck_assert(is_enabled(on_lock(SIM_OP_READ_LOCK), 1));
}
END_TEST

/* Between a claim and what comes of it there is nothing but readers that leave. */
START_TEST(early_claim_holds_all_up)
{
	result_of(on_passed(SIM_OP_READ_LOCK), 0);
	result_of(on_passed(SIM_OP_READ_LOCK), 0);
	ck_assert(!is_enabled(on_passed(SIM_OP_WRITE_LOCK), 1)); /* without a claim: somebody reads */
	ck_assert_uint_eq(result_of(on_passed(SIM_OP_CLAIM), 1), SIM_RESULT_OK);
	ck_assert(!is_enabled(timed(on_passed(SIM_OP_READ_LOCK)), 2) && !is_enabled(timed(on_passed(SIM_OP_CLAIM)), 2));
	ck_assert(!is_enabled(on_passed(SIM_OP_TRY_READ_LOCK), 2) && !is_enabled(on_passed(SIM_OP_TRY_WRITE_LOCK), 2));
	ck_assert(!is_enabled(timed(on_passed(SIM_OP_WRITE_LOCK)), 2)); /* of virtual time */
	ck_assert(is_enabled(timed(on_passed(SIM_OP_WRITE_LOCK)), 1));
	ck_assert(!is_enabled(on_passed(SIM_OP_WRITE_LOCK), 1));
	result_of(on_passed(SIM_OP_RW_UNLOCK), 0);
	ck_assert(!is_enabled(on_passed(SIM_OP_TRY_READ_LOCK), 2));
	ck_assert_uint_eq(result_of(on_passed(SIM_OP_WRITE_LOCK), 1), SIM_RESULT_OK);
	ck_assert_uint_eq(result_of(on_passed(SIM_OP_TRY_READ_LOCK), 2), SIM_RESULT_BUSY);
	ck_assert_uint_eq(result_of(timed(on_passed(SIM_OP_WRITE_LOCK)), 2), SIM_RESULT_TIMEOUT);
	ck_assert_int_eq(objects.items[lock].owner, 1);
}
END_TEST

/* Who would not wait without the claim: readers, attempts, and writers whose time runs out. */
START_TEST(early_claim_voids)
{
	struct sim_op write = on_passed(SIM_OP_CLAIM), limited = timed(write), read = on_passed(SIM_OP_READ_LOCK);
	struct sim_op attempt = on_passed(SIM_OP_TRY_WRITE_LOCK);
	result_of(read, 0);
	ck_assert(!semantics_rwlock_voids(&read, 2, &objects));
	result_of(write, 1);
	ck_assert(semantics_rwlock_voids(&read, 2, &objects) && semantics_rwlock_voids(&attempt, 2, &objects));
	ck_assert(semantics_rwlock_voids(&limited, 2, &objects) && !semantics_rwlock_voids(&write, 2, &objects));
	result_of(on_passed(SIM_OP_RW_UNLOCK), 0);
	result_of(on_passed(SIM_OP_WRITE_LOCK), 1);
	ck_assert(!semantics_rwlock_voids(&read, 2, &objects)); /* it waits for a writer that writes */
}
END_TEST

START_TEST(the_last_ends_the_round)
{
	ck_assert_uint_eq(result_of(on_barrier(SIM_OP_ARRIVE, false), 0), 0);
	ck_assert(!is_enabled(on_barrier(SIM_OP_LEAVE, false), 0));
	ck_assert_uint_eq(result_of(on_barrier(SIM_OP_ASK_BARRIER, false), 1), 1);
	struct sim_event last = execute(on_barrier(SIM_OP_ARRIVE, false), 1);
	ck_assert_uint_eq(last.result.low, 1);
	ck_assert(thread_set_has(&last.wakes, 0));
	ck_assert_uint_eq(result_of(on_barrier(SIM_OP_ABORT, false), 2), SIM_RESULT_OK); /* too late for them */
	ck_assert_uint_eq(result_of(on_barrier(SIM_OP_LEAVE, false), 0), SIM_RESULT_OK);
	ck_assert_uint_eq(result_of(on_barrier(SIM_OP_ARRIVE, false), 0), SIM_RESULT_REFUSED);
	result_of(on_barrier(SIM_OP_RESET, false), 2);
	ck_assert_uint_eq(result_of(on_barrier(SIM_OP_ARRIVE, false), 0), 0);
}
END_TEST

START_TEST(an_action_comes_in_between)
{
	struct sim_op leave = on_barrier(SIM_OP_LEAVE, true);
	result_of(on_barrier(SIM_OP_ARRIVE, true), 0);
	ck_assert(is_enabled(timed(leave), 0));
	ck_assert_uint_eq(result_of(on_barrier(SIM_OP_ARRIVE, true), 1), 1);
	ck_assert(!is_enabled(leave, 0) && !is_enabled(timed(leave), 0)); /* all have arrived */
	ck_assert(!is_enabled(on_barrier(SIM_OP_ARRIVE, true), 2));
	ck_assert_uint_eq(result_of(on_barrier(SIM_OP_OPEN, true), 1), SIM_RESULT_OK);
	ck_assert_uint_eq(result_of(leave, 0), SIM_RESULT_OK);
	ck_assert(is_enabled(on_barrier(SIM_OP_ARRIVE, true), 2));
}
END_TEST

START_TEST(broken_for_all_of_the_round)
{
	struct sim_op ask = on_barrier(SIM_OP_ASK_BARRIER, false);
	ask.argument = SIM_ASK_BROKEN;
	result_of(on_barrier(SIM_OP_ARRIVE, true), 0);
	result_of(on_barrier(SIM_OP_ARRIVE, true), 1);
	result_of(on_barrier(SIM_OP_ABORT, true), 2);
	ck_assert_uint_eq(result_of(on_barrier(SIM_OP_OPEN, true), 1), SIM_RESULT_BUSY);
	ck_assert_uint_eq(result_of(on_barrier(SIM_OP_LEAVE, true), 0), SIM_RESULT_BUSY);
	ck_assert_uint_eq(result_of(ask, 0), 1);
	result_of(on_barrier(SIM_OP_RESET, true), 2);
	ck_assert_uint_eq(result_of(ask, 0), 0);
	result_of(on_barrier(SIM_OP_ARRIVE, true), 0);
	ck_assert_uint_eq(result_of(timed(on_barrier(SIM_OP_LEAVE, true)), 0), SIM_RESULT_TIMEOUT);
	ck_assert_uint_eq(result_of(ask, 0), 1);
}
END_TEST

START_TEST(once_is_begun_by_one)
{
	ck_assert_uint_eq(result_of(on_once(SIM_OP_BEGIN_ONCE), 0), 1);
	ck_assert(!is_enabled(on_once(SIM_OP_BEGIN_ONCE), 1));
	result_of(on_once(SIM_OP_END_ONCE), 0);
	ck_assert_uint_eq(result_of(on_once(SIM_OP_BEGIN_ONCE), 1), 0);
	ck_assert_uint_eq(result_of(on_once(SIM_OP_BEGIN_ONCE), 0), 0);
}
END_TEST

/* ---- commutation ------------------------------------------------------------------------------------------------ */

enum { DEPTH = 3 };

/* What a thread has to do next, if it is not free to do anything. */
static struct sim_op bound[N_THREADS];

/* What is looked at after two operations. */
struct state {
	struct sim_object objects[3];
	uint8_t flags[N_THREADS];
};

static int n_independent, n_pairs;

static struct state look(void)
{
	struct state state;
	memset(&state, 0, sizeof state);
	const uint32_t indices[3] = {lock, barrier, once};
	for (int i = 0; i < 3; i++) {
		state.objects[i] = objects.items[indices[i]];
		state.objects[i].owned_since = state.objects[i].owner_site = 0;
	}
	for (int t = 0; t < N_THREADS; t++)
		state.flags[t] = objects.items[t].flags;
	return state;
}

/* What the thread has to do after the event. */
static struct sim_op follow_up(const struct sim_event *event)
{
	struct sim_op op = event->op;
	op.kind = SIM_OP_NONE;
	if (event->op.kind == SIM_OP_ARRIVE && event->result.low != SIM_RESULT_REFUSED) {
		if (event->result.low + 1 < PARTIES)
			op.kind = SIM_OP_LEAVE;
		else if (op.operand.low)
			op.kind = SIM_OP_OPEN;
	}
	if (event->op.kind == SIM_OP_CLAIM && event->result.low == SIM_RESULT_OK)
		op.kind = SIM_OP_WRITE_LOCK;
	if (event->op.kind == SIM_OP_BEGIN_ONCE && event->result.low)
		op.kind = SIM_OP_END_ONCE;
	return op;
}

/* Operations that a free thread can choose, on the object of the present test. */
static struct sim_op menu[8];
static int n_menu;

static void offer(struct sim_op op)
{
	menu[n_menu++] = op;
}

/* How many things the thread could do next, enabled or not, and the nth of them. */
static int n_choices(int thread)
{
	return bound[thread].kind != SIM_OP_NONE ? 1 : n_menu;
}

static const struct sim_op *choice(int thread, int n)
{
	return bound[thread].kind != SIM_OP_NONE ? &bound[thread] : &menu[n];
}

/* What two operations, executed one after the other, come to. */
struct both {
	bool is_possible;
	struct sim_event first, second;
	struct state state;
};

static struct both execute_both(const struct sim_op *a, int t, const struct sim_op *b, int u)
{
	struct both both = {0};
	undo_mark mark = undo_now(&undo);
	if (is_enabled(*a, t)) {
		both.first = execute(*a, t);
		both.is_possible = is_enabled(*b, u);
	}
	if (both.is_possible) {
		both.second = execute(*b, u);
		both.state = look();
	}
	undo_restore(&undo, mark);
	return both;
}

/* If the two are possible in this order, and independent, they are possible in the other one, and the same. */
static void compare(const struct sim_op *a, int t, const struct sim_op *b, int u)
{
	struct both ab = execute_both(a, t, b, u);
	n_pairs += ab.is_possible;
	if (!ab.is_possible || dependent(&ab.first, &ab.second))
		return;
	n_independent++;
	struct both ba = execute_both(b, u, a, t);
	if (!ba.is_possible || ab.first.result.low != ba.second.result.low || ab.second.result.low != ba.first.result.low ||
	    memcmp(&ab.state, &ba.state, sizeof ab.state) != 0 || dependent(&ba.first, &ba.second))
		ck_abort_msg("%s and %s", op_name(a), op_name(b));
}

static void compare_all(void)
{
	for (int t = 0; t < N_THREADS; t++)
		for (int u = 0; u < N_THREADS; u++)
			for (int i = 0; i < n_choices(t) && t != u; i++)
				for (int j = 0; j < n_choices(u); j++)
					compare(choice(t, i), t, choice(u, j), u);
}

/* All states that `depth` more operations can lead to. */
static void explore(int depth)
{
	compare_all();
	for (int t = 0; t < N_THREADS && depth > 0; t++)
		for (int i = 0; i < n_choices(t); i++) {
			struct sim_op op = *choice(t, i), before = bound[t];
			undo_mark mark = undo_now(&undo);
			if (!is_enabled(op, t))
				continue;
			struct sim_event event = execute(op, t);
			bound[t] = follow_up(&event);
			explore(depth - 1);
			bound[t] = before;
			undo_restore(&undo, mark);
		}
}

static void explore_menu(void)
{
	memset(bound, 0, sizeof bound);
	n_independent = n_pairs = 0;
	explore(DEPTH);
	ck_assert_int_gt(n_independent, 0);
	ck_assert_int_lt(n_independent, n_pairs);
}

START_TEST(independent_on_a_lock)
{
	n_menu = 0;
	offer(on_lock(SIM_OP_READ_LOCK));
	offer(timed(on_lock(SIM_OP_READ_LOCK)));
	offer(on_lock(SIM_OP_TRY_READ_LOCK));
	offer(on_lock(SIM_OP_CLAIM));
	offer(timed(on_lock(SIM_OP_CLAIM)));
	offer(on_lock(SIM_OP_TRY_WRITE_LOCK));
	offer(on_lock(SIM_OP_RW_UNLOCK));
	explore_menu();
}
END_TEST

START_TEST(independent_on_a_lock_with_passing)
{
	n_menu = 0;
	offer(on_passed(SIM_OP_READ_LOCK));
	offer(timed(on_passed(SIM_OP_READ_LOCK)));
	offer(on_passed(SIM_OP_TRY_READ_LOCK));
	offer(on_passed(SIM_OP_CLAIM));
	offer(timed(on_passed(SIM_OP_CLAIM)));
	offer(on_passed(SIM_OP_TRY_WRITE_LOCK));
	offer(on_passed(SIM_OP_RW_UNLOCK));
	explore_menu();
}
END_TEST

/* As in virtual time: no claims. */
START_TEST(independent_on_a_lock_with_passing_at_once)
{
	n_menu = 0;
	offer(on_passed(SIM_OP_READ_LOCK));
	offer(timed(on_passed(SIM_OP_READ_LOCK)));
	offer(on_passed(SIM_OP_TRY_READ_LOCK));
	offer(on_passed(SIM_OP_WRITE_LOCK));
	offer(timed(on_passed(SIM_OP_WRITE_LOCK)));
	offer(on_passed(SIM_OP_TRY_WRITE_LOCK));
	offer(on_passed(SIM_OP_RW_UNLOCK));
	explore_menu();
}
END_TEST

START_TEST(independent_at_a_barrier)
{
	n_menu = 0;
	offer(on_barrier(SIM_OP_ARRIVE, false));
	offer(on_barrier(SIM_OP_ARRIVE, true));
	offer(timed(on_barrier(SIM_OP_ARRIVE, false)));
	offer(on_barrier(SIM_OP_ABORT, false));
	offer(on_barrier(SIM_OP_RESET, false));
	offer(on_barrier(SIM_OP_ASK_BARRIER, false));
	explore_menu();
}
END_TEST

START_TEST(independent_once)
{
	n_menu = 0;
	offer(on_once(SIM_OP_BEGIN_ONCE));
	explore_menu();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("meeting");
	TCase *tests = tcase_create("meeting");

	tcase_set_timeout(tests, 60);
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, readers_together_writer_alone);
	tcase_add_test(tests, timeout_takes_the_claim_back);
	tcase_add_test(tests, early_claim_holds_all_up);
	tcase_add_test(tests, early_claim_voids);
	tcase_add_test(tests, the_last_ends_the_round);
	tcase_add_test(tests, an_action_comes_in_between);
	tcase_add_test(tests, broken_for_all_of_the_round);
	tcase_add_test(tests, once_is_begun_by_one);
	tcase_add_test(tests, independent_on_a_lock);
	tcase_add_test(tests, independent_on_a_lock_with_passing);
	tcase_add_test(tests, independent_on_a_lock_with_passing_at_once);
	tcase_add_test(tests, independent_at_a_barrier);
	tcase_add_test(tests, independent_once);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
