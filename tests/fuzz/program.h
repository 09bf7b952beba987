/*
 * Fuzz programs: threads as short lists of statements over a few synchronisation objects, registers and bytes of shared
 * memory.
 *
 * Text form, one statement per line, blank lines and lines that begin with '#' ignored:
 *
 *     style sim
 *     thread 0
 *     start thread=1 detains=1
 *     load at=0 size=4 order=relaxed to=a
 *     store at=0 size=4 value=a if=b
 *     thread 1
 *     ...
 *
 * `if=b`: only if register b is not 0. A value is a number or a register. Names that are left out are 0. Thread 0 is the
 * main thread; each other thread is started by one statement at most. Threads come in order; one without statements, which
 * can be started all the same, need not be mentioned.
 */
#ifndef FUZZ_PROGRAM_H
#define FUZZ_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum {
	PROGRAM_THREADS = 4,
	PROGRAM_STATEMENTS = 24, /* of one thread */
	PROGRAM_REGISTERS = 3,
	PROGRAM_LOCKS = 2,
	PROGRAM_CONDITIONS = 2,
	PROGRAM_SEMAPHORES = 4, /* with the values 0, 1, 2, and 1 that bounds the last */
	PROGRAM_EVENTS = 2,
	PROGRAM_RWLOCKS = 4,
	PROGRAM_RWLOCKS_KEPT = 2, /* readers pass writers that wait for the others, and may read again */
	PROGRAM_BARRIERS = 4, /* for 2, 3, 2 with an action that adds, 2 with an action that aborts */
	PROGRAM_QUEUES = 7,   /* see machine_primitives.c; a priority is the item itself */
	PROGRAM_ONCES = 2,    /* what is done adds; the second does the first as well */
	PROGRAM_COUNTER = 40, /* the bytes to which actions, and what is done once, add */
	PROGRAM_BYTES = 64,
	PROGRAM_FROM_REGISTER = 0x80, /* a value with this bit names a register */
};

/* Whose rules the statements about threads, locks and conditions follow. */
enum program_style {
	PROGRAM_POSIX, /* as src/posix has them: only the owner unlocks and waits */
	PROGRAM_RAW,   /* whatever the model allows: anybody unlocks; waiting on a lock that is not held releases it */
	PROGRAM_SIM,   /* sim_ primitives; a condition goes with the lock of the same number */
	PROGRAM_N_STYLES
};

enum program_kind {
	PROGRAM_START,
	PROGRAM_JOIN,
	PROGRAM_JOIN_FOR,
	PROGRAM_IS_ALIVE,
	PROGRAM_LOCK,
	PROGRAM_LOCK_FOR,
	PROGRAM_TRY_LOCK,
	PROGRAM_UNLOCK,
	PROGRAM_IS_LOCKED,
	PROGRAM_WAIT,
	PROGRAM_WAIT_FOR,
	PROGRAM_NOTIFY,
	PROGRAM_NOTIFY_ALL,
	PROGRAM_SEM_ACQUIRE,
	PROGRAM_SEM_ACQUIRE_FOR,
	PROGRAM_SEM_TRY_ACQUIRE,
	PROGRAM_SEM_RELEASE,
	PROGRAM_SEM_VALUE,
	PROGRAM_EVENT_SET,
	PROGRAM_EVENT_CLEAR,
	PROGRAM_EVENT_WAIT,
	PROGRAM_EVENT_WAIT_FOR,
	PROGRAM_EVENT_IS_SET,
	PROGRAM_READ_LOCK,
	PROGRAM_READ_LOCK_FOR,
	PROGRAM_TRY_READ_LOCK,
	PROGRAM_WRITE_LOCK,
	PROGRAM_WRITE_LOCK_FOR,
	PROGRAM_TRY_WRITE_LOCK,
	PROGRAM_RW_UNLOCK,
	PROGRAM_BARRIER_WAIT,
	PROGRAM_BARRIER_WAIT_FOR,
	PROGRAM_BARRIER_ABORT,
	PROGRAM_BARRIER_RESET,
	PROGRAM_BARRIER_N_WAITING,
	PROGRAM_BARRIER_BROKEN,
	PROGRAM_ONCE,
	PROGRAM_ENUMERATE, /* how many threads are alive */
	PROGRAM_PUT,
	PROGRAM_PUT_FOR,
	PROGRAM_TRY_PUT,
	PROGRAM_GET,
	PROGRAM_GET_FOR,
	PROGRAM_TRY_GET,
	PROGRAM_QUEUE_SIZE,
	PROGRAM_TASK_DONE,
	PROGRAM_QUEUE_JOIN,
	PROGRAM_QUEUE_JOIN_FOR,
	PROGRAM_CANCEL,
	PROGRAM_IS_CANCELLED,
	PROGRAM_CANCELLABLE_WAIT, /* n: 1 if it may time out, too; the result says how it ended, as of the next ones */
	PROGRAM_CANCELLABLE_JOIN,
	PROGRAM_CANCELLABLE_ACQUIRE,
	PROGRAM_CANCELLABLE_SLEEP,
	PROGRAM_SLEEP,
	PROGRAM_LOAD,
	PROGRAM_STORE,
	PROGRAM_ADD,
	PROGRAM_EXCHANGE,
	PROGRAM_CAS,
	PROGRAM_FENCE,
	PROGRAM_AWAIT,    /* load until it is the value */
	PROGRAM_TAKE,     /* exchange with 1 until it was 0 */
	PROGRAM_TAKE_CAS, /* compare-exchange 0 with 1 until it succeeds */
	PROGRAM_AWAIT_NAPPING, /* load until it is the value, sleep between */
	PROGRAM_AWAIT_EITHER,  /* load it and its neighbour, until one of them is the value */
	PROGRAM_AWAIT_BOTH,    /* load it, if it is the value its neighbour, until that is too */
	PROGRAM_AWAIT_BELOW,   /* load it and its neighbour, until it is less */
	PROGRAM_AWAIT_CANCEL,  /* ask whether it was cancelled, until it was */
	PROGRAM_EVENT_POLL,    /* ask whether it is set, until it is */
	PROGRAM_EVENT_RETRY,   /* wait with a timeout, until it is set */
	PROGRAM_BLOCK_AWAIT,   /* read in a block, until it is the value */
	PROGRAM_READ,
	PROGRAM_WRITE,
	PROGRAM_CHOOSE,
	PROGRAM_PIPE_READ,   /* a pipe; n: how many bytes (machine_system.c); with a register to come to it does not wait */
	PROGRAM_PIPE_WRITE,
	PROGRAM_PIPE_HOLD,   /* one descriptor more (detains) or fewer for its end n */
	PROGRAM_COUNTER_TAKE, /* of an eventfd: all, or, with n, 1; detains: without waiting */
	PROGRAM_COUNTER_ADD,
	PROGRAM_FILE,        /* a call: n and detains are modes, enum sim_mode, for the file and for the bytes */
	PROGRAM_BEGIN_BLOCK, /* what follows is not interrupted; statements that no block may have are left out */
	PROGRAM_END_BLOCK,
	PROGRAM_PRUNE,       /* assume what is not so */
	PROGRAM_FAIL,
	PROGRAM_EXIT,
	PROGRAM_N_KINDS
};

/* Plain data: equal bytes are equal statements. */
struct program_statement {
	uint8_t kind;     /* enum program_kind */
	uint8_t guard;    /* register + 1; 0: none */
	uint8_t to;       /* register that takes the result, + 1; 0: none */
	uint8_t thread;
	uint8_t detains;
	uint8_t lock;
	uint8_t condition;
	uint8_t semaphore;
	uint8_t event;
	uint8_t rwlock;
	uint8_t barrier;
	uint8_t once;
	uint8_t queue;
	uint8_t n;        /* threads to notify, permits to release, outcomes */
	uint8_t at;       /* first byte of the access; its neighbour is 8 bytes away, in the same 16 bytes */
	uint8_t size;     /* 1, 2, 4, 8; of plain accesses up to PROGRAM_BYTES */
	uint8_t order;    /* enum sim_order */
	uint8_t value;
	uint8_t expected;
};

/* Lifetime: the caller's. */
struct program {
	enum program_style style;
	int n_threads;
	int n_statements[PROGRAM_THREADS];
	struct program_statement statements[PROGRAM_THREADS][PROGRAM_STATEMENTS];
};

void program_print(const struct program *program, FILE *out);

/* Reads a program. Returns 0, or the number of the first line that is not understood. */
int program_parse(struct program *program, FILE *in);

/* Appends a statement; ignored when the thread is full. */
void program_add(struct program *program, int thread, struct program_statement statement);

/* Takes out the statement. */
void program_remove(struct program *program, int thread, int index);

int program_length(const struct program *program);

/* Whether it has loops that wait for others. */
bool program_polls(const struct program *program);

/* Whether it may end before all of its threads have. */
bool program_may_end_early(const struct program *program);

/* Whether it has read-write locks whose readers pass a writer that waits. */
bool program_lets_readers_pass(const struct program *program);

#endif
