/*
 * Dependence, as a table: samples of all operations, each by a thread of its own. The rules below, from DESIGN
 * section 5, say which pairs are dependent; every pair that no rule names must be independent.
 */
#include <check.h>

#include "memory.h"
#include "semantics.h"

/* One executed event of each sort. On lock A, condition C, semaphore S, event E and 8 bytes of memory, if nothing else is
 * said. */
enum sample {
	LOCK,
	LOCK_TIMED_OUT,
	TRY_LOCK,
	TRY_LOCK_BUSY,
	UNLOCK,
	UNLOCK_FREE,
	IS_LOCKED,
	IS_LOCKED_TOO,
	LOCK_B,
	WAIT,
	WAIT_WITH_B,
	WAIT_REFUSED,
	TIMEOUT,           /* of a wait with A */
	TIMEOUT_TOO,
	WAKE_NOTIFIED,     /* by NOTIFY */
	WAKE_TIMED_OUT,
	NOTIFY,
	NOTIFY_NOBODY,
	NOTIFY_HOLDING,    /* names lock A, and holds it */
	NOTIFY_D,          /* another condition */
	TAKE,              /* of the semaphore */
	TAKE_TIMED_OUT,
	TRY_TAKE,
	TRY_TAKE_BUSY,
	GIVE,
	GIVE_TOO,
	GIVE_BOUNDED,
	GIVE_REFUSED,
	VALUE,             /* asks for it */
	VALUE_TOO,
	TAKE_T,            /* of another semaphore */
	OPEN,              /* by a name */
	CLOSE,             /* by the same */
	OPEN_OTHER,
	SET_EVENT,
	SET_EVENT_TOO,
	CLEAR_EVENT,
	CLEAR_EVENT_TOO,
	AWAIT,
	AWAIT_TIMED_OUT,
	IS_SET,
	SET_F,             /* another event */
	START,             /* of the thread of CHILD */
	START_WITH_HANDLE, /* of a thread without a sample; its handle is the first word of the memory */
	CHILD,             /* a sleep */
	LAST,              /* a sleep, after which its thread ends */
	NOT_LAST,
	JOIN,              /* of the thread of LAST */
	JOIN_OTHER,        /* of the thread of NOT_LAST, which ended later */
	JOIN_CHILD,        /* of the thread of CHILD, which ended later */
	JOIN_TIMED_OUT,    /* on the thread of NOT_LAST */
	IS_ALIVE,          /* asks for the thread of NOT_LAST */
	ENUMERATE,         /* asks for all threads */
	SLEEP,
	SLEEP_CANCELLABLE,
	TAKE_CANCELLABLE,
	IS_CANCELLED,
	CANCEL,            /* the thread of SLEEP_CANCELLABLE */
	CANCEL_TOO,
	CANCEL_TAKER,
	CANCEL_ASKING,
	CANCEL_SLEEP,      /* the thread of SLEEP, to which that is nothing */
	CHOOSE,
	BLOCK,             /* begins one */
	CHOOSE_IN_BLOCK,
	LOAD,
	LOAD_TOO,
	STORE,
	ADD,
	CAS,
	CAS_FAILED,
	LOAD_HIGH,         /* the upper 4 of the 8 bytes */
	STORE_LOW,         /* the first byte */
	STORE_NEXT,        /* the byte after the 8 */
	READ,              /* plain, all 8 bytes */
	READ_ACROSS,       /* plain, 8 bytes beginning with the upper 4 */
	WRITE,             /* plain, all 8 bytes */
	EXIT,
	N_SAMPLES
};

/* Of samples. */
__extension__ typedef unsigned __int128 sample_set;

#define SET(sample) ((sample_set)1 << (sample))

/* Each of `these` and each of `those`, in both orders. */
static const struct {
	const char *why;
	sample_set these, those;
} rules[] = {
#define A_CHANGES (SET(LOCK) | SET(LOCK_TIMED_OUT) | SET(TRY_LOCK) | SET(TRY_LOCK_BUSY) | SET(UNLOCK) | \
                   SET(UNLOCK_FREE) | SET(WAIT) | SET(WAIT_REFUSED) | SET(WAKE_NOTIFIED) | SET(WAKE_TIMED_OUT))
	{"operations on one lock", A_CHANGES, A_CHANGES},
	{"questions about a lock, and answers that depend on it", A_CHANGES,
	 SET(IS_LOCKED) | SET(IS_LOCKED_TOO) | SET(NOTIFY_HOLDING)},
	{"operations on the other lock", SET(LOCK_B), SET(WAIT_WITH_B)},
#define NOTIFIES (SET(NOTIFY) | SET(NOTIFY_NOBODY) | SET(NOTIFY_HOLDING))
	{"notifies meet each other", NOTIFIES, NOTIFIES},
	{"notifies and what joins or leaves the queue", NOTIFIES,
	 SET(WAIT) | SET(WAIT_WITH_B) | SET(WAIT_REFUSED) | SET(TIMEOUT) | SET(TIMEOUT_TOO)},
	{"waits with different locks, and their ends", SET(WAIT_WITH_B),
	 SET(WAIT) | SET(WAIT_REFUSED) | SET(TIMEOUT) | SET(TIMEOUT_TOO)},
#define TAKES (SET(TAKE) | SET(TAKE_TIMED_OUT) | SET(TRY_TAKE) | SET(TRY_TAKE_BUSY) | SET(GIVE_BOUNDED) | SET(GIVE_REFUSED) | \
               SET(TAKE_CANCELLABLE))
	{"what may depend on the value of a semaphore", TAKES, TAKES},
	{"it and releases, which commute with each other", TAKES, SET(GIVE) | SET(GIVE_TOO)},
	{"changes of the value and who asks for it", TAKES | SET(GIVE) | SET(GIVE_TOO), SET(VALUE) | SET(VALUE_TOO)},
	{"calls by one name", SET(OPEN) | SET(CLOSE), SET(OPEN) | SET(CLOSE)},
#define SETS (SET(SET_EVENT) | SET(SET_EVENT_TOO))
#define CLEARS (SET(CLEAR_EVENT) | SET(CLEAR_EVENT_TOO))
	{"sets and clears", SETS, CLEARS},
	{"clears meet each other", CLEARS, CLEARS},
	{"changes of an event and looks at it", SETS | CLEARS, SET(AWAIT) | SET(AWAIT_TIMED_OUT) | SET(IS_SET)},
	{"joins and the end", SET(JOIN), SET(LAST)},
	{"a join and the start", SET(JOIN_CHILD), SET(START)},
	{"answers that any event of the thread may turn, as it may be the last",
	 SET(IS_ALIVE) | SET(JOIN_TIMED_OUT), SET(NOT_LAST)},
	{"requests to end and where a thread may do so", SET(CANCEL) | SET(CANCEL_TOO), SET(SLEEP_CANCELLABLE)},
	{"the same, although it could go on", SET(CANCEL_TAKER), SET(TAKE_CANCELLABLE)},
	{"requests to end and the question for them", SET(CANCEL_ASKING), SET(IS_CANCELLED)},
#define READS_ALL (SET(LOAD) | SET(LOAD_TOO) | SET(CAS_FAILED) | SET(READ))
#define WRITES_ALL (SET(STORE) | SET(ADD) | SET(CAS) | SET(WRITE))
	{"writes of the same bytes", WRITES_ALL, WRITES_ALL},
	{"writes and reads of the same bytes", WRITES_ALL, READS_ALL},
	{"writes and reads of some of the same bytes", WRITES_ALL, SET(LOAD_HIGH) | SET(READ_ACROSS) | SET(STORE_LOW)},
	{"a byte of what is read", SET(STORE_LOW), READS_ALL},
	{"a byte beyond", SET(STORE_NEXT), SET(READ_ACROSS)},
	{"the handle of a started thread", SET(START_WITH_HANDLE), READS_ALL | WRITES_ALL | SET(STORE_LOW)},
	{"answers that any event of any thread may turn, as it may be the last", SET(ENUMERATE), SET(N_SAMPLES) - 1},
#define BLOCKS (SET(BLOCK) | SET(CHOOSE_IN_BLOCK))
	{"parts of blocks", BLOCKS, BLOCKS},
#define USE_NOTHING (SET(START) | SET(CHILD) | SET(LAST) | SET(NOT_LAST) | SET(JOIN) | SET(JOIN_OTHER) | SET(JOIN_CHILD) | \
                     SET(JOIN_TIMED_OUT) | SET(IS_ALIVE) | SET(SLEEP) | SET(CHOOSE))
	{"parts of blocks and what uses anything", BLOCKS, (SET(N_SAMPLES) - 1) & ~USE_NOTHING},
	{"the end of the program", SET(EXIT), SET(N_SAMPLES) - 1},
};

/* What causes what: only in this order. */
static const struct {
	enum sample earlier, later;
} causes[] = {
	{START, CHILD},
	{NOTIFY, WAKE_NOTIFIED},
};

static struct undo undo;
static struct sim_objects objects;
static uint32_t lock, lock_b, condition, condition_d, semaphore, semaphore_t, name, name_other, flag, flag_f;
static _Alignas(16) unsigned char memory[16];
static struct sim_event events[N_SAMPLES];

/* Each sample has a thread of its own; so has whoever prepares the state for it. */
enum { HELPER = N_SAMPLES, STARTED, N_THREADS };

static struct sim_event execute(struct sim_op op, int thread)
{
	struct sim_event event = {.op = op, .thread = (uint16_t)thread};
	ck_assert_uint_gt(semantics_choices(&op, thread, &objects), 0);
	semantics_apply(&event, 0, &objects);
	if (op_is_memory(&op))
		memory_apply(&event, &undo);
	return event;
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

static struct sim_op with(struct sim_op op, uint32_t second)
{
	op.second = second;
	return op;
}

static struct sim_op notify(uint32_t object)
{
	struct sim_op op = on(SIM_OP_NOTIFY, object);
	op.argument = 1;
	return op;
}

static struct sim_op access_memory(enum sim_op_kind kind, unsigned offset, unsigned size)
{
	struct sim_op op = {.kind = (uint8_t)kind, .size = (uint8_t)size, .argument = size};
	op.address = (uintptr_t)memory + offset;
	op.operand.low = 1;
	return op;
}

/* Executes the sample from the present state and goes back to it: samples do not see each other. */
static void make(enum sample sample, struct sim_op op)
{
	undo_mark mark = undo_now(&undo);
	events[sample] = execute(op, sample);
	undo_restore(&undo, mark);
}

static void make_when_locked(enum sample sample, struct sim_op op, int owner)
{
	undo_mark mark = undo_now(&undo);
	execute(on(SIM_OP_LOCK, lock), owner);
	make(sample, op);
	undo_restore(&undo, mark);
}

static void make_locks(void)
{
	make(LOCK, on(SIM_OP_LOCK, lock));
	make_when_locked(LOCK_TIMED_OUT, timed(on(SIM_OP_LOCK, lock)), HELPER);
	make(TRY_LOCK, on(SIM_OP_TRY_LOCK, lock));
	make_when_locked(TRY_LOCK_BUSY, on(SIM_OP_TRY_LOCK, lock), HELPER);
	make_when_locked(UNLOCK, on(SIM_OP_UNLOCK, lock), UNLOCK);
	make(UNLOCK_FREE, on(SIM_OP_UNLOCK, lock));
	make(IS_LOCKED, on(SIM_OP_IS_LOCKED, lock));
	make(IS_LOCKED_TOO, on(SIM_OP_IS_LOCKED, lock));
	make(LOCK_B, on(SIM_OP_LOCK, lock_b));
}

static void make_timeouts(enum sample timeout)
{
	undo_mark mark = undo_now(&undo);
	execute(on(SIM_OP_LOCK, lock), timeout);
	execute(with(on(SIM_OP_WAIT, condition), lock), timeout);
	make(timeout, timed(with(on(SIM_OP_WAKE, condition), lock)));
	undo_restore(&undo, mark);
}

static void make_wake_after_timeout(void)
{
	undo_mark mark = undo_now(&undo);
	execute(on(SIM_OP_LOCK, lock), WAKE_TIMED_OUT);
	execute(with(on(SIM_OP_WAIT, condition), lock), WAKE_TIMED_OUT);
	execute(timed(with(on(SIM_OP_WAKE, condition), lock)), WAKE_TIMED_OUT);
	make(WAKE_TIMED_OUT, timed(with(on(SIM_OP_WAKE, condition), lock)));
	undo_restore(&undo, mark);
}

static void make_notified_wake(void)
{
	undo_mark mark = undo_now(&undo);
	execute(on(SIM_OP_LOCK, lock), WAKE_NOTIFIED);
	execute(with(on(SIM_OP_WAIT, condition), lock), WAKE_NOTIFIED);
	events[NOTIFY] = execute(notify(condition), NOTIFY);
	make(WAKE_NOTIFIED, with(on(SIM_OP_WAKE, condition), lock));
	undo_restore(&undo, mark);
}

static void make_conditions(void)
{
	undo_mark mark = undo_now(&undo);
	make_when_locked(WAIT, with(on(SIM_OP_WAIT, condition), lock), WAIT);
	make_when_locked(WAIT_REFUSED, with(on(SIM_OP_WAIT, condition), lock), HELPER);
	execute(on(SIM_OP_LOCK, lock_b), WAIT_WITH_B);
	make(WAIT_WITH_B, with(on(SIM_OP_WAIT, condition), lock_b));
	undo_restore(&undo, mark);
	make_timeouts(TIMEOUT);
	make_timeouts(TIMEOUT_TOO);
	make_wake_after_timeout();
	make_notified_wake();
	make(NOTIFY_NOBODY, notify(condition));
	make_when_locked(NOTIFY_HOLDING, with(notify(condition), lock), NOTIFY_HOLDING);
	make(NOTIFY_D, notify(condition_d));
}

static struct sim_op on_semaphore(enum sim_op_kind kind, uint64_t initial)
{
	struct sim_op op = on(kind, semaphore);
	op.argument = initial;
	op.operand.low = 1;
	return op;
}

static void make_semaphores(void)
{
	struct sim_op other = on_semaphore(SIM_OP_SEM_ACQUIRE, 1);
	other.object = semaphore_t;
	undo_mark mark = undo_now(&undo);
	make(TAKE, on_semaphore(SIM_OP_SEM_ACQUIRE, 1));
	make(TAKE_TIMED_OUT, timed(on_semaphore(SIM_OP_SEM_ACQUIRE, 0)));
	make(TRY_TAKE, on_semaphore(SIM_OP_SEM_TRY_ACQUIRE, 1));
	make(TRY_TAKE_BUSY, on_semaphore(SIM_OP_SEM_TRY_ACQUIRE, 0));
	make(GIVE, on_semaphore(SIM_OP_SEM_RELEASE, 1));
	make(GIVE_TOO, on_semaphore(SIM_OP_SEM_RELEASE, 1));
	make(GIVE_REFUSED, on_semaphore(SIM_OP_SEM_RELEASE_BOUNDED, 1));
	make(VALUE, on_semaphore(SIM_OP_SEM_VALUE, 1));
	make(VALUE_TOO, on_semaphore(SIM_OP_SEM_VALUE, 1));
	make(TAKE_T, other);
	execute(on_semaphore(SIM_OP_SEM_ACQUIRE, 1), HELPER);
	make(GIVE_BOUNDED, on_semaphore(SIM_OP_SEM_RELEASE_BOUNDED, 1));
	undo_restore(&undo, mark);
}

static void make_names(void)
{
	struct sim_op close = on(SIM_OP_NAME, name);
	close.argument = SIM_NAME_CLOSE;
	make(OPEN, on(SIM_OP_NAME, name));
	make(CLOSE, close);
	make(OPEN_OTHER, on(SIM_OP_NAME, name_other));
}

static void make_events(void)
{
	undo_mark mark = undo_now(&undo);
	make(SET_EVENT, on(SIM_OP_EVENT_SET, flag));
	make(SET_EVENT_TOO, on(SIM_OP_EVENT_SET, flag));
	make(CLEAR_EVENT, on(SIM_OP_EVENT_CLEAR, flag));
	make(CLEAR_EVENT_TOO, on(SIM_OP_EVENT_CLEAR, flag));
	make(AWAIT_TIMED_OUT, timed(on(SIM_OP_EVENT_WAIT, flag)));
	make(IS_SET, on(SIM_OP_EVENT_IS_SET, flag));
	make(SET_F, on(SIM_OP_EVENT_SET, flag_f));
	execute(on(SIM_OP_EVENT_SET, flag), HELPER);
	make(AWAIT, on(SIM_OP_EVENT_WAIT, flag));
	undo_restore(&undo, mark);
}

static void make_join(enum sample sample, int target)
{
	undo_mark mark = undo_now(&undo);
	semantics_end(target, false, &objects);
	make(sample, on(SIM_OP_JOIN, (uint32_t)target));
	undo_restore(&undo, mark);
}

static void make_cancellation(void)
{
	struct sim_op sleep = on(SIM_OP_SLEEP, 0), take = on_semaphore(SIM_OP_SEM_ACQUIRE, 1);
	sleep.cancellable = take.cancellable = true;
	make(SLEEP_CANCELLABLE, sleep);
	make(TAKE_CANCELLABLE, take);
	make(IS_CANCELLED, on(SIM_OP_IS_CANCELLED, IS_CANCELLED));
	make(CANCEL, on(SIM_OP_CANCEL, SLEEP_CANCELLABLE));
	make(CANCEL_TOO, on(SIM_OP_CANCEL, SLEEP_CANCELLABLE));
	make(CANCEL_TAKER, on(SIM_OP_CANCEL, TAKE_CANCELLABLE));
	make(CANCEL_ASKING, on(SIM_OP_CANCEL, IS_CANCELLED));
	make(CANCEL_SLEEP, on(SIM_OP_CANCEL, SLEEP));
}

static void make_threads(void)
{
	struct sim_op start = on(SIM_OP_START, STARTED);
	make(START, on(SIM_OP_START, CHILD));
	start.address = (uintptr_t)memory;
	make(START_WITH_HANDLE, start);
	make(CHILD, on(SIM_OP_SLEEP, 0));
	make(LAST, on(SIM_OP_SLEEP, 0));
	events[LAST].ends = events[LAST].special = true;
	make(NOT_LAST, on(SIM_OP_SLEEP, 0));
	make_join(JOIN, LAST);
	make_join(JOIN_OTHER, NOT_LAST);
	make_join(JOIN_CHILD, CHILD);
	make(JOIN_TIMED_OUT, timed(on(SIM_OP_JOIN, NOT_LAST)));
	make(IS_ALIVE, on(SIM_OP_IS_ALIVE, NOT_LAST));
	make(ENUMERATE, on(SIM_OP_ENUMERATE, 0));
	make(SLEEP, on(SIM_OP_SLEEP, 0));
	make_cancellation();
	struct sim_op choose = {.kind = SIM_OP_CHOOSE, .argument = 2};
	make(CHOOSE, choose);
	choose.in_block = true;
	make(CHOOSE_IN_BLOCK, choose);
	make(BLOCK, (struct sim_op){.kind = SIM_OP_BEGIN_BLOCK, .in_block = true});
	make(EXIT, on(SIM_OP_EXIT, 0));
}

static void make_accesses(void)
{
	struct sim_op cas = access_memory(SIM_OP_ATOMIC_CAS, 0, 8), failing = cas;
	failing.expected.low = 5;
	make(LOAD, access_memory(SIM_OP_ATOMIC_LOAD, 0, 8));
	make(LOAD_TOO, access_memory(SIM_OP_ATOMIC_LOAD, 0, 8));
	make(STORE, access_memory(SIM_OP_ATOMIC_STORE, 0, 8));
	make(ADD, access_memory(SIM_OP_ATOMIC_RMW, 0, 8));
	make(CAS, cas);
	make(CAS_FAILED, failing);
	make(LOAD_HIGH, access_memory(SIM_OP_ATOMIC_LOAD, 4, 4));
	make(STORE_LOW, access_memory(SIM_OP_ATOMIC_STORE, 0, 1));
	make(STORE_NEXT, access_memory(SIM_OP_ATOMIC_STORE, 8, 1));
	make(READ, access_memory(SIM_OP_READ, 0, 8));
	make(READ_ACROSS, access_memory(SIM_OP_READ, 4, 8));
	make(WRITE, access_memory(SIM_OP_WRITE, 0, 8));
}

static void setup(void)
{
	ck_assert_int_eq(undo_init(&undo, 1 << 20), 0);
	ck_assert_int_eq(object_init(&objects, 1024, &undo), 0);
	objects.n_threads = N_THREADS;
	for (int t = 0; t < N_THREADS; t++)
		objects.items[t].state = SIM_THREAD_ALIVE;
	objects.items[STARTED].state = SIM_THREAD_UNBORN;
	lock = object_at(&objects, 0x1000, SIM_OBJECT_LOCK);
	lock_b = object_at(&objects, 0x1001, SIM_OBJECT_LOCK);
	condition = object_at(&objects, 0x2000, SIM_OBJECT_CONDITION);
	condition_d = object_at(&objects, 0x2001, SIM_OBJECT_CONDITION);
	semaphore = object_at(&objects, 0x3000, SIM_OBJECT_SEMAPHORE);
	semaphore_t = object_at(&objects, 0x3001, SIM_OBJECT_SEMAPHORE);
	name = object_at(&objects, 0x3800, SIM_OBJECT_NAME);
	name_other = object_at(&objects, 0x3801, SIM_OBJECT_NAME);
	flag = object_at(&objects, 0x4000, SIM_OBJECT_EVENT);
	flag_f = object_at(&objects, 0x4001, SIM_OBJECT_EVENT);
	make_locks();
	make_semaphores();
	make_names();
	make_events();
	make_conditions();
	make_threads();
	make_accesses();
}

static void teardown(void)
{
	object_release(&objects);
	undo_release(&undo);
}

static const char *find_rule(int earlier, int later)
{
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (((rules[i].these >> earlier & rules[i].those >> later) |
		     (rules[i].these >> later & rules[i].those >> earlier)) & 1)
			return rules[i].why;
	for (size_t i = 0; i < sizeof causes / sizeof *causes; i++)
		if ((int)causes[i].earlier == earlier && (int)causes[i].later == later)
			return "a cause before its effect";
	return NULL;
}

START_TEST(every_pair)
{
	for (int earlier = 0; earlier < N_SAMPLES; earlier++) {
		ck_assert_int_ne(events[earlier].op.kind, SIM_OP_NONE);
		for (int later = 0; later < N_SAMPLES; later++) {
			const char *why = find_rule(earlier, later);
			if (earlier != later)
				ck_assert_msg(dependent(&events[earlier], &events[later]) == !!why, "samples %d and %d: %s", earlier,
				              later, why ? why : "independent");
		}
	}
}
END_TEST

/* All kinds are among the samples, but those of queues (test_queue.c), pipes, eventfds and calls (test_pipe.c), read-write
 * locks, barriers and what is done once. */
START_TEST(every_kind)
{
	bool seen[SIM_OP_N_KINDS] = {false};
	for (int i = 0; i < N_SAMPLES; i++)
		seen[events[i].op.kind] = true;
	for (int kind = SIM_OP_NONE + 1; kind < SIM_OP_N_KINDS; kind++)
		ck_assert_msg(seen[kind] || op_is_queue(&(struct sim_op){.kind = (uint8_t)kind}) ||
		                      (kind >= SIM_OP_READ_LOCK && kind <= SIM_OP_END_ONCE) ||
		                      (kind >= SIM_OP_CALL && kind <= SIM_OP_PIPE_HOLD),
		              "operation %d", kind);
}
END_TEST

/* Program order: whatever they are, events of one thread. */
START_TEST(same_thread)
{
	for (int i = 0; i < N_SAMPLES; i++)
		for (int j = 0; j < N_SAMPLES; j++) {
			struct sim_event later = events[j];
			later.thread = events[i].thread;
			ck_assert(dependent(&events[i], &later));
		}
}
END_TEST

/* The samples that fail are those meant to. */
START_TEST(samples_are_what_they_say)
{
	ck_assert_uint_eq(events[LOCK_TIMED_OUT].result.low, SIM_RESULT_TIMEOUT);
	ck_assert_uint_eq(events[TRY_LOCK_BUSY].result.low, SIM_RESULT_BUSY);
	ck_assert_uint_eq(events[UNLOCK_FREE].result.low, SIM_RESULT_BUSY);
	ck_assert_uint_eq(events[WAIT_REFUSED].result.low, SIM_RESULT_BUSY);
	ck_assert_uint_eq(events[WAIT].result.low, SIM_RESULT_OK);
	ck_assert(events[TIMEOUT].again && events[TIMEOUT_TOO].again && !events[WAKE_TIMED_OUT].again);
	ck_assert_uint_eq(events[NOTIFY].result.low, 1);
	ck_assert_uint_eq(events[NOTIFY_NOBODY].result.low, 0);
	ck_assert_uint_eq(events[NOTIFY_HOLDING].result.low, 0);
	ck_assert_uint_eq(events[TAKE].result.low, SIM_RESULT_OK);
	ck_assert_uint_eq(events[TAKE_TIMED_OUT].result.low, SIM_RESULT_TIMEOUT);
	ck_assert_uint_eq(events[TRY_TAKE_BUSY].result.low, SIM_RESULT_BUSY);
	ck_assert_uint_eq(events[GIVE_BOUNDED].result.low, SIM_RESULT_OK);
	ck_assert_uint_eq(events[GIVE_REFUSED].result.low, SIM_RESULT_BUSY);
	ck_assert_uint_eq(events[AWAIT].result.low, SIM_RESULT_OK);
	ck_assert_uint_eq(events[AWAIT_TIMED_OUT].result.low, SIM_RESULT_TIMEOUT);
	ck_assert_uint_eq(events[JOIN_TIMED_OUT].result.low, SIM_RESULT_TIMEOUT);
	ck_assert_int_eq(events[CAS].uses[0].mode, SIM_MODE_WRITE);
	ck_assert_int_eq(events[CAS_FAILED].uses[0].mode, SIM_MODE_READ);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dependent");
	TCase *tests = tcase_create("dependent");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, every_pair);
	tcase_add_test(tests, every_kind);
	tcase_add_test(tests, same_thread);
	tcase_add_test(tests, samples_are_what_they_say);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
