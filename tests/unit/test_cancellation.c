/*
 * What cancellation means to the operations that it may cut short: when they are enabled, how they end, and what they leave
 * behind. Which of them depend on which requests is in test_dependent.c.
 */
#include <check.h>

#include "semantics.h"

enum { CANCELLER, WAITER, OTHER, N_THREADS };

static struct undo undo;
static struct sim_objects objects;
static uint32_t lock, condition, semaphore;

static void set_up(void)
{
	ck_assert_int_eq(undo_init(&undo, 1 << 16), 0);
	ck_assert_int_eq(object_init(&objects, 1024, &undo), 0);
	objects.n_threads = N_THREADS;
	for (int t = 0; t < N_THREADS; t++)
		objects.items[t].state = SIM_THREAD_ALIVE;
	lock = object_at(&objects, 0x1000, SIM_OBJECT_LOCK);
	condition = object_at(&objects, 0x2000, SIM_OBJECT_CONDITION);
	semaphore = object_at(&objects, 0x3000, SIM_OBJECT_SEMAPHORE);
}

static void tear_down(void)
{
	object_release(&objects);
	undo_release(&undo);
}

static struct sim_event execute(const struct sim_op *op, int thread)
{
	struct sim_event event = {.op = *op, .thread = (uint16_t)thread};
	ck_assert_uint_eq(semantics_choices(op, thread, &objects), 1);
	semantics_apply(&event, 0, &objects);
	return event;
}

static void cancel(void)
{
	execute(&(struct sim_op){.kind = SIM_OP_CANCEL, .object = WAITER}, CANCELLER);
}

static bool is_enabled(const struct sim_op *op)
{
	return semantics_choices(op, WAITER, &objects);
}

static uint64_t asks(void)
{
	return execute(&(struct sim_op){.kind = SIM_OP_IS_CANCELLED, .object = WAITER}, WAITER).result.low;
}

START_TEST(test_is_asked_once_and_stays_so)
{
	ck_assert_uint_eq(asks(), 0);
	cancel();
	ck_assert_uint_eq(asks(), 1);
	cancel();
	ck_assert_uint_eq(asks(), 1);
}
END_TEST

START_TEST(test_acquire_is_cut_short_if_there_is_nothing)
{
	struct sim_op acquire = {.kind = SIM_OP_SEM_ACQUIRE, .object = semaphore, .argument = 1, .cancellable = true};

	cancel();
	ck_assert_uint_eq(execute(&acquire, WAITER).result.low, SIM_RESULT_OK);
	ck_assert_int_eq(objects.items[semaphore].count, -1);
	ck_assert_uint_eq(execute(&acquire, WAITER).result.low, SIM_RESULT_CANCELLED);
	ck_assert_int_eq(objects.items[semaphore].count, -1);
}
END_TEST

START_TEST(test_only_what_is_cancellable)
{
	struct sim_op acquire = {.kind = SIM_OP_SEM_ACQUIRE, .object = semaphore}, other = acquire;

	other.cancellable = true;
	cancel();
	ck_assert(!is_enabled(&acquire));
	ck_assert_uint_eq(semantics_choices(&other, OTHER, &objects), 0);
	ck_assert(is_enabled(&other));
}
END_TEST

START_TEST(test_join_is_cut_short_unless_the_thread_has_ended)
{
	struct sim_op join = {.kind = SIM_OP_JOIN, .object = OTHER, .cancellable = true};

	ck_assert(!is_enabled(&join));
	cancel();
	ck_assert_uint_eq(execute(&join, WAITER).result.low, SIM_RESULT_CANCELLED);
	semantics_end(OTHER, false, &objects);
	ck_assert_uint_eq(execute(&join, WAITER).result.low, SIM_RESULT_OK);
}
END_TEST

/* In virtual time a sleep lasts until its deadline, or the request. */
START_TEST(test_sleep_is_cut_short)
{
	struct sim_op sleep = {.kind = SIM_OP_SLEEP, .deadline_ns = 10, .cancellable = true};

	ck_assert_uint_eq(execute(&sleep, WAITER).result.low, SIM_RESULT_OK);
	objects.virtual_time = true;
	ck_assert(!is_enabled(&sleep));
	ck_assert(semantics_awaits_clock(&sleep, WAITER, &objects));
	cancel();
	ck_assert(!semantics_awaits_clock(&sleep, WAITER, &objects));
	ck_assert_uint_eq(execute(&sleep, WAITER).result.low, SIM_RESULT_CANCELLED);
}
END_TEST

static struct sim_op begin_wait(void)
{
	struct sim_op op = {.kind = SIM_OP_LOCK, .object = lock};

	execute(&op, WAITER);
	op = (struct sim_op){.kind = SIM_OP_WAIT, .object = condition, .second = lock};
	execute(&op, WAITER);
	op.kind = SIM_OP_WAKE;
	op.cancellable = true;
	return op;
}

/* It leaves the queue, so that no notify finds it, and takes the lock again when that is free. */
START_TEST(test_wait_is_cut_short_and_takes_the_lock)
{
	struct sim_op wake = begin_wait(), take = {.kind = SIM_OP_LOCK, .object = lock}, give = take;
	struct sim_op notify = {.kind = SIM_OP_NOTIFY, .object = condition, .argument = 1};

	ck_assert(!is_enabled(&wake));
	cancel();
	execute(&take, OTHER);
	ck_assert(execute(&wake, WAITER).again);
	ck_assert(!is_enabled(&wake));
	ck_assert_uint_eq(execute(&notify, OTHER).result.low, 0);
	give.kind = SIM_OP_UNLOCK;
	execute(&give, OTHER);
	ck_assert_uint_eq(execute(&wake, WAITER).result.low, SIM_RESULT_CANCELLED);
	ck_assert_int_eq(objects.items[lock].owner, WAITER);
	ck_assert_uint_eq(asks(), 1);
}
END_TEST

/* Who was notified goes on as one who was notified. */
START_TEST(test_notified_wait_is_not_cut_short)
{
	struct sim_op wake = begin_wait();

	execute(&(struct sim_op){.kind = SIM_OP_NOTIFY, .object = condition, .argument = 1}, OTHER);
	cancel();
	ck_assert_uint_eq(execute(&wake, WAITER).result.low, SIM_RESULT_OK);
}
END_TEST

/* A timeout that came before the request remains one. */
START_TEST(test_timed_out_wait_is_not_cut_short)
{
	struct sim_op wake = begin_wait();

	wake.timed = true;
	ck_assert(execute(&wake, WAITER).again);
	cancel();
	ck_assert_uint_eq(execute(&wake, WAITER).result.low, SIM_RESULT_TIMEOUT);
}
END_TEST

/* A pipe without a byte, whose writer is there. */
START_TEST(test_read_of_a_pipe_is_cut_short)
{
	uint32_t pipe = object_at(&objects, 0x5000, SIM_OBJECT_PIPE);
	struct sim_op read = {.kind = SIM_OP_PIPE_READ, .object = pipe, .argument = 8, .cancellable = true};

	ck_assert(!is_enabled(&read));
	cancel();
	ck_assert_uint_eq(execute(&read, WAITER).result.low, SIM_RESULT_CANCELLED);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("cancellation");
	TCase *tcase = tcase_create("meaning");

	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, test_is_asked_once_and_stays_so);
	tcase_add_test(tcase, test_acquire_is_cut_short_if_there_is_nothing);
	tcase_add_test(tcase, test_only_what_is_cancellable);
	tcase_add_test(tcase, test_join_is_cut_short_unless_the_thread_has_ended);
	tcase_add_test(tcase, test_sleep_is_cut_short);
	tcase_add_test(tcase, test_wait_is_cut_short_and_takes_the_lock);
	tcase_add_test(tcase, test_notified_wait_is_not_cut_short);
	tcase_add_test(tcase, test_timed_out_wait_is_not_cut_short);
	tcase_add_test(tcase, test_read_of_a_pipe_is_cut_short);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
