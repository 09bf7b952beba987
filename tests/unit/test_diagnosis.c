/*
 * What went wrong at the end of an execution: the causes of deadlocks, who counts as a root, and when two findings
 * are the same. Each test is an abstract program and one schedule of it.
 */
#include <check.h>
#include <stdlib.h>

#include "abstract.h"
#include "diagnosis.h"

static struct abstract machine;
static struct abstract_program program;
static struct diagnosis diagnosis;

static void setup(void)
{
	program = (struct abstract_program){0};
	machine.program = NULL;
}

static void teardown(void)
{
	if (machine.program)
		abstract_release(&machine);
}

static void add(int thread, struct abstract_line line)
{
	abstract_add(&program, thread, line);
}

static void start_all(int n)
{
	for (int t = 1; t <= n; t++)
		add(0, abstract_start(t));
}

/* Executes the threads named by digits, then the lowest enabled one until none is. Returns the number of findings. */
static int run(const char *schedule)
{
	struct sim_execution *x = &machine.x;
	teardown();
	abstract_init(&machine, &program, 100);
	for (; *schedule; schedule++) {
		ck_assert_msg(execution_choices(x, *schedule - '0'), "thread %c is not enabled", *schedule);
		execution_step(x, *schedule - '0', 0);
	}
	for (int t; (t = execution_first_enabled(x)) != SIM_NOBODY;)
		execution_step(x, t, 0);
	diagnosis = (struct diagnosis){0};
	return diagnosis_of_end(x, &diagnosis, 1);
}

/* A deadlock with the cause, and with the roots named by digits. */
static void expect(const char *schedule, enum deadlock_cause cause, const char *roots)
{
	uint64_t expected = 0;
	for (; *roots; roots++)
		expected |= UINT64_C(1) << (*roots - '0');
	ck_assert_int_eq(run(schedule), 1);
	ck_assert_int_eq(diagnosis.kind, FINDING_DEADLOCK);
	ck_assert_int_eq(diagnosis.deadlock, cause);
	ck_assert_uint_eq(diagnosis.roots.bits[0], expected);
	ck_assert_uint_eq(diagnosis.roots.bits[1], 0);
}

static void add_section(int t, int lock)
{
	add(t, abstract_lock(lock, 0));
	add(t, abstract_unlock(lock));
}

/* Locks `first` and `second`, from sites 10 and 20 of every thread: the same code. */
static void add_nested(int t, int first, int second)
{
	add(t, abstract_at(abstract_lock(first, 0), 10));
	add(t, abstract_at(abstract_lock(second, 0), 20));
	add(t, abstract_unlock(second));
	add(t, abstract_unlock(first));
}

/* ---- single causes ---------------------------------------------------------------------------------------------- */

START_TEST(no_deadlock)
{
	start_all(2);
	add_section(1, 0);
	add_section(2, 0);
	ck_assert_int_eq(run("00"), 0);
}
END_TEST

START_TEST(self_deadlock)
{
	start_all(1);
	add(1, abstract_lock(0, 0));
	add(1, abstract_lock(0, 0));
	expect("", CAUSE_SELF_DEADLOCK, "1");
	ck_assert_str_eq(diagnosis_cause_name(&diagnosis), "self-deadlock");
	ck_assert_int_eq(diagnosis_waits_for(&machine.x, 1), 1);
}
END_TEST

START_TEST(lock_cycle_of_two)
{
	start_all(2);
	add_nested(1, 0, 1);
	add_nested(2, 1, 0);
	expect("0012", CAUSE_LOCK_CYCLE, "12");
	ck_assert_str_eq(diagnosis_cause_name(&diagnosis), "lock-cycle");
	ck_assert_int_eq(diagnosis_waits_for(&machine.x, 1), 2);
	ck_assert_int_eq(diagnosis_waits_for(&machine.x, 2), 1);
	ck_assert(diagnosis_is_blocked(&machine.x, 1));
	ck_assert(!diagnosis_is_blocked(&machine.x, 0));
}
END_TEST

START_TEST(lock_cycle_of_three)
{
	start_all(3);
	for (int t = 1; t <= 3; t++)
		add_nested(t, t, t % 3 + 1);
	expect("000123", CAUSE_LOCK_CYCLE, "123");
}
END_TEST

/* A woken waiter needs its lock again: thread 1 has lock 1, waits with lock 0; thread 2 holds 0 and wants 1. */
START_TEST(lock_cycle_through_a_wake)
{
	start_all(2);
	add(1, abstract_lock(1, 0));
	add(1, abstract_lock(0, 0));
	add(1, abstract_wait(0, 0, 0));
	add(2, abstract_lock(0, 0));
	add(2, abstract_notify(0, 1, 0));
	add(2, abstract_lock(1, 0));
	expect("00111", CAUSE_LOCK_CYCLE, "12");
}
END_TEST

/* The same after a timeout. */
START_TEST(lock_cycle_through_a_timeout)
{
	start_all(2);
	add(1, abstract_lock(1, 0));
	add(1, abstract_lock(0, 0));
	add(1, abstract_timed(abstract_wait(0, 0, 0)));
	add(2, abstract_lock(0, 0));
	add(2, abstract_lock(1, 0));
	expect("001112", CAUSE_LOCK_CYCLE, "12");
}
END_TEST

START_TEST(orphaned_lock)
{
	start_all(2);
	add(1, abstract_lock(0, 0));
	add_section(2, 0);
	expect("001", CAUSE_ORPHANED_LOCK, "2");
	ck_assert_str_eq(diagnosis_cause_name(&diagnosis), "orphaned-lock");
}
END_TEST

START_TEST(lost_wakeup)
{
	start_all(2);
	add(1, abstract_lock(0, 0));
	add(1, abstract_wait(0, 0, 0));
	add(2, abstract_notify(0, 1, 0));
	expect("002", CAUSE_LOST_WAKEUP, "1");
	ck_assert_str_eq(diagnosis_cause_name(&diagnosis), "lost-wakeup");
	ck_assert_int_eq(diagnosis_waits_for(&machine.x, 1), SIM_NOBODY);
	ck_assert_int_eq(run("0011"), 0); /* in time */
}
END_TEST

/* Thread 1 joins thread 2, which joins thread 1. Main has started both. */
static void add_join_cycle(void)
{
	start_all(2);
	add(1, abstract_sleep());
	add(1, abstract_join(2, 0));
	add(2, abstract_sleep());
	add(2, abstract_join(1, 0));
}

START_TEST(join_cycle)
{
	add_join_cycle();
	expect("0012", CAUSE_JOIN_CYCLE, "12");
	ck_assert_str_eq(diagnosis_cause_name(&diagnosis), "join-cycle");
}
END_TEST

/* Main holds the lock and joins the thread that wants it. */
START_TEST(cycle_of_a_lock_and_a_join)
{
	add(0, abstract_lock(0, 0));
	add(0, abstract_start(1));
	add(0, abstract_join(1, 0));
	add_section(1, 0);
	expect("", CAUSE_JOIN_CYCLE, "01");
}
END_TEST

START_TEST(joins_itself)
{
	start_all(1);
	add(1, abstract_sleep());
	add(1, abstract_join(1, 0));
	expect("", CAUSE_JOIN_CYCLE, "1");
}
END_TEST

/* ---- semaphores and events -------------------------------------------------------------------------------------- */

static struct abstract_line take(void)
{
	return abstract_semaphore(SIM_OP_SEM_ACQUIRE, 0, 1, 0);
}

START_TEST(semaphore_starved)
{
	start_all(3);
	add(0, abstract_join(3, 0));
	for (int t = 1; t <= 3; t++)
		add(t, take());
	expect("0002", CAUSE_SEMAPHORE_STARVED, "13");
	ck_assert_str_eq(diagnosis_cause_name(&diagnosis), "semaphore-starved");
	ck_assert_int_eq(diagnosis_waits_for(&machine.x, 1), SIM_NOBODY);
}
END_TEST

START_TEST(event_never_set)
{
	start_all(2);
	add(1, abstract_event(SIM_OP_EVENT_WAIT, 0));
	add(2, abstract_event(SIM_OP_EVENT_SET, 1)); /* another */
	add(2, abstract_event(SIM_OP_EVENT_CLEAR, 0));
	expect("", CAUSE_EVENT_NEVER_SET, "1");
	ck_assert_str_eq(diagnosis_cause_name(&diagnosis), "event-never-set");
}
END_TEST

/* Set and cleared before the wait: missed. Found, and not set again: never set. */
START_TEST(event_missed_or_found)
{
	start_all(2);
	add(1, abstract_event(SIM_OP_EVENT_WAIT, 0));
	add(2, abstract_event(SIM_OP_EVENT_SET, 0));
	add(2, abstract_event(SIM_OP_EVENT_CLEAR, 0));
	expect("0022", CAUSE_LOST_WAKEUP, "1");
	ck_assert_int_eq(run("0021"), 0); /* in time */
	add(1, abstract_event(SIM_OP_EVENT_WAIT, 0));
	expect("00212", CAUSE_EVENT_NEVER_SET, "1");
}
END_TEST

/* The one who misses the event would have released the semaphore: that the other waits for it tells less. */
START_TEST(missed_before_starved)
{
	start_all(3);
	add(1, abstract_event(SIM_OP_EVENT_WAIT, 0));
	add(1, abstract_semaphore(SIM_OP_SEM_RELEASE, 1, 0, 1));
	add(2, abstract_event(SIM_OP_EVENT_SET, 0));
	add(2, abstract_event(SIM_OP_EVENT_CLEAR, 0));
	add(3, abstract_semaphore(SIM_OP_SEM_ACQUIRE, 1, 0, 0));
	expect("00022", CAUSE_LOST_WAKEUP, "1");
	program.n_lines[2] = 0; /* without the set neither tells more than the other */
	expect("000", CAUSE_MIXED, "13");
}
END_TEST

/* ---- several threads -------------------------------------------------------------------------------------------- */

/* Main joins both threads of an ABBA; a third wants one of the locks. Only the cycle counts. */
START_TEST(who_merely_waits_does_not_count)
{
	start_all(3);
	add(0, abstract_join(1, 0));
	add_nested(1, 0, 1);
	add_nested(2, 1, 0);
	add_section(3, 0);
	expect("00012", CAUSE_LOCK_CYCLE, "12");
}
END_TEST

/* Main only waits for the end of a thread that waits for a notify. */
START_TEST(joins_of_a_lost_wakeup)
{
	start_all(2);
	add(0, abstract_join(1, 0));
	add(1, abstract_lock(0, 0));
	add(1, abstract_wait(0, 0, 0));
	add(2, abstract_join(1, 0));
	expect("", CAUSE_LOST_WAKEUP, "1");
}
END_TEST

/* Main's implicit wait for its threads is no cause either. */
START_TEST(exit_that_waits)
{
	start_all(1);
	add(0, abstract_exit(true));
	add(1, abstract_lock(0, 0));
	add(1, abstract_wait(0, 0, 0));
	expect("", CAUSE_LOST_WAKEUP, "1");
}
END_TEST

/* Two waiters who wait for the same reason are one cause. */
START_TEST(two_lost_wakeups)
{
	start_all(2);
	for (int t = 1; t <= 2; t++) {
		add(t, abstract_lock(0, 0));
		add(t, abstract_wait(0, 0, 0));
	}
	expect("", CAUSE_LOST_WAKEUP, "12");
}
END_TEST

/* The more telling cause wins, whatever the slots: self-deadlock, lock-cycle, orphaned-lock, others. */
START_TEST(the_most_telling_cause)
{
	start_all(6);
	add(1, abstract_lock(5, 0));
	add(1, abstract_wait(0, 5, 0)); /* lost wakeup */
	add(2, abstract_lock(0, 0));    /* left behind */
	add_section(3, 0);              /* orphaned */
	add_nested(4, 1, 2);
	add_nested(5, 2, 1);
	add(6, abstract_lock(3, 0));
	add(6, abstract_lock(3, 0));
	expect("000000245", CAUSE_SELF_DEADLOCK, "6");
	program.n_lines[6] = 0;
	expect("000000245", CAUSE_LOCK_CYCLE, "45");
	program.n_lines[5] = 0;
	expect("0000002", CAUSE_ORPHANED_LOCK, "3");
	program.n_lines[3] = 0;
	expect("0000002", CAUSE_LOST_WAKEUP, "1");
}
END_TEST

/* A lost wakeup and a join cycle have nothing to do with each other, and neither is more telling. */
START_TEST(mixed)
{
	add_join_cycle();
	add(0, abstract_start(3));
	add(3, abstract_lock(0, 0));
	add(3, abstract_wait(0, 0, 0));
	expect("00012", CAUSE_MIXED, "123");
	ck_assert_str_eq(diagnosis_cause_name(&diagnosis), "mixed");
}
END_TEST

/* ---- ends of the program and incidents -------------------------------------------------------------------------- */

/* exit() cuts threads off: one that waits for a notify or a lock may have been about to go on. A cycle never would
 * have. */
START_TEST(exited_program)
{
	start_all(3);
	add(0, abstract_sleep());
	add(0, abstract_exit(false));
	add(1, abstract_lock(5, 0));
	add(1, abstract_wait(0, 5, 0));
	add_nested(2, 0, 1);
	add_nested(3, 1, 0);
	expect("0001123", CAUSE_LOCK_CYCLE, "23");
	ck_assert_int_eq(run("0001122"), 0); /* thread 3 merely waits for lock 1 */
	ck_assert_int_eq(run("00011"), 0);
}
END_TEST

/* A timed operation is never blocked: it can time out. */
START_TEST(timed_operations_are_no_deadlock)
{
	start_all(2);
	add(1, abstract_lock(0, 0));
	add(1, abstract_timed(abstract_lock(1, 1)));
	add(1, abstract_unlock(0));
	add(2, abstract_lock(1, 0));
	add(2, abstract_lock(0, 0));
	add(2, abstract_unlock(0));
	add(2, abstract_unlock(1));
	ck_assert_int_eq(run("0012"), 0);
}
END_TEST

/* What follows from a thread that an incident stopped is not reported: its lock, its join. */
START_TEST(incidents_hide_deadlocks)
{
	start_all(2);
	add(1, abstract_lock(0, 0));
	add(1, abstract_at(abstract_fail(), 44));
	add_section(2, 0);
	add(0, abstract_join(1, 0));
	ck_assert_int_eq(run("001"), 1);
	ck_assert_int_eq(diagnosis.kind, FINDING_ASSERTION);
	ck_assert_uint_eq(diagnosis.incident.site, 44);
	ck_assert_int_eq(diagnosis.incident.thread, 1);
	ck_assert_uint_eq(diagnosis.incident.position, 3); /* two starts and the lock */
	ck_assert(diagnosis_is_blocked(&machine.x, 2));
}
END_TEST

START_TEST(several_incidents)
{
	struct diagnosis found[3];
	start_all(3);
	for (int t = 1; t <= 3; t++) {
		add(t, abstract_sleep());
		add(t, abstract_at(abstract_fail(), (uint32_t)(10 * t)));
	}
	run("000");
	ck_assert_int_eq(diagnosis_of_end(&machine.x, found, 3), 3);
	for (uint32_t i = 0; i < 3; i++)
		ck_assert_uint_eq(found[i].incident.site, 10 * (i + 1));
	ck_assert_int_eq(diagnosis_of_end(&machine.x, found, 2), 2);
	ck_assert_int_eq(diagnosis_of_end(&machine.x, found, 0), 0);
}
END_TEST

/* ---- the same again --------------------------------------------------------------------------------------------- */

static uint64_t key_after(const char *schedule)
{
	ck_assert_int_eq(run(schedule), 1);
	return diagnosis.key;
}

/* Threads 1 and 2 run the same code, and so do 3 and 4: whichever two meet, it is the same defect. */
START_TEST(mirrored_executions)
{
	start_all(4);
	add_nested(1, 0, 1);
	add_nested(2, 0, 1);
	add_nested(3, 1, 0);
	add_nested(4, 1, 0);
	uint64_t key = key_after("000013");
	ck_assert_uint_eq(key_after("000024"), key);
	ck_assert_uint_eq(key_after("000014"), key);
	ck_assert_uint_eq(key_after("000032"), key);
	ck_assert_uint_eq(key_after("00001111" "32"), key);
}
END_TEST

/* Other locks, other lines, or another cause: another defect. */
START_TEST(different_defects)
{
	start_all(4);
	add_nested(1, 0, 1);
	add_nested(2, 1, 0);
	add_nested(3, 1, 2);
	add_nested(4, 2, 1);
	uint64_t key = key_after("000012");
	ck_assert_uint_ne(key_after("000034"), key);
	program.lines[1][1].op.site = 21;
	ck_assert_uint_ne(key_after("000012"), key);
}
END_TEST

START_TEST(keys_of_incidents)
{
	start_all(2);
	add(1, abstract_at(abstract_fail(), 7));
	add(2, abstract_at(abstract_fail(), 7));
	struct diagnosis found[2];
	run("00");
	ck_assert_int_eq(diagnosis_of_end(&machine.x, found, 2), 2);
	ck_assert_uint_eq(found[0].key, found[1].key);
	program.lines[2][0].op.site = 8;
	run("00");
	ck_assert_int_eq(diagnosis_of_end(&machine.x, found, 2), 2);
	ck_assert_uint_ne(found[0].key, found[1].key);
}
END_TEST

/* The same two lines race, in whichever order. */
START_TEST(keys_of_races)
{
	struct race_found a = {.address = 0x100, .size = 4, .first = {.site = 1}, .second = {.site = 2}}, b = a, c = a;
	b.first.site = 2;
	b.second.site = 1;
	c.second.site = 3;
	ck_assert_uint_eq(diagnosis_of_race(&a).key, diagnosis_of_race(&b).key);
	ck_assert_uint_ne(diagnosis_of_race(&a).key, diagnosis_of_race(&c).key);
	struct diagnosis race = diagnosis_of_race(&a);
	ck_assert_int_eq(race.kind, FINDING_RACE);
	ck_assert_ptr_null(diagnosis_cause_name(&race));
}
END_TEST

START_TEST(names)
{
	for (int kind = 0; kind < FINDING_N_KINDS; kind++)
		ck_assert_ptr_nonnull(diagnosis_kind_name(kind));
	for (int cause = CAUSE_NONE + 1; cause < CAUSE_N; cause++) {
		struct diagnosis d = {.kind = FINDING_DEADLOCK, .deadlock = cause};
		ck_assert_ptr_nonnull(diagnosis_cause_name(&d));
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("diagnosis");
	TCase *tests = tcase_create("diagnosis");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, no_deadlock);
	tcase_add_test(tests, self_deadlock);
	tcase_add_test(tests, lock_cycle_of_two);
	tcase_add_test(tests, lock_cycle_of_three);
	tcase_add_test(tests, lock_cycle_through_a_wake);
	tcase_add_test(tests, lock_cycle_through_a_timeout);
	tcase_add_test(tests, orphaned_lock);
	tcase_add_test(tests, lost_wakeup);
	tcase_add_test(tests, join_cycle);
	tcase_add_test(tests, semaphore_starved);
	tcase_add_test(tests, event_never_set);
	tcase_add_test(tests, event_missed_or_found);
	tcase_add_test(tests, missed_before_starved);
	tcase_add_test(tests, cycle_of_a_lock_and_a_join);
	tcase_add_test(tests, joins_itself);
	tcase_add_test(tests, who_merely_waits_does_not_count);
	tcase_add_test(tests, joins_of_a_lost_wakeup);
	tcase_add_test(tests, exit_that_waits);
	tcase_add_test(tests, two_lost_wakeups);
	tcase_add_test(tests, the_most_telling_cause);
	tcase_add_test(tests, mixed);
	tcase_add_test(tests, exited_program);
	tcase_add_test(tests, timed_operations_are_no_deadlock);
	tcase_add_test(tests, incidents_hide_deadlocks);
	tcase_add_test(tests, several_incidents);
	tcase_add_test(tests, mirrored_executions);
	tcase_add_test(tests, different_defects);
	tcase_add_test(tests, keys_of_incidents);
	tcase_add_test(tests, keys_of_races);
	tcase_add_test(tests, names);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
