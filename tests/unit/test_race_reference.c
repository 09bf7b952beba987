/*
 * Race detection compared with its definition, on random sequences of synchronisation and accesses of all sizes.
 *
 * Invariant I1 of race.h says that nothing is forgotten that a later access could race with, unless something is
 * kept that it races with as well, byte by byte. Hence at every access, not only at the first that races, the bytes
 * that are reported must be exactly those on which the reference finds a race with any earlier access; and the first
 * access of each report must be one that races. One liberty: an access that repeats what its thread did in the same
 * step may be left out, as the race was reported there.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "abstract_random.h"
#include "execution.h"
#include "race_reference.h"

enum {
	N_THREADS = 5,
	N_LOCKS = 2,
	N_ACTIONS = 70,
	SEQUENCES = 4000,
	LOCK_KEY = 0x1000,
	CONDITION_KEY = 0x2000,
};

/* Where atomic locations lie: every size, some sharing 8 bytes with others. */
static const struct {
	uint8_t low, size;
} locations[] = {{0, 16}, {16, 8}, {24, 4}, {28, 2}, {30, 1}, {31, 1}, {40, 8}};

static struct sim_execution execution;
static uint32_t n_started; /* threads, in this sequence */
static struct reference reference;
static struct abstract_random prng;
static uint32_t seed;
static _Alignas(64) unsigned char memory[REFERENCE_BYTES];
static bool waits[N_THREADS];
static int last_unlocks[N_LOCKS][REFERENCE_NODES], n_unlocks[N_LOCKS];
static int last_step[N_THREADS]; /* position of each thread's last event */
static uint64_t n_compared, n_raced, n_repeated, n_untold;

static uint32_t below(uint32_t n)
{
	return abstract_random_below(&prng, n);
}

static void no_step(struct sim_execution *x, int thread, unsigned choice)
{
	(void)x, (void)thread, (void)choice;
}

static void no_restored(struct sim_execution *x, uint32_t depth)
{
	(void)x, (void)depth;
}

static const struct execution_driver driver = {.step = no_step, .restored = no_restored};

static void setup(void)
{
	memset(&execution, 0, sizeof execution);
	ck_assert_int_eq(execution_init(&execution, 1000, &driver, NULL), 0);
	ck_assert_int_eq(race_watch(&execution.race, (uintptr_t)memory, sizeof memory), 0);
	/* What execution_init() logged is not to be taken back. */
	execution.undo.top = execution.undo.base;
}

static void teardown(void)
{
	execution_release(&execution);
}

/* All sequences use one execution: going back between them is tested as well. */
static void begin(uint32_t new_seed)
{
	prng.state = seed = new_seed;
	undo_restore(&execution.undo, 0);
	execution.n_events = execution.race.position = 0;
	race_forget(&execution.race);
	n_started = 0;
	memset(memory, 0, sizeof memory);
	memset(waits, 0, sizeof waits);
	memset(n_unlocks, 0, sizeof n_unlocks);
	reference_init(&reference);
	for (int t = 0; t < N_THREADS; t++)
		last_step[t] = REFERENCE_NONE;
}

/* ---- comparing -------------------------------------------------------------------------------------------------- */

/* Each assertion of Check writes to a pipe; there are millions here. */
static void demand(bool holds, int n, const char *what)
{
	if (!holds)
		ck_abort_msg("seed %u, node %d: %s", seed, n, what);
}

static bool reports(uint32_t byte)
{
	uintptr_t address = (uintptr_t)memory + byte;
	for (int i = 0; i < execution.race.n_found; i++)
		if (address - execution.race.found[i].address < execution.race.found[i].size)
			return true;
	return false;
}

/* Each report names two accesses that race. Sites are node numbers. */
static void compare_found(int n)
{
	for (int i = 0; i < execution.race.n_found; i++) {
		const struct race_found *found = &execution.race.found[i];
		const struct reference_node *first = &reference.nodes[found->first.site];
		uint32_t byte = (uint32_t)(found->address - (uintptr_t)memory);
		demand((int)found->second.site == n, n, "second access");
		demand(race_record_thread(&found->first) == first->thread, n, "first thread");
		demand(race_record_thread(&found->second) == reference.nodes[n].thread, n, "second thread");
		demand(found->first.type == first->type, n, "type of the first");
		demand(reference_races(&reference, (int)found->first.site, n, byte), n, "the two do not race");
		demand(found->position == execution.n_events, n, "position");
		demand(execution_event_of(&execution, &found->first) == first->step, n, "event of the first");
		demand(execution_event_of(&execution, &found->second) == reference.nodes[n].step, n, "event of the second");
	}
}

static void compare(int n)
{
	const struct reference_node *node = &reference.nodes[n];
	bool all_told = execution.race.n_found < RACE_MAX_FOUND;
	for (uint32_t byte = 0; byte < REFERENCE_BYTES; byte++) {
		bool reported = reports(byte), races = reference_races_at_all(&reference, n, byte);
		n_compared += byte - node->low < node->size;
		n_raced += races;
		if (races && !reported && reference_is_repeated(&reference, n, byte))
			n_repeated++;
		else if (races && !reported && !all_told)
			n_untold++;
		else
			demand(reported == races, n, races ? "a race is not reported" : "what is reported is no race");
	}
	compare_found(n);
	race_forget(&execution.race);
}

/* ---- actions ---------------------------------------------------------------------------------------------------- */

/* Executes `op` if the thread may; returns the event or NULL. */
static struct sim_event *execute(int thread, struct sim_op op)
{
	execution.pending[thread] = op;
	unsigned choices = execution_choices(&execution, thread);
	if (!choices)
		return NULL;
	struct sim_event *event = execution_open(&execution, thread, below(choices));
	last_step[thread] = (int)execution.n_events - 1;
	return event;
}

static int lock_of(const struct sim_op *op, uint32_t object)
{
	(void)op;
	return (int)(execution.objects.items[object].key - LOCK_KEY);
}

static void follow_unlock(int lock, int n)
{
	last_unlocks[lock][n_unlocks[lock]++] = n;
}

/* Prior unlocks happen before this (C11 7.26.4.3). */
static void follow_lock(int lock, int n)
{
	for (int i = 0; i < n_unlocks[lock]; i++)
		reference_order(&reference, last_unlocks[lock][i], n);
}

static void act_on_lock(int thread)
{
	static const enum sim_op_kind kinds[] = {SIM_OP_LOCK, SIM_OP_LOCK, SIM_OP_TRY_LOCK, SIM_OP_UNLOCK, SIM_OP_UNLOCK};
	struct sim_op op = {.kind = (uint8_t)kinds[below(5)], .timed = below(4) == 0};
	op.object = object_at(&execution.objects, LOCK_KEY + below(N_LOCKS), SIM_OBJECT_LOCK);
	struct sim_event *event = execute(thread, op);
	if (!event)
		return;
	int n = reference_add(&reference, thread), lock = lock_of(&op, op.object);
	if (op.kind == SIM_OP_UNLOCK)
		follow_unlock(lock, n);
	else if (event->result.low == SIM_RESULT_OK)
		follow_lock(lock, n);
}

/* First a wait, which stands as a wake from then on; or a notify. */
static void act_on_condition(int thread)
{
	uint32_t condition = object_at(&execution.objects, CONDITION_KEY, SIM_OBJECT_CONDITION);
	uint32_t lock = object_at(&execution.objects, LOCK_KEY + below(N_LOCKS), SIM_OBJECT_LOCK);
	if (below(2)) {
		if (execute(thread, (struct sim_op){.kind = SIM_OP_NOTIFY, .object = condition, .argument = 1 + below(2)}))
			reference_add(&reference, thread);
		return;
	}
	struct sim_op op = {.kind = SIM_OP_WAIT, .object = condition, .second = lock, .timed = below(2)};
	if (execution.objects.items[lock].owner != thread)
		return;
	execute(thread, op);
	follow_unlock(lock_of(&op, lock), reference_add(&reference, thread));
	op.kind = SIM_OP_WAKE;
	execution.pending[thread] = op;
	waits[thread] = true;
}

static void act_on_wake(int thread)
{
	struct sim_op op = execution.pending[thread];
	struct sim_event *event = execute(thread, op);
	if (!event)
		return;
	int n = reference_add(&reference, thread);
	if (event->again)
		return;
	waits[thread] = false;
	follow_lock(lock_of(&op, op.second), n);
}

static void act_on_thread(int thread)
{
	int other = (int)below(N_THREADS);
	enum sim_thread_state state = execution.objects.items[other].state;
	if (other == thread)
		return;
	if (state == SIM_THREAD_UNBORN && thread == 0) {
		int slot = execution_slot(&execution, 0, ++n_started);
		execute(thread, (struct sim_op){.kind = SIM_OP_START, .object = (uint32_t)slot});
		reference_add(&reference, thread);
		reference_start(&reference, thread, slot);
	} else if (state == SIM_THREAD_ALIVE && other && !waits[other] && below(4) == 0) {
		semantics_end(other, false, &execution.objects);
	} else if (state != SIM_THREAD_UNBORN) {
		struct sim_op join = {.kind = SIM_OP_JOIN, .object = (uint32_t)other, .timed = true};
		struct sim_event *event = execute(thread, join);
		int n = reference_add(&reference, thread);
		if (event->result.low == SIM_RESULT_OK)
			reference_order(&reference, reference.last[other], n);
	}
}

static enum sim_order any_order(void)
{
	static const enum sim_order orders[] = {
		SIM_RELAXED, SIM_RELAXED, SIM_ACQUIRE, SIM_RELEASE, SIM_ACQ_REL, SIM_SEQ_CST};
	return orders[below(6)];
}

static void act_on_atomic(int thread)
{
	uint32_t i = below(sizeof locations / sizeof *locations);
	struct sim_op op = {.kind = (uint8_t)(SIM_OP_ATOMIC_LOAD + below(4)), .size = locations[i].size, .rmw = SIM_RMW_ADD,
	                    .order = (uint8_t)any_order(), .fail_order = (uint8_t)any_order()};
	op.site = (uint32_t)reference.n;
	op.address = (uintptr_t)memory + locations[i].low;
	op.object = object_at(&execution.objects, op.address, SIM_OBJECT_ATOMIC);
	op.operand.low = below(3);
	op.expected.low = below(3);
	struct sim_event *event = execute(thread, op);
	bool writes = event->uses[0].mode == SIM_MODE_WRITE;
	int n = reference_add(&reference, thread), type = RACE_ATOMIC | (writes ? RACE_WRITE : 0);
	reference_access(&reference, n, locations[i].low, op.size, type, last_step[thread]);
	reference_atomic(&reference, n, op.kind != SIM_OP_ATOMIC_STORE, writes,
	                 op.kind == SIM_OP_ATOMIC_CAS && !writes ? op.fail_order : op.order);
	compare(n);
}

static void access_memory(int thread)
{
	static const uint8_t sizes[] = {1, 1, 2, 4, 8, 8, 16, 24};
	uint32_t size = sizes[below(8)], low = below(REFERENCE_BYTES / 2 - size);
	int type = below(3) ? RACE_READ : RACE_WRITE;
	int n = reference_add(&reference, thread);
	reference_access(&reference, n, low, size, type, last_step[thread]);
	race_on_access(&execution.race, thread, (uintptr_t)memory + low, size, type, (uint32_t)n);
	compare(n);
}

/* What a thread does between two operations. */
static void run_segment(int thread)
{
	for (uint32_t i = below(4); i > 0; i--) {
		enum sim_order order = any_order();
		if (below(5)) {
			access_memory(thread);
		} else {
			race_on_fence(&execution.race, thread, order);
			reference_fence(&reference, thread, order);
		}
	}
}

/* One step of a random thread. */
static void act(void)
{
	int thread = (int)below(N_THREADS);
	if (execution.objects.items[thread].state != SIM_THREAD_ALIVE)
		return;
	uint32_t before = execution.n_events;
	uint32_t what = below(10);
	if (waits[thread])
		act_on_wake(thread);
	else if (what < 4)
		act_on_lock(thread);
	else if (what < 5)
		act_on_condition(thread);
	else if (what < 6 || n_started < N_THREADS - 1)
		act_on_thread(thread);
	else
		act_on_atomic(thread);
	if (execution.n_events > before && !waits[thread])
		run_segment(thread);
}

START_TEST(same_verdict_as_the_definition)
{
	for (uint32_t i = 0; i < SEQUENCES; i++) {
		begin(i);
		for (int k = 0; k < N_ACTIONS; k++)
			act();
	}
	/* The comparison saw something: the numbers below are what a run must at least have covered. */
	ck_assert_uint_gt(n_compared, 500000);
	ck_assert_uint_gt(n_raced, 50000);
	ck_assert_uint_lt(n_repeated, n_raced / 4);
	ck_assert_uint_lt(n_untold, n_raced / 100);
}
END_TEST

/* ---- undo ------------------------------------------------------------------------------------------------------- */

/* Everything in struct race that an execution can change. */
static bool same_race(const struct race *a, const struct race *b)
{
	return !memcmp(a->clock, b->clock, sizeof a->clock) &&
	       !memcmp(a->pending_acquire, b->pending_acquire, sizeof a->pending_acquire) &&
	       !memcmp(a->release_fence, b->release_fence, sizeof a->release_fence) && a->n_chunks == b->n_chunks;
}

enum { N_CELLS = REFERENCE_BYTES / 8, N_OBJECTS = 16 };

/* Lifetime: one test. */
static struct {
	struct race race;
	struct race_cell cells[N_CELLS];
	struct vclock release[N_OBJECTS];
	unsigned char memory[REFERENCE_BYTES];
} saved;

static void save(void)
{
	const struct race *race = &execution.race;
	saved.race = *race;
	memcpy(saved.cells, race->regions[0].cells, sizeof saved.cells);
	memcpy(saved.release, race->release + SIM_MAX_THREADS, sizeof saved.release);
	memcpy(saved.memory, memory, sizeof memory);
}

static void compare_with_saved(void)
{
	const struct race *race = &execution.race;
	ck_assert(same_race(race, &saved.race));
	ck_assert_mem_eq(saved.cells, race->regions[0].cells, sizeof saved.cells);
	ck_assert_mem_eq(saved.release, race->release + SIM_MAX_THREADS, sizeof saved.release);
	ck_assert_mem_eq(saved.memory, memory, sizeof memory);
}

/* Goes on for a while, goes back, and compares every clock and cell; then once more on another way, all against the
 * same reference: what happened on the abandoned way must not be remembered. */
START_TEST(going_back_restores_clocks_and_cells)
{
	static struct reference reference_then;
	static bool waits_then[N_THREADS];
	static int unlocks_then[N_LOCKS], step_then[N_THREADS];
	for (uint32_t i = 0; i < SEQUENCES / 8; i++) {
		begin(i);
		for (int k = 0; k < N_ACTIONS / 2; k++)
			act();
		uint32_t n_started_then = n_started;
		undo_mark mark = undo_now(&execution.undo);
		uint32_t n_events = execution.n_events;
		save();
		reference_then = reference;
		memcpy(waits_then, waits, sizeof waits);
		memcpy(unlocks_then, n_unlocks, sizeof n_unlocks);
		memcpy(step_then, last_step, sizeof last_step);
		static struct sim_op pending_then[N_THREADS];
		memcpy(pending_then, execution.pending, sizeof pending_then);
		for (int way = 0; way < 3; way++) {
			for (int k = 0; k < N_ACTIONS / 3; k++)
				act();
			undo_restore(&execution.undo, mark);
			execution.n_events = execution.race.position = n_events;
			compare_with_saved();
			reference = reference_then;
			n_started = n_started_then;
			memcpy(waits, waits_then, sizeof waits);
			memcpy(n_unlocks, unlocks_then, sizeof n_unlocks);
			memcpy(last_step, step_then, sizeof last_step);
			memcpy(execution.pending, pending_then, sizeof pending_then);
		}
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("race_reference");
	TCase *tests = tcase_create("race_reference");
	tcase_set_timeout(tests, 120);
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, same_verdict_as_the_definition);
	tcase_add_test(tests, going_back_restores_clocks_and_cells);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
