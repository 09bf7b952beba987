#include "generate.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "semantics.h"

/* What a thread is made of: items, of one to four statements. */
enum item {
	ITEM_NONE,
	ITEM_LOAD,
	ITEM_STORE,
	ITEM_ADD,
	ITEM_EXCHANGE,
	ITEM_CAS,
	ITEM_FENCE,
	ITEM_READ,
	ITEM_WRITE,
	ITEM_WIDE,          /* a plain access wider than any atomic */
	ITEM_AWAIT,
	ITEM_AWAIT_MORE,    /* with more than one operation for each attempt */
	ITEM_SPIN_LOCK,     /* take, perhaps something, put back */
	ITEM_LOCK,
	ITEM_UNLOCK,
	ITEM_SECTION,       /* lock, perhaps something, unlock */
	ITEM_TRY_LOCK,
	ITEM_LOCK_FOR,
	ITEM_IS_LOCKED,
	ITEM_WAIT,
	ITEM_WAIT_FOR,
	ITEM_NOTIFY,
	ITEM_NOTIFY_ALL,
	ITEM_SEM_ACQUIRE,
	ITEM_SEM_ACQUIRE_FOR,
	ITEM_SEM_TRY_ACQUIRE,
	ITEM_SEM_RELEASE,
	ITEM_SEM_VALUE,
	ITEM_EVENT_SET,
	ITEM_EVENT_CLEAR,
	ITEM_EVENT_WAIT,
	ITEM_EVENT_WAIT_FOR,
	ITEM_EVENT_IS_SET,
	ITEM_EVENT_POLL,
	ITEM_READ_SECTION,  /* read-lock, perhaps something, unlock */
	ITEM_WRITE_SECTION,
	ITEM_READ_LOCK,
	ITEM_READ_LOCK_FOR,
	ITEM_TRY_READ_LOCK,
	ITEM_WRITE_LOCK,
	ITEM_WRITE_LOCK_FOR,
	ITEM_TRY_WRITE_LOCK,
	ITEM_BARRIER_WAIT,
	ITEM_BARRIER_WAIT_FOR,
	ITEM_BARRIER_ABORT,
	ITEM_BARRIER_RESET,
	ITEM_BARRIER_N_WAITING,
	ITEM_BARRIER_BROKEN,
	ITEM_ONCE,
	ITEM_PUT,
	ITEM_PUT_FOR,
	ITEM_TRY_PUT,
	ITEM_GET,
	ITEM_GET_FOR,
	ITEM_TRY_GET,
	ITEM_QUEUE_SIZE,
	ITEM_TASK_DONE,
	ITEM_QUEUE_JOIN,
	ITEM_QUEUE_JOIN_FOR,
	ITEM_START,
	ITEM_JOIN,
	ITEM_JOIN_FOR,
	ITEM_IS_ALIVE,
	ITEM_ENUMERATE,
	ITEM_CANCEL,
	ITEM_CANCELLATION_POINT,
	ITEM_SLEEP,
	ITEM_CHOOSE,
	ITEM_PIPE_READ,
	ITEM_PIPE_WRITE,
	ITEM_PIPE_HOLD,
	ITEM_COUNTER_TAKE,
	ITEM_COUNTER_ADD,
	ITEM_FILE,
	ITEM_BLOCK,         /* begin, two or three others, end */
	ITEM_BLOCK_SET,     /* write in a block */
	ITEM_BLOCK_AWAIT,
	ITEM_PRUNE,
	ITEM_FAIL,
	ITEM_EXIT,
	ITEM_IF,            /* another item, its last statement guarded */
	ITEM_N
};

enum { FAMILY_ITEMS = 12 };

static const struct family {
	const char *name;
	uint8_t items[FAMILY_ITEMS]; /* equally likely; up to the first ITEM_NONE. None at all: every item */
	bool is_sim;   /* always with sim_ primitives */
	bool is_mixed; /* atomics of different sizes on overlapping bytes */
	bool lets_pass; /* read-write locks whose readers pass a writer that waits */
} families[GENERATE_N_FAMILIES] = {
	{.name = "mem", .items = {ITEM_LOAD, ITEM_STORE, ITEM_ADD, ITEM_EXCHANGE, ITEM_CAS, ITEM_IF}},
	{.name = "rw", .items = {ITEM_LOAD, ITEM_STORE}},
	{.name = "mixed", .items = {ITEM_LOAD, ITEM_STORE, ITEM_ADD, ITEM_EXCHANGE, ITEM_CAS, ITEM_CAS}, .is_mixed = true},
	{.name = "lock", .items = {ITEM_LOAD, ITEM_STORE, ITEM_LOCK, ITEM_UNLOCK, ITEM_SECTION, ITEM_SECTION, ITEM_TRY_LOCK, ITEM_IS_LOCKED,
	          ITEM_IF}},
	{.name = "timed", .items = {ITEM_LOCK_FOR, ITEM_LOCK_FOR, ITEM_SECTION, ITEM_TRY_LOCK, ITEM_WAIT_FOR, ITEM_WAIT_FOR, ITEM_WAIT,
	           ITEM_NOTIFY, ITEM_NOTIFY_ALL, ITEM_JOIN_FOR, ITEM_SLEEP}},
	{.name = "join", .items = {ITEM_LOAD, ITEM_STORE, ITEM_START, ITEM_START, ITEM_JOIN, ITEM_JOIN, ITEM_JOIN_FOR, ITEM_IS_ALIVE,
	          ITEM_ENUMERATE, ITEM_SECTION}},
	{.name = "cond", .items = {ITEM_WAIT, ITEM_WAIT, ITEM_NOTIFY, ITEM_NOTIFY, ITEM_NOTIFY_ALL, ITEM_SECTION, ITEM_TRY_LOCK, ITEM_STORE}},
	{.name = "choose", .items = {ITEM_CHOOSE, ITEM_CHOOSE, ITEM_IF, ITEM_IF, ITEM_LOAD, ITEM_STORE, ITEM_SECTION}},
	{.name = "plain", .items = {ITEM_READ, ITEM_WRITE, ITEM_WRITE, ITEM_SECTION, ITEM_SECTION, ITEM_LOAD, ITEM_STORE, ITEM_ADD,
	           ITEM_FENCE}},
	{.name = "wide", .items = {ITEM_WIDE, ITEM_READ, ITEM_WRITE, ITEM_CAS, ITEM_CAS, ITEM_STORE}, .is_mixed = true},
	{.name = "exit", .items = {ITEM_EXIT, ITEM_LOAD, ITEM_STORE, ITEM_SECTION, ITEM_JOIN, ITEM_IF, ITEM_WAIT, ITEM_LOCK}},
	{.name = "fail", .items = {ITEM_FAIL, ITEM_IF, ITEM_IF, ITEM_LOAD, ITEM_ADD, ITEM_SECTION, ITEM_TRY_LOCK, ITEM_JOIN}},
	{.name = "sim", .items = {ITEM_SECTION, ITEM_LOCK, ITEM_UNLOCK, ITEM_TRY_LOCK, ITEM_LOCK_FOR, ITEM_WAIT, ITEM_WAIT_FOR, ITEM_NOTIFY,
	         ITEM_NOTIFY_ALL, ITEM_IS_ALIVE, ITEM_JOIN, ITEM_STORE}, .is_sim = true},
	{.name = "all", .items = {ITEM_NONE}},
	{.name = "spin", .items = {ITEM_AWAIT, ITEM_AWAIT, ITEM_SPIN_LOCK, ITEM_SPIN_LOCK, ITEM_STORE, ITEM_STORE, ITEM_ADD,
	                           ITEM_WRITE, ITEM_IF, ITEM_SECTION}},
	{.name = "semaphore", .items = {ITEM_SEM_ACQUIRE, ITEM_SEM_ACQUIRE, ITEM_SEM_RELEASE, ITEM_SEM_RELEASE,
	                                ITEM_SEM_RELEASE, ITEM_SEM_TRY_ACQUIRE, ITEM_SEM_ACQUIRE_FOR, ITEM_IF, ITEM_STORE}},
	{.name = "event", .items = {ITEM_EVENT_SET, ITEM_EVENT_SET, ITEM_EVENT_CLEAR, ITEM_EVENT_WAIT, ITEM_EVENT_WAIT,
	                            ITEM_EVENT_IS_SET, ITEM_EVENT_WAIT_FOR, ITEM_IF, ITEM_STORE}},
	{.name = "rwlock", .items = {ITEM_READ_SECTION, ITEM_READ_SECTION, ITEM_WRITE_SECTION, ITEM_READ_LOCK, ITEM_READ_LOCK_FOR,
	                             ITEM_TRY_READ_LOCK, ITEM_WRITE_LOCK, ITEM_WRITE_LOCK_FOR, ITEM_TRY_WRITE_LOCK, ITEM_IF,
	                             ITEM_STORE}},
	{.name = "readers", .items = {ITEM_READ_SECTION, ITEM_READ_SECTION, ITEM_WRITE_SECTION, ITEM_READ_LOCK, ITEM_READ_LOCK_FOR,
	                              ITEM_TRY_READ_LOCK, ITEM_WRITE_LOCK, ITEM_WRITE_LOCK_FOR, ITEM_TRY_WRITE_LOCK,
	                              ITEM_SEM_ACQUIRE, ITEM_SEM_RELEASE, ITEM_SEM_VALUE}, .lets_pass = true},
	{.name = "barrier", .items = {ITEM_BARRIER_WAIT, ITEM_BARRIER_WAIT, ITEM_BARRIER_WAIT, ITEM_BARRIER_WAIT_FOR,
	                              ITEM_BARRIER_WAIT_FOR, ITEM_BARRIER_ABORT, ITEM_BARRIER_RESET, ITEM_BARRIER_N_WAITING,
	                              ITEM_BARRIER_BROKEN, ITEM_IF, ITEM_STORE}},
	{.name = "once", .items = {ITEM_ONCE, ITEM_ONCE, ITEM_ONCE, ITEM_STORE, ITEM_LOAD, ITEM_SECTION, ITEM_IF, ITEM_CAS}},
	{.name = "meet", .items = {ITEM_BARRIER_WAIT, ITEM_BARRIER_WAIT, ITEM_BARRIER_WAIT_FOR, ITEM_BARRIER_ABORT, ITEM_ONCE,
	                           ITEM_READ_SECTION, ITEM_WRITE_SECTION, ITEM_IS_ALIVE, ITEM_JOIN_FOR, ITEM_JOIN, ITEM_EXIT,
	                           ITEM_FAIL}},
	{.name = "retry", .items = {ITEM_EVENT_POLL, ITEM_EVENT_POLL, ITEM_EVENT_SET, ITEM_EVENT_SET, ITEM_EVENT_CLEAR,
	                            ITEM_EVENT_WAIT, ITEM_STORE, ITEM_WRITE, ITEM_IF, ITEM_SECTION}},
	{.name = "watched", .items = {ITEM_SEM_ACQUIRE, ITEM_SEM_RELEASE, ITEM_EVENT_SET, ITEM_EVENT_WAIT, ITEM_EVENT_CLEAR,
	                              ITEM_IS_ALIVE, ITEM_JOIN_FOR, ITEM_JOIN, ITEM_SECTION, ITEM_IF, ITEM_EXIT, ITEM_FAIL}},
	{.name = "poll", .items = {ITEM_AWAIT_MORE, ITEM_AWAIT_MORE, ITEM_AWAIT, ITEM_STORE, ITEM_STORE, ITEM_ADD, ITEM_CAS,
	                           ITEM_WRITE, ITEM_IF}},
	{.name = "alive", .items = {ITEM_ENUMERATE, ITEM_ENUMERATE, ITEM_START, ITEM_JOIN, ITEM_LOAD, ITEM_STORE, ITEM_CAS,
	                            ITEM_SECTION, ITEM_WAIT_FOR, ITEM_IF, ITEM_EXIT, ITEM_FAIL}},
	{.name = "queue", .items = {ITEM_PUT, ITEM_PUT, ITEM_PUT, ITEM_GET, ITEM_GET, ITEM_TRY_PUT, ITEM_PUT_FOR, ITEM_TRY_GET,
	                            ITEM_GET_FOR, ITEM_QUEUE_SIZE, ITEM_IF, ITEM_STORE}},
	{.name = "pipe", .items = {ITEM_PUT, ITEM_PUT, ITEM_PUT, ITEM_GET, ITEM_GET, ITEM_GET, ITEM_IF, ITEM_STORE, ITEM_LOAD}},
	{.name = "task", .items = {ITEM_PUT, ITEM_PUT, ITEM_GET, ITEM_TASK_DONE, ITEM_TASK_DONE, ITEM_QUEUE_JOIN, ITEM_QUEUE_JOIN,
	                           ITEM_QUEUE_JOIN_FOR, ITEM_TRY_PUT, ITEM_IF, ITEM_STORE}},
	{.name = "cancel", .items = {ITEM_CANCEL, ITEM_CANCEL, ITEM_CANCEL, ITEM_CANCELLATION_POINT, ITEM_CANCELLATION_POINT,
	                             ITEM_CANCELLATION_POINT, ITEM_CANCELLATION_POINT, ITEM_SEM_RELEASE, ITEM_NOTIFY, ITEM_STORE,
	                             ITEM_IF, ITEM_JOIN}},
	{.name = "cancelled", .items = {ITEM_CANCEL, ITEM_CANCEL, ITEM_CANCELLATION_POINT, ITEM_CANCELLATION_POINT, ITEM_WAIT,
	                                ITEM_NOTIFY_ALL, ITEM_IS_ALIVE, ITEM_JOIN_FOR, ITEM_BLOCK, ITEM_SEM_RELEASE,
	                                ITEM_EXIT, ITEM_FAIL}},
	{.name = "served", .items = {ITEM_PUT, ITEM_PUT, ITEM_GET, ITEM_GET, ITEM_TRY_GET, ITEM_QUEUE_JOIN, ITEM_IS_ALIVE,
	                             ITEM_JOIN_FOR, ITEM_JOIN, ITEM_SECTION, ITEM_EXIT, ITEM_FAIL}},
	{.name = "block", .items = {ITEM_BLOCK, ITEM_BLOCK, ITEM_READ, ITEM_WRITE, ITEM_LOAD, ITEM_STORE, ITEM_CAS, ITEM_PRUNE,
	                            ITEM_IF}},
	{.name = "uninterrupted", .items = {ITEM_BLOCK, ITEM_BLOCK, ITEM_CHOOSE, ITEM_SECTION, ITEM_TRY_LOCK, ITEM_SEM_RELEASE,
	                                    ITEM_SEM_ACQUIRE, ITEM_IS_ALIVE, ITEM_JOIN_FOR, ITEM_NOTIFY, ITEM_WAIT, ITEM_EXIT}},
	{.name = "bytes", .items = {ITEM_PIPE_READ, ITEM_PIPE_READ, ITEM_PIPE_WRITE, ITEM_PIPE_WRITE, ITEM_PIPE_WRITE,
	                            ITEM_PIPE_HOLD, ITEM_COUNTER_TAKE, ITEM_COUNTER_ADD, ITEM_COUNTER_ADD, ITEM_IF, ITEM_STORE,
	                            ITEM_JOIN}},
	{.name = "file", .items = {ITEM_FILE, ITEM_FILE, ITEM_FILE, ITEM_FILE, ITEM_STORE, ITEM_LOAD, ITEM_SECTION, ITEM_IF,
	                           ITEM_IS_ALIVE, ITEM_EXIT}},
	{.name = "block-poll", .items = {ITEM_BLOCK_AWAIT, ITEM_BLOCK_AWAIT, ITEM_BLOCK_SET, ITEM_BLOCK_SET, ITEM_BLOCK, ITEM_LOAD,
	                                 ITEM_STORE, ITEM_WRITE, ITEM_SECTION, ITEM_IF}},
};

/* Lifetime: one program. */
struct maker {
	struct program *program;
	const struct family *family;
	uint64_t random;
	int thread; /* to which statements are added */
	int n_locations, n_locks, n_conditions;
	unsigned queue; /* the one that is mostly used */
	bool is_ordered; /* atomics have any memory order */
	bool is_started[PROGRAM_THREADS];
};

const char *generate_family_name(int family)
{
	return family < GENERATE_N_FAMILIES ? families[family].name : NULL;
}

int generate_family(const char *name)
{
	for (int i = 0; i < GENERATE_N_FAMILIES; i++)
		if (strcmp(families[i].name, name) == 0)
			return i;
	return -1;
}

/* A number below n (splitmix64). */
static unsigned maker_below(struct maker *m, unsigned n)
{
	uint64_t z = m->random += UINT64_C(0x9E3779B97F4A7C15);
	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return (unsigned)((z ^ z >> 31) % n);
}

static bool maker_chance(struct maker *m, unsigned percent)
{
	return maker_below(m, 100) < percent;
}

static uint8_t maker_register(struct maker *m)
{
	return (uint8_t)(1 + maker_below(m, 2));
}

static uint8_t maker_lock(struct maker *m)
{
	return (uint8_t)maker_below(m, (unsigned)m->n_locks);
}

static void maker_add(struct maker *m, struct program_statement statement)
{
	program_add(m->program, m->thread, statement);
}

/* ---- memory ----------------------------------------------------------------------------------------------------- */

static uint8_t maker_value(struct maker *m)
{
	return maker_chance(m, 25) ? (uint8_t)((maker_register(m) - 1) | PROGRAM_FROM_REGISTER)
	                           : (uint8_t)(1 + maker_below(m, 2));
}

static void maker_add_atomic(struct maker *m, enum program_kind kind)
{
	struct program_statement s = {.kind = (uint8_t)kind, .size = 4, .order = SIM_SEQ_CST};
	s.at = (uint8_t)(8 * maker_below(m, (unsigned)m->n_locations));
	if (m->family->is_mixed) {
		s.size = (uint8_t)(1 << maker_below(m, 4));
		s.at = (uint8_t)(s.size * maker_below(m, 8u / s.size));
	}
	if (m->is_ordered)
		s.order = (uint8_t)maker_below(m, SIM_SEQ_CST + 1);
	if (kind != PROGRAM_LOAD)
		s.value = maker_value(m);
	if (kind == PROGRAM_CAS)
		s.expected = (uint8_t)maker_below(m, 2);
	if (kind != PROGRAM_STORE)
		s.to = maker_register(m);
	maker_add(m, s);
}

/* Mostly locations of their own; sometimes those of the atomics. */
static void maker_add_plain(struct maker *m, enum program_kind kind)
{
	struct program_statement s = {.kind = (uint8_t)kind, .size = 4};
	s.at = (uint8_t)((m->family->is_mixed || maker_chance(m, 20) ? 0 : 16) + 4 * maker_below(m, 2));
	if (kind == PROGRAM_READ)
		s.to = maker_register(m);
	else
		s.value = maker_value(m);
	maker_add(m, s);
}

static void maker_add_wide(struct maker *m)
{
	bool reads = maker_chance(m, 30);
	struct program_statement s = {.kind = reads ? PROGRAM_READ : PROGRAM_WRITE};
	s.size = (uint8_t)(9 + maker_below(m, 40));
	s.at = (uint8_t)maker_below(m, 8);
	if (reads)
		s.to = maker_register(m);
	else
		s.value = (uint8_t)maker_below(m, 3);
	maker_add(m, s);
}

/* ---- locks and conditions --------------------------------------------------------------------------------------- */

static void maker_add_lock(struct maker *m, enum program_kind kind, uint8_t lock)
{
	maker_add(m, (struct program_statement){.kind = (uint8_t)kind, .lock = lock});
}

static void maker_add_item(struct maker *m, enum item item);

static enum item maker_item(struct maker *m)
{
	unsigned n = 0;
	while (n < FAMILY_ITEMS && m->family->items[n])
		n++;
	return n ? m->family->items[maker_below(m, n)] : (enum item)(1 + maker_below(m, ITEM_N - 1));
}

static void maker_add_section(struct maker *m)
{
	uint8_t lock = maker_lock(m);
	enum item inner = maker_item(m);
	maker_add_lock(m, PROGRAM_LOCK, lock);
	if (inner != ITEM_SECTION && inner != ITEM_IF && inner != ITEM_WAIT && maker_chance(m, 70))
		maker_add_item(m, inner);
	maker_add_lock(m, PROGRAM_UNLOCK, lock);
}

/* A lock that may not be had, given back if it was. */
static void maker_add_attempt(struct maker *m, enum program_kind kind)
{
	struct program_statement s = {.kind = (uint8_t)kind, .lock = maker_lock(m), .to = maker_register(m)};
	maker_add(m, s);
	if (maker_chance(m, 70))
		maker_add(m, (struct program_statement){.kind = PROGRAM_UNLOCK, .lock = s.lock, .guard = s.to});
}

static void maker_add_wait(struct maker *m, enum program_kind kind)
{
	struct program_statement s = {.kind = (uint8_t)kind};
	s.condition = (uint8_t)maker_below(m, (unsigned)m->n_conditions);
	s.lock = m->program->style == PROGRAM_SIM ? s.condition : maker_lock(m);
	if (kind == PROGRAM_WAIT_FOR)
		s.to = maker_register(m);
	maker_add_lock(m, PROGRAM_LOCK, s.lock);
	maker_add(m, s);
	if (maker_chance(m, 80))
		maker_add_lock(m, PROGRAM_UNLOCK, s.lock);
}

/* With a lock held or without; sim_ primitives demand it. */
static void maker_add_notify(struct maker *m, enum program_kind kind)
{
	struct program_statement s = {.kind = (uint8_t)kind};
	s.condition = (uint8_t)maker_below(m, (unsigned)m->n_conditions);
	if (kind == PROGRAM_NOTIFY)
		s.n = (uint8_t)(maker_chance(m, 70) ? 1 : 2);
	bool locked = maker_chance(m, m->program->style == PROGRAM_SIM ? 95 : 30);
	if (locked)
		maker_add_lock(m, PROGRAM_LOCK, s.condition);
	maker_add(m, s);
	if (locked)
		maker_add_lock(m, PROGRAM_UNLOCK, s.condition);
}

/* ---- semaphores and events -------------------------------------------------------------------------------------- */

static void maker_add_semaphore(struct maker *m, enum program_kind kind)
{
	struct program_statement s = {.kind = (uint8_t)kind};
	s.semaphore = (uint8_t)maker_below(m, PROGRAM_SEMAPHORES);
	if (m->n_locations == 1 && maker_chance(m, 70))
		s.semaphore = (uint8_t)maker_below(m, 2);
	if (kind == PROGRAM_SEM_RELEASE)
		s.n = (uint8_t)(1 + maker_chance(m, 20));
	else if (kind != PROGRAM_SEM_ACQUIRE)
		s.to = maker_register(m);
	maker_add(m, s);
}

static void maker_add_event(struct maker *m, enum program_kind kind)
{
	struct program_statement s = {.kind = (uint8_t)kind};
	s.event = (uint8_t)maker_below(m, (unsigned)m->n_locations);
	if (kind == PROGRAM_EVENT_POLL && maker_chance(m, 50))
		s.kind = PROGRAM_EVENT_RETRY;
	if (kind == PROGRAM_EVENT_WAIT_FOR || kind == PROGRAM_EVENT_IS_SET)
		s.to = maker_register(m);
	maker_add(m, s);
}

/* ---- read-write locks, barriers, once ---------------------------------------------------------------------------- */

static uint8_t maker_rwlock(struct maker *m)
{
	return (uint8_t)(maker_below(m, (unsigned)m->n_locks) + (m->family->lets_pass ? PROGRAM_RWLOCKS_KEPT : 0));
}

static void maker_add_rwlock(struct maker *m, enum program_kind kind, uint8_t lock)
{
	maker_add(m, (struct program_statement){.kind = (uint8_t)kind, .rwlock = lock});
}

static void maker_add_rw_section(struct maker *m, enum program_kind kind)
{
	uint8_t lock = maker_rwlock(m);
	enum item inner = maker_item(m);
	maker_add_rwlock(m, kind, lock);
	if (inner != ITEM_READ_SECTION && inner != ITEM_WRITE_SECTION && inner != ITEM_SECTION && inner != ITEM_IF &&
	    maker_chance(m, 60))
		maker_add_item(m, inner);
	maker_add_rwlock(m, PROGRAM_RW_UNLOCK, lock);
}

/* Mostly given back. */
static void maker_add_rw_lock(struct maker *m, enum program_kind kind)
{
	struct program_statement s = {.kind = (uint8_t)kind, .rwlock = maker_rwlock(m)};
	if (kind != PROGRAM_READ_LOCK && kind != PROGRAM_WRITE_LOCK)
		s.to = maker_register(m);
	maker_add(m, s);
	if (maker_chance(m, 70))
		maker_add(m, (struct program_statement){.kind = PROGRAM_RW_UNLOCK, .rwlock = s.rwlock, .guard = s.to});
}

static void maker_add_barrier(struct maker *m, enum program_kind kind)
{
	struct program_statement s = {.kind = (uint8_t)kind};
	s.barrier = (uint8_t)maker_below(m, m->n_locations == 1 ? 2 : PROGRAM_BARRIERS);
	if (kind != PROGRAM_BARRIER_ABORT && kind != PROGRAM_BARRIER_RESET)
		s.to = maker_register(m);
	maker_add(m, s);
}

/* ---- queues ------------------------------------------------------------------------------------------------------ */

/* Mostly one queue, so that they meet. */
static void maker_add_queue(struct maker *m, enum program_kind kind)
{
	struct program_statement s = {.kind = (uint8_t)kind};
	s.queue = (uint8_t)(m->n_conditions == 1 || maker_chance(m, 70) ? m->queue : maker_below(m, PROGRAM_QUEUES));
	if (kind == PROGRAM_PUT || kind == PROGRAM_PUT_FOR || kind == PROGRAM_TRY_PUT)
		s.value = maker_value(m);
	if (kind != PROGRAM_PUT && kind != PROGRAM_TASK_DONE && kind != PROGRAM_QUEUE_JOIN)
		s.to = maker_register(m);
	maker_add(m, s);
}

/* ---- pipes, eventfds and files ----------------------------------------------------------------------------------- */

static void maker_add_pipe(struct maker *m, enum item item)
{
	struct program_statement s = {.kind = PROGRAM_PIPE_HOLD, .n = (uint8_t)maker_below(m, 2), .detains = maker_chance(m, 30)};
	if (item != ITEM_PIPE_HOLD)
		s = (struct program_statement){.kind = item == ITEM_PIPE_READ ? PROGRAM_PIPE_READ : PROGRAM_PIPE_WRITE,
		                               .n = (uint8_t)maker_below(m, m->n_locations == 1 ? 4 : 2),
		                               .to = maker_chance(m, 40) ? maker_register(m) : 0};
	maker_add(m, s);
}

static void maker_add_counter(struct maker *m, enum item item)
{
	struct program_statement s = {.kind = PROGRAM_COUNTER_ADD, .n = (uint8_t)(1 + maker_below(m, 2))};
	if (item == ITEM_COUNTER_TAKE)
		s = (struct program_statement){.kind = PROGRAM_COUNTER_TAKE, .n = maker_chance(m, 50), .detains = maker_chance(m, 30),
		                               .to = maker_register(m)};
	maker_add(m, s);
}

/* A look at or a change of the size, a read or a write of some bytes, or both. */
static void maker_add_file(struct maker *m)
{
	struct program_statement s = {.kind = PROGRAM_FILE, .n = (uint8_t)maker_below(m, SIM_MODE_GIVE + 1), .to = maker_register(m)};
	s.detains = (uint8_t)(s.n && maker_chance(m, 40) ? 0 : 1 + maker_below(m, SIM_MODE_WRITE));
	s.at = (uint8_t)maker_below(m, 3);
	s.size = s.detains == SIM_MODE_WRITE ? 1 : (uint8_t)(1 + maker_below(m, 2));
	maker_add(m, s);
}

/* ---- threads ---------------------------------------------------------------------------------------------------- */

static void maker_add_start(struct maker *m, int thread)
{
	m->is_started[thread] = true;
	maker_add(m, (struct program_statement){.kind = PROGRAM_START, .thread = (uint8_t)thread,
	                                        .detains = maker_chance(m, m->family->is_sim ? 100 : 65)});
}

static void maker_add_thread_item(struct maker *m, enum program_kind kind)
{
	struct program_statement s = {.kind = (uint8_t)kind};
	s.thread = (uint8_t)maker_below(m, (unsigned)m->program->n_threads);
	if (s.thread == m->thread)
		s.thread = (uint8_t)((s.thread + 1) % m->program->n_threads);
	if (kind != PROGRAM_JOIN && kind != PROGRAM_CANCEL)
		s.to = maker_register(m);
	maker_add(m, s);
}

static void maker_add_cancellation_point(struct maker *m)
{
	static const uint8_t kinds[] = {PROGRAM_IS_CANCELLED, PROGRAM_AWAIT_CANCEL, PROGRAM_CANCELLABLE_WAIT,
	                                PROGRAM_CANCELLABLE_WAIT, PROGRAM_CANCELLABLE_JOIN, PROGRAM_CANCELLABLE_ACQUIRE,
	                                PROGRAM_CANCELLABLE_ACQUIRE, PROGRAM_CANCELLABLE_SLEEP};
	struct program_statement s = {.kind = kinds[maker_below(m, sizeof kinds)]};
	bool waits = s.kind == PROGRAM_CANCELLABLE_WAIT;
	if (s.kind != PROGRAM_AWAIT_CANCEL)
		s.to = maker_register(m);
	s.condition = waits ? (uint8_t)maker_below(m, (unsigned)m->n_conditions) : 0;
	s.lock = waits ? maker_lock(m) : 0;
	s.semaphore = s.kind == PROGRAM_CANCELLABLE_ACQUIRE ? (uint8_t)maker_below(m, 2) : 0;
	if (s.kind == PROGRAM_CANCELLABLE_JOIN)
		s.thread = (uint8_t)((m->thread + 1 + (int)maker_below(m, (unsigned)m->program->n_threads - 1)) % m->program->n_threads);
	if (waits || s.kind == PROGRAM_CANCELLABLE_JOIN || s.kind == PROGRAM_CANCELLABLE_ACQUIRE)
		s.n = maker_chance(m, 30);
	if (waits)
		maker_add_lock(m, PROGRAM_LOCK, s.lock);
	maker_add(m, s);
	if (waits && maker_chance(m, 80))
		maker_add_lock(m, PROGRAM_UNLOCK, s.lock);
}

/* Threads start later ones only, so that the starts make a tree. */
static void maker_add_start_item(struct maker *m)
{
	for (int u = m->thread + 1; u < m->program->n_threads; u++)
		if (!m->is_started[u] && maker_chance(m, 50)) {
			maker_add_start(m, u);
			return;
		}
	maker_add_thread_item(m, PROGRAM_JOIN);
}

/* ---- the rest --------------------------------------------------------------------------------------------------- */

static void maker_add_end(struct maker *m, enum program_kind kind)
{
	struct program_statement s = {.kind = (uint8_t)kind, .guard = maker_chance(m, 70) ? maker_register(m) : 0};
	s.detains = kind == PROGRAM_EXIT && m->thread == 0 && maker_chance(m, 30);
	maker_add(m, s);
}

static void maker_add_guarded(struct maker *m)
{
	enum item item = maker_item(m);
	int before = m->program->n_statements[m->thread];
	if (item == ITEM_IF || item == ITEM_START)
		item = ITEM_LOAD;
	maker_add_item(m, item);
	int after = m->program->n_statements[m->thread];
	if (after > before)
		m->program->statements[m->thread][after - 1].guard = maker_register(m);
}

/* Mostly what reads and writes the same as other blocks. */
static void maker_add_block(struct maker *m)
{
	maker_add(m, (struct program_statement){.kind = PROGRAM_BEGIN_BLOCK});
	for (unsigned n = 1 + maker_below(m, 2); n; n--) {
		enum item item = maker_chance(m, 60) ? (enum item)(ITEM_LOAD + maker_below(m, ITEM_WRITE)) : maker_item(m);
		if (item == ITEM_PRUNE || item == ITEM_FAIL)
			maker_add_end(m, item == ITEM_FAIL ? PROGRAM_FAIL : PROGRAM_PRUNE);
		else if (item != ITEM_BLOCK && item != ITEM_IF && item != ITEM_SECTION && item != ITEM_WAIT)
			maker_add_item(m, item);
	}
	maker_add(m, (struct program_statement){.kind = PROGRAM_END_BLOCK});
}

/* A flag that others wait for, or a wait for it. */
static void maker_add_flag(struct maker *m, bool sets)
{
	struct program_statement s = {.kind = sets ? PROGRAM_WRITE : PROGRAM_BLOCK_AWAIT, .size = 4};
	s.at = (uint8_t)(16 + 4 * maker_below(m, (unsigned)m->n_locations));
	s.value = (uint8_t)(sets && maker_chance(m, 20) ? 0 : 1);
	if (sets)
		maker_add(m, (struct program_statement){.kind = PROGRAM_BEGIN_BLOCK});
	maker_add(m, s);
	if (sets)
		maker_add(m, (struct program_statement){.kind = PROGRAM_END_BLOCK});
}

static void maker_add_access(struct maker *m, enum item item)
{
	static const enum program_kind kinds[] = {
		[ITEM_LOAD] = PROGRAM_LOAD, [ITEM_STORE] = PROGRAM_STORE, [ITEM_ADD] = PROGRAM_ADD,
		[ITEM_EXCHANGE] = PROGRAM_EXCHANGE, [ITEM_CAS] = PROGRAM_CAS,
		[ITEM_READ] = PROGRAM_READ, [ITEM_WRITE] = PROGRAM_WRITE,
	};
	if (item == ITEM_WIDE)
		maker_add_wide(m);
	else if (item == ITEM_FENCE)
		maker_add(m, (struct program_statement){
			.kind = PROGRAM_FENCE, .order = (uint8_t)(SIM_ACQUIRE + maker_below(m, 3))});
	else if (item >= ITEM_READ)
		maker_add_plain(m, kinds[item]);
	else
		maker_add_atomic(m, kinds[item]);
}

/* Waits for a value that somebody may store, or has a section under a lock made of an atomic. */
static void maker_add_poll(struct maker *m, enum item item)
{
	struct program_statement s = {.kind = PROGRAM_AWAIT, .size = 4, .order = SIM_SEQ_CST, .value = (uint8_t)(1 + maker_below(m, 2))};
	s.at = (uint8_t)(8 * maker_below(m, (unsigned)m->n_locations));
	if (item == ITEM_SPIN_LOCK) {
		s.kind = maker_chance(m, 50) ? PROGRAM_TAKE : PROGRAM_TAKE_CAS;
		s.value = 0;
	}
	if (item == ITEM_AWAIT_MORE) {
		s.kind = (uint8_t)(PROGRAM_AWAIT_NAPPING + maker_below(m, 4));
		s.to = s.kind == PROGRAM_AWAIT_NAPPING ? 0 : maker_register(m);
		s.value = s.kind == PROGRAM_AWAIT_BELOW ? 0 : s.value;
	}
	maker_add(m, s);
	if (item != ITEM_SPIN_LOCK)
		return;
	if (maker_chance(m, 30))
		maker_add_plain(m, PROGRAM_WRITE);
	if (maker_chance(m, 85))
		maker_add(m, (struct program_statement){.kind = PROGRAM_STORE, .at = s.at, .size = 4, .order = SIM_SEQ_CST});
}

static void maker_add_item(struct maker *m, enum item item)
{
	static const enum program_kind kinds[ITEM_N] = {
		[ITEM_LOCK] = PROGRAM_LOCK, [ITEM_UNLOCK] = PROGRAM_UNLOCK, [ITEM_TRY_LOCK] = PROGRAM_TRY_LOCK,
		[ITEM_LOCK_FOR] = PROGRAM_LOCK_FOR, [ITEM_IS_LOCKED] = PROGRAM_IS_LOCKED, [ITEM_WAIT] = PROGRAM_WAIT,
		[ITEM_WAIT_FOR] = PROGRAM_WAIT_FOR, [ITEM_NOTIFY] = PROGRAM_NOTIFY, [ITEM_NOTIFY_ALL] = PROGRAM_NOTIFY_ALL,
		[ITEM_JOIN] = PROGRAM_JOIN, [ITEM_JOIN_FOR] = PROGRAM_JOIN_FOR, [ITEM_CANCEL] = PROGRAM_CANCEL, [ITEM_IS_ALIVE] = PROGRAM_IS_ALIVE,
		[ITEM_SEM_ACQUIRE] = PROGRAM_SEM_ACQUIRE, [ITEM_SEM_ACQUIRE_FOR] = PROGRAM_SEM_ACQUIRE_FOR,
		[ITEM_SEM_TRY_ACQUIRE] = PROGRAM_SEM_TRY_ACQUIRE, [ITEM_SEM_RELEASE] = PROGRAM_SEM_RELEASE,
		[ITEM_SEM_VALUE] = PROGRAM_SEM_VALUE,
		[ITEM_EVENT_SET] = PROGRAM_EVENT_SET, [ITEM_EVENT_CLEAR] = PROGRAM_EVENT_CLEAR,
		[ITEM_EVENT_WAIT] = PROGRAM_EVENT_WAIT, [ITEM_EVENT_WAIT_FOR] = PROGRAM_EVENT_WAIT_FOR,
		[ITEM_EVENT_IS_SET] = PROGRAM_EVENT_IS_SET, [ITEM_EVENT_POLL] = PROGRAM_EVENT_POLL,
		[ITEM_PUT] = PROGRAM_PUT, [ITEM_PUT_FOR] = PROGRAM_PUT_FOR, [ITEM_TRY_PUT] = PROGRAM_TRY_PUT,
		[ITEM_GET] = PROGRAM_GET, [ITEM_GET_FOR] = PROGRAM_GET_FOR, [ITEM_TRY_GET] = PROGRAM_TRY_GET,
		[ITEM_QUEUE_SIZE] = PROGRAM_QUEUE_SIZE, [ITEM_TASK_DONE] = PROGRAM_TASK_DONE,
		[ITEM_QUEUE_JOIN] = PROGRAM_QUEUE_JOIN, [ITEM_QUEUE_JOIN_FOR] = PROGRAM_QUEUE_JOIN_FOR,
		[ITEM_READ_SECTION] = PROGRAM_READ_LOCK, [ITEM_WRITE_SECTION] = PROGRAM_WRITE_LOCK,
		[ITEM_READ_LOCK] = PROGRAM_READ_LOCK, [ITEM_READ_LOCK_FOR] = PROGRAM_READ_LOCK_FOR,
		[ITEM_TRY_READ_LOCK] = PROGRAM_TRY_READ_LOCK, [ITEM_WRITE_LOCK] = PROGRAM_WRITE_LOCK,
		[ITEM_WRITE_LOCK_FOR] = PROGRAM_WRITE_LOCK_FOR, [ITEM_TRY_WRITE_LOCK] = PROGRAM_TRY_WRITE_LOCK,
		[ITEM_BARRIER_WAIT] = PROGRAM_BARRIER_WAIT, [ITEM_BARRIER_WAIT_FOR] = PROGRAM_BARRIER_WAIT_FOR,
		[ITEM_BARRIER_ABORT] = PROGRAM_BARRIER_ABORT, [ITEM_BARRIER_RESET] = PROGRAM_BARRIER_RESET,
		[ITEM_BARRIER_N_WAITING] = PROGRAM_BARRIER_N_WAITING, [ITEM_BARRIER_BROKEN] = PROGRAM_BARRIER_BROKEN,
		[ITEM_FAIL] = PROGRAM_FAIL, [ITEM_PRUNE] = PROGRAM_PRUNE, [ITEM_EXIT] = PROGRAM_EXIT,
	};
	if (item < ITEM_AWAIT) {
		maker_add_access(m, item);
		return;
	}
	switch (item) {
	case ITEM_AWAIT:
	case ITEM_AWAIT_MORE:
	case ITEM_SPIN_LOCK:
		maker_add_poll(m, item);
		break;
	case ITEM_LOCK:
	case ITEM_UNLOCK:
		maker_add_lock(m, kinds[item], maker_lock(m));
		break;
	case ITEM_SECTION:
		maker_add_section(m);
		break;
	case ITEM_TRY_LOCK:
	case ITEM_LOCK_FOR:
		maker_add_attempt(m, kinds[item]);
		break;
	case ITEM_IS_LOCKED:
		maker_add(m, (struct program_statement){.kind = PROGRAM_IS_LOCKED, .lock = maker_lock(m), .to = maker_register(m)});
		break;
	case ITEM_WAIT:
	case ITEM_WAIT_FOR:
		maker_add_wait(m, kinds[item]);
		break;
	case ITEM_NOTIFY:
	case ITEM_NOTIFY_ALL:
		maker_add_notify(m, kinds[item]);
		break;
	case ITEM_SEM_ACQUIRE:
	case ITEM_SEM_ACQUIRE_FOR:
	case ITEM_SEM_TRY_ACQUIRE:
	case ITEM_SEM_RELEASE:
	case ITEM_SEM_VALUE:
		maker_add_semaphore(m, kinds[item]);
		break;
	case ITEM_EVENT_SET:
	case ITEM_EVENT_CLEAR:
	case ITEM_EVENT_WAIT:
	case ITEM_EVENT_WAIT_FOR:
	case ITEM_EVENT_IS_SET:
	case ITEM_EVENT_POLL:
		maker_add_event(m, kinds[item]);
		break;
	case ITEM_READ_SECTION:
	case ITEM_WRITE_SECTION:
		maker_add_rw_section(m, kinds[item]);
		break;
	case ITEM_READ_LOCK:
	case ITEM_READ_LOCK_FOR:
	case ITEM_TRY_READ_LOCK:
	case ITEM_WRITE_LOCK:
	case ITEM_WRITE_LOCK_FOR:
	case ITEM_TRY_WRITE_LOCK:
		maker_add_rw_lock(m, kinds[item]);
		break;
	case ITEM_BARRIER_WAIT:
	case ITEM_BARRIER_WAIT_FOR:
	case ITEM_BARRIER_ABORT:
	case ITEM_BARRIER_RESET:
	case ITEM_BARRIER_N_WAITING:
	case ITEM_BARRIER_BROKEN:
		maker_add_barrier(m, kinds[item]);
		break;
	case ITEM_PUT:
	case ITEM_PUT_FOR:
	case ITEM_TRY_PUT:
	case ITEM_GET:
	case ITEM_GET_FOR:
	case ITEM_TRY_GET:
	case ITEM_QUEUE_SIZE:
	case ITEM_TASK_DONE:
	case ITEM_QUEUE_JOIN:
	case ITEM_QUEUE_JOIN_FOR:
		maker_add_queue(m, kinds[item]);
		break;
	case ITEM_PIPE_READ:
	case ITEM_PIPE_WRITE:
	case ITEM_PIPE_HOLD:
		maker_add_pipe(m, item);
		break;
	case ITEM_COUNTER_TAKE:
	case ITEM_COUNTER_ADD:
		maker_add_counter(m, item);
		break;
	case ITEM_FILE:
		maker_add_file(m);
		break;
	case ITEM_ONCE:
		maker_add(m, (struct program_statement){.kind = PROGRAM_ONCE, .once = maker_chance(m, 25)});
		break;
	case ITEM_START:
		maker_add_start_item(m);
		break;
	case ITEM_CANCELLATION_POINT:
		maker_add_cancellation_point(m);
		break;
	case ITEM_CANCEL:
	case ITEM_JOIN:
	case ITEM_JOIN_FOR:
	case ITEM_IS_ALIVE:
		maker_add_thread_item(m, kinds[item]);
		break;
	case ITEM_ENUMERATE:
		maker_add(m, (struct program_statement){.kind = PROGRAM_ENUMERATE, .to = maker_register(m)});
		break;
	case ITEM_SLEEP:
		maker_add(m, (struct program_statement){.kind = PROGRAM_SLEEP});
		break;
	case ITEM_CHOOSE:
		maker_add(m, (struct program_statement){
			.kind = PROGRAM_CHOOSE, .n = (uint8_t)(2 + maker_chance(m, 20)), .to = maker_register(m)});
		break;
	case ITEM_BLOCK:
		maker_add_block(m);
		break;
	case ITEM_BLOCK_SET:
	case ITEM_BLOCK_AWAIT:
		maker_add_flag(m, item == ITEM_BLOCK_SET);
		break;
	case ITEM_FAIL:
	case ITEM_PRUNE:
	case ITEM_EXIT:
		maker_add_end(m, kinds[item]);
		break;
	default:
		maker_add_guarded(m);
	}
}

/* Fewer statements the more threads there are: the number of schedules is what is limited. */
static void maker_fill_thread(struct maker *m, int thread)
{
	static const int lengths[PROGRAM_THREADS + 1] = {0, 0, 5, 4, 3};
	int n = lengths[m->program->n_threads];
	m->thread = thread;
	if (thread == 0)
		n = (int)maker_below(m, (unsigned)n);
	int start = m->program->n_statements[thread];
	while (m->program->n_statements[thread] - start < n && !(m->program->n_statements[thread] > start && maker_chance(m, 10)))
		maker_add_item(m, maker_item(m));
}

static enum program_style maker_style(struct maker *m)
{
	unsigned n = maker_below(m, 10);
	if (m->family->is_sim || n == 9)
		return PROGRAM_SIM;
	return n >= 7 ? PROGRAM_RAW : PROGRAM_POSIX;
}

void generate_program(struct program *program, uint64_t seed, int family)
{
	struct maker m = {.program = program, .family = &families[family], .random = seed * 64 + (uint64_t)family};
	memset(program, 0, sizeof *program);
	maker_below(&m, 2); /* neighbouring seeds part */
	m.random ^= m.random << 32;
	program->style = maker_style(&m);
	program->n_threads = 2 + (int)maker_below(&m, PROGRAM_THREADS - 1);
	m.n_locations = 1 + (int)maker_below(&m, 2);
	m.n_locks = 1 + (int)maker_below(&m, PROGRAM_LOCKS);
	m.n_conditions = maker_chance(&m, 80) ? 1 : PROGRAM_CONDITIONS;
	m.is_ordered = maker_chance(&m, 30);
	m.queue = (unsigned)(seed / GENERATE_N_FAMILIES) % PROGRAM_QUEUES;
	m.is_started[0] = true;
	for (int t = 1; t < program->n_threads; t++)
		maker_fill_thread(&m, t);
	for (int t = 1; t < program->n_threads; t++) {
		m.thread = 0;
		if (!m.is_started[t])
			maker_add_start(&m, t);
		else if (maker_chance(&m, 10))
			maker_add_item(&m, maker_item(&m));
	}
	maker_fill_thread(&m, 0);
}
