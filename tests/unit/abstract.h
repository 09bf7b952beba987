/*
 * Abstract programs: threads as lists of lines, run behind `struct execution_driver` without any coroutine. They
 * exercise semantics, searches and diagnosis exactly as a real program does, but each is a few lines of data.
 *
 *     struct abstract_program p = {0};
 *     abstract_add(&p, 0, abstract_start(1));
 *     abstract_add(&p, 0, abstract_fetch_add(0, 1, 1));        thread 0: register 1 = cell 0, cell 0 += 1
 *     abstract_add(&p, 1, abstract_when(abstract_unlock(0), 2, 1));   thread 1: unlock, if register 2 holds 1
 *     abstract_init(&machine, &p, 100);
 *     ... explore machine.x ...
 *     abstract_release(&machine);
 *
 * Threads are numbered as in the program, thread 0 runs first. Each other thread is started by at most one line, and
 * joined only by a thread that its starter's line has happened before. A slot belongs to the same thread in every
 * execution; it is given out when the starting line is first reached, as in a real program.
 *
 * Cells are 8 bytes of watched memory each. Plain reads and writes happen inside a step, unless they were promoted.
 */
#ifndef TEST_ABSTRACT_H
#define TEST_ABSTRACT_H

#include "execution.h"

enum {
	ABSTRACT_THREADS = 8,
	ABSTRACT_LINES = 32,     /* of one thread */
	ABSTRACT_CELLS = 8,
	ABSTRACT_REGISTERS = 4,  /* register 0 does not exist: it stands for "none" */
	ABSTRACT_OBJECTS = 64,   /* locks, and conditions, are numbered below this */
	ABSTRACT_MAX_EVENTS = 1024,
};

enum abstract_kind {
	ABSTRACT_OPERATION, /* one visible operation; a wait is two */
	ABSTRACT_ACCESS,    /* a plain access: visible if promoted */
	ABSTRACT_SET,       /* sets register `to` to op.operand */
	ABSTRACT_JUMP,      /* goes on at line `target` */
	ABSTRACT_FENCE,     /* of op.order */
	ABSTRACT_FAIL,      /* an incident ends the thread */
};

/* One line of a thread. Objects, cells and threads are numbers of the program, not indices of the execution. */
struct abstract_line {
	enum abstract_kind kind;
	struct sim_op op;  /* its deadline: ns after the line is reached */
	uint8_t to;        /* register that receives the result */
	uint8_t from;      /* register added to the operand */
	uint8_t guard;     /* register that decides whether the line is executed */
	bool guard_differs; /* executed if it differs from guard_value, instead of if it is equal */
	uint64_t guard_value;
	uint16_t target;
};

struct abstract_program {
	struct abstract_line lines[ABSTRACT_THREADS][ABSTRACT_LINES];
	uint16_t n_lines[ABSTRACT_THREADS];
	bool virtual_time;
};

/* What a thread is, besides its objects. Lifetime: one execution. */
struct abstract_thread {
	uint16_t program; /* number of the thread in the program */
	uint16_t line;    /* that its pending operation belongs to */
	uint64_t registers[ABSTRACT_REGISTERS];
};

/* Lifetime: one check. Large: keep it static. */
struct abstract {
	struct sim_execution x;
	const struct abstract_program *program;
	struct abstract_thread threads[ABSTRACT_THREADS]; /* by slot */
	int slot_of[ABSTRACT_THREADS]; /* by number; SIM_NOBODY: not yet known. Not undone */
	uint64_t cells[ABSTRACT_CELLS];
	bool verifies;    /* compare state hashes after each restore */
	uint64_t n_mismatches;
	uint64_t n_restored;
	uint64_t hash_at[ABSTRACT_MAX_EVENTS + 1];
};

/* Begins the program: thread 0 stands before its first operation. `max_events` <= ABSTRACT_MAX_EVENTS. The program must
 * live as long as the machine. Ends the process if there is no address space. */
void abstract_init(struct abstract *machine, const struct abstract_program *program, uint32_t max_events);
void abstract_release(struct abstract *machine);

/* Appends a line to a thread; returns its number (for jumps). */
uint16_t abstract_add(struct abstract_program *program, int thread, struct abstract_line line);

/* Hash of everything that going back must restore. */
uint64_t abstract_state_hash(const struct abstract *machine);
/* Hash of what the program can tell: memory, registers, who holds, waits, lives. Equal for equivalent executions. */
uint64_t abstract_outcome_hash(const struct abstract *machine);

/* Calls `visit` for every complete execution, found by plain recursion (a second opinion on strategies). Executions
 * that reach max_events are cut and not visited. Returns the number of visits. The execution must be at its
 * beginning. */
uint64_t abstract_each(struct abstract *machine, void (*visit)(struct abstract *machine, void *context), void *context);

/* The line with a guard: executed if `reg` holds `value` (or, for _unless, does not). */
struct abstract_line abstract_when(struct abstract_line line, int reg, uint64_t value);
struct abstract_line abstract_unless(struct abstract_line line, int reg, uint64_t value);
/* The line with its operation timed. */
struct abstract_line abstract_timed(struct abstract_line line);
/* The line with its operation timed, or the sleep, ending after `ns` on the clock of its thread, or of virtual time. */
struct abstract_line abstract_for(struct abstract_line line, int64_t ns);
/* The line with a source site. */
struct abstract_line abstract_at(struct abstract_line line, uint32_t site);
/* The atomic operation with another memory order than SIM_SEQ_CST. */
struct abstract_line abstract_ordered(struct abstract_line line, enum sim_order order);

/* One constructor for each kind of line. `to` is a register, 0 for none. */
struct abstract_line abstract_start(int thread);      /* the program does not end before the thread */
struct abstract_line abstract_start_loose(int thread); /* the program may end before the thread */
struct abstract_line abstract_join(int thread, int to);
struct abstract_line abstract_is_alive(int thread, int to);
struct abstract_line abstract_lock(int lock, int to);
struct abstract_line abstract_try_lock(int lock, int to);
struct abstract_line abstract_unlock(int lock);
struct abstract_line abstract_is_locked(int lock, int to);
struct abstract_line abstract_wait(int condition, int lock, int to);
struct abstract_line abstract_notify(int condition, uint64_t n, int to);
/* A notify that is refused unless the thread holds the lock. */
struct abstract_line abstract_notify_holding(int condition, uint64_t n, int lock, int to);
/* An operation of that kind; `initial` is the semaphore's value at first, `n` the number to release. */
struct abstract_line abstract_semaphore(enum sim_op_kind kind, int semaphore, unsigned initial, unsigned n);
struct abstract_line abstract_event(enum sim_op_kind kind, int event);
struct abstract_line abstract_sleep(void);
struct abstract_line abstract_load(int cell, int to);
struct abstract_line abstract_store(int cell, uint64_t value);
struct abstract_line abstract_fetch_add(int cell, uint64_t value, int to);
struct abstract_line abstract_cas(int cell, uint64_t expected, uint64_t value, int to);
struct abstract_line abstract_choose(unsigned n, int to);
struct abstract_line abstract_exit(bool waits);
struct abstract_line abstract_read(int cell, int to);
struct abstract_line abstract_write(int cell, uint64_t value, int from);
struct abstract_line abstract_set(int to, uint64_t value);
struct abstract_line abstract_jump(uint16_t target);
struct abstract_line abstract_fence(enum sim_order order);
struct abstract_line abstract_fail(void);

#endif
