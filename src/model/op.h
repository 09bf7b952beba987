/*
 * Operations: what a thread is about to do, as data.
 *
 * A thread stops before each visible operation and leaves it here for everyone to see; nothing else of a thread is ever
 * looked at by semantics, strategies or diagnosis. Adding a kind means: a row in op_table (op.c), its cases in
 * semantics.c and race.c (exhaustive switches: the compiler lists what is missing), a slot in the backends.
 */
#ifndef SIM_OP_H
#define SIM_OP_H

#include <stdbool.h>
#include <stdint.h>

#define SIM_MAX_THREADS 128
#define SIM_NOBODY (-1)

enum sim_op_kind {
	SIM_OP_NONE,          /* no operation: the thread has ended or was never started */
	SIM_OP_START,         /* start thread `object` */
	SIM_OP_JOIN,          /* wait for the end of thread `object` */
	SIM_OP_IS_ALIVE,      /* ask whether thread `object` runs */
	SIM_OP_ENUMERATE,     /* ask which threads run */
	SIM_OP_LOCK,
	SIM_OP_TRY_LOCK,
	SIM_OP_UNLOCK,
	SIM_OP_IS_LOCKED,     /* ask whether a lock is taken */
	SIM_OP_WAIT,          /* release lock `second`, queue up at condition `object` */
	SIM_OP_WAKE,          /* after a wait: take the lock again, or time out first */
	SIM_OP_NOTIFY,        /* wake `argument` waiters, chosen in every way; SIM_NOTIFY_ALL: all */
	SIM_OP_SEM_ACQUIRE,   /* take 1 from the value of a semaphore, which was `argument` at first */
	SIM_OP_SEM_TRY_ACQUIRE,
	SIM_OP_SEM_RELEASE,   /* add `operand` to it */
	SIM_OP_SEM_RELEASE_BOUNDED, /* the same, unless it would be more than `expected` above what it was at first */
	SIM_OP_SEM_VALUE,     /* ask for it */
	SIM_OP_NAME,          /* a call, SIM_NAME_*, by a name that others may use too */
	SIM_OP_EVENT_SET,     /* an event in the public sense: a flag that others wait for (simcheck/event.h) */
	SIM_OP_EVENT_CLEAR,
	SIM_OP_EVENT_WAIT,    /* until it is set */
	SIM_OP_EVENT_IS_SET,  /* ask whether it is */
	SIM_OP_READ_LOCK,     /* take a read-write lock; `second`, of all these: its SIM_OBJECT_READERS */
	SIM_OP_TRY_READ_LOCK,
	SIM_OP_CLAIM,         /* keep new readers, and other writers, out */
	SIM_OP_WRITE_LOCK,    /* after a claim: take it when the last reader has left, or time out. Of a lock whose readers pass
	                       * also without one: take it when nobody has it */
	SIM_OP_TRY_WRITE_LOCK,
	SIM_OP_RW_UNLOCK,     /* end what the thread holds it for */
	SIM_OP_ARRIVE,        /* at a barrier for `argument` threads; `operand`: 1 if the last of them is to SIM_OP_OPEN it */
	SIM_OP_LEAVE,         /* after an arrival: go on when the round is over, or time out, which breaks the barrier */
	SIM_OP_OPEN,          /* end the round, if nobody has broken it meanwhile */
	SIM_OP_ABORT,         /* break a barrier */
	SIM_OP_RESET,         /* make it as new; who waits is told that it is broken */
	SIM_OP_ASK_BARRIER,   /* how many wait, or whether it is broken */
	SIM_OP_BEGIN_ONCE,    /* become the one who does it, or wait until it is done */
	SIM_OP_END_ONCE,      /* it is done; or, if `argument` is 1, given up: as if nobody had begun */
	SIM_OP_PUT,           /* put `operand` into queue `object`, which has room for `argument` items (0: any number) */
	SIM_OP_TRY_PUT,
	SIM_OP_GET,           /* take an item out of queue `object`: the result's `high` */
	SIM_OP_TRY_GET,
	SIM_OP_QUEUE_SIZE,    /* ask how many items there are */
	SIM_OP_TASK_DONE,     /* say that one item was dealt with */
	SIM_OP_QUEUE_JOIN,    /* wait until all items were */
	SIM_OP_CALL,          /* a call on a stream, a file, a descriptor, which the system keeps: see `order`; `rmw`: enum sim_call */
	SIM_OP_PIPE_READ,     /* take up to `argument` bytes out of a pipe; `rmw`, of these four: whether it does not wait */
	SIM_OP_PIPE_WRITE,    /* put `argument` bytes in: all at once, or, of more than PIPE_BUF, as many as there is room for */
	SIM_OP_COUNTER_TAKE,  /* take the value of an eventfd, which was `argument` at first, or, with `order`, 1 of it */
	SIM_OP_COUNTER_ADD,   /* add `operand` to it, as long as it stays below UINT64_MAX */
	SIM_OP_PIPE_HOLD,     /* `operand` descriptors more (or fewer: it is signed) refer to one end of a pipe, `argument` */
	SIM_OP_SLEEP,
	SIM_OP_CANCEL,        /* ask thread `object` to end */
	SIM_OP_IS_CANCELLED,  /* whether the calling thread, which is `object`, was asked to */
	SIM_OP_ATOMIC_LOAD,
	SIM_OP_ATOMIC_STORE,
	SIM_OP_ATOMIC_RMW,
	SIM_OP_ATOMIC_CAS,
	SIM_OP_READ,          /* a plain access to a location that was found to race (DESIGN 3.6) */
	SIM_OP_WRITE,
	SIM_OP_CHOOSE,        /* one of `argument` outcomes */
	SIM_OP_BEGIN_BLOCK,   /* begin what nobody interrupts; `object`: the one that stands for all such blocks */
	SIM_OP_EXIT,          /* end of the program */
	SIM_OP_N_KINDS
};

#define SIM_NOTIFY_ALL UINT64_MAX

/* Flags of operations on a read-write lock, in their argument. */
enum {
	SIM_READERS_PASS = 1, /* a writer that waits keeps no readers out */
	SIM_READS_AGAIN = 2,  /* of READ_LOCK and TRY_READ_LOCK: the thread may hold it for reading already */
};

/* What SIM_OP_ASK_BARRIER asks for, its argument. */
enum { SIM_ASK_N_WAITING, SIM_ASK_BROKEN };

/* What is called by a name: the argument of SIM_OP_NAME. */
enum sim_name_call { SIM_NAME_OPEN, SIM_NAME_CLOSE, SIM_NAME_UNLINK };

enum sim_rmw { SIM_RMW_EXCHANGE, SIM_RMW_ADD, SIM_RMW_SUB, SIM_RMW_AND, SIM_RMW_OR, SIM_RMW_XOR, SIM_RMW_NAND };

/* What a call does (SIM_OP_CALL). */
enum sim_call {
	SIM_CALL_OPEN,
	SIM_CALL_CLOSE,
	SIM_CALL_READ,
	SIM_CALL_WRITE,
	SIM_CALL_SEEK,
	SIM_CALL_LOOK_UP, /* asks about a name or a file */
	SIM_CALL_RENAME,  /* changes names */
	SIM_CALL_RESIZE,
	SIM_CALL_N
};

/* The ends of a pipe: of SIM_OP_PIPE_HOLD. */
enum sim_pipe_end { SIM_PIPE_READER, SIM_PIPE_WRITER };

/* C11 memory orders, with the values of the __ATOMIC_* macros. */
enum sim_order { SIM_RELAXED, SIM_CONSUME, SIM_ACQUIRE, SIM_RELEASE, SIM_ACQ_REL, SIM_SEQ_CST };

/* Which item of a queue is taken: the first that was put, the last, the first of those with the lowest priority. */
enum sim_queue_rule { SIM_TAKE_FIRST, SIM_TAKE_LAST, SIM_TAKE_LOWEST };

/* A 128-bit value: the widest atomic. Narrower ones use `low`. */
struct sim_wide {
	uint64_t low, high;
};

/* Lifetime: from a thread's announcement to its next one; copied into the event. */
struct sim_op {
	uint8_t kind;       /* enum sim_op_kind */
	bool timed;         /* may end by a timeout; of a sleep without meaning */
	uint8_t size;       /* of the memory accessed, 1..16 (plain accesses may be wider: `argument`) */
	uint8_t order;      /* enum sim_order; of a compare-exchange: on success; of a call: how it uses `object`, enum sim_mode */
	uint8_t fail_order; /* of a compare-exchange that fails; of a call: how it uses the keys from `expected.low` on,
	                     * `expected.high` of them */
	uint8_t rmw;        /* enum sim_rmw; of puts and gets: enum sim_queue_rule */
	bool look_up : 1;   /* of a read: it only asks whether a thread has been started; the value means nothing */
	bool unasked : 1;   /* of a release: its thread ends, holding the lock; of a choice: whether a wait ends by itself */
	bool in_block : 1;  /* part of what nobody interrupts, the begin included: see semantics.h */
	bool cancellable : 1; /* ends if it cannot complete and its thread was cancelled: JOIN, WAKE, SEM_ACQUIRE, SLEEP */
	uint32_t object;    /* index of the object concerned; for memory operations unused */
	uint32_t second;    /* index of the lock of a wait */
	uint32_t site;      /* program counter, as an offset from the program's code; 0: unknown */
	uint64_t address;   /* of the memory accessed, or of the object in the program's memory */
	uint64_t argument;  /* flags; number to notify, of parties, of outcomes (up to UINT16_MAX), bytes of a plain access, ns of a sleep,
	                     * first value, items that fit in the queue */
	int64_t deadline_ns; /* of a timed operation or a sleep: on its thread's clock, or on that of virtual time */
	struct sim_wide operand;  /* stored or combined value; number to release; of a put: the item and, signed, its priority;
	                           * of a choice, for people: the first outcome */
	struct sim_wide expected; /* compare-exchange; of a bounded release: how far above the first value it may lead */
};

/* What people read: the operation's verb ("acquire"). */
const char *op_name(const struct sim_op *op);

/* Whether the operation accesses memory by address rather than an object. */
static inline bool op_is_memory(const struct sim_op *op)
{
	return op->kind >= SIM_OP_ATOMIC_LOAD && op->kind <= SIM_OP_WRITE;
}

/* Whether the operation is one on a queue. */
static inline bool op_is_queue(const struct sim_op *op)
{
	return op->kind >= SIM_OP_PUT && op->kind <= SIM_OP_QUEUE_JOIN;
}

/* Whether the operation is one on a pipe. */
static inline bool op_is_pipe(const struct sim_op *op)
{
	return op->kind == SIM_OP_PIPE_READ || op->kind == SIM_OP_PIPE_WRITE || op->kind == SIM_OP_PIPE_HOLD;
}

/* Whether the operation is one on an eventfd. */
static inline bool op_is_counter(const struct sim_op *op)
{
	return op->kind == SIM_OP_COUNTER_TAKE || op->kind == SIM_OP_COUNTER_ADD;
}

/* Bytes that a memory operation covers. */
static inline uint64_t op_width(const struct sim_op *op)
{
	return op->kind >= SIM_OP_READ ? op->argument : op->size;
}

/* Whether the operation asks if an event, in the public sense, is set, and goes on in any case. */
static inline bool op_asks_event(const struct sim_op *op)
{
	return op->kind == SIM_OP_EVENT_IS_SET || (op->kind == SIM_OP_EVENT_WAIT && op->timed);
}

/* Whether the operation looks at something that is not in memory. */
static inline bool op_asks(const struct sim_op *op)
{
	return op_asks_event(op) || op->kind == SIM_OP_IS_CANCELLED;
}

/* Whether the operation has to do with the cancellation of a thread. */
static inline bool op_is_of_cancellation(const struct sim_op *op)
{
	return op->cancellable || op->kind == SIM_OP_CANCEL || op->kind == SIM_OP_IS_CANCELLED;
}

/* Whether a loop that makes only such operations may be one that waits for somebody to change what they find. */
static inline bool op_may_poll(const struct sim_op *op)
{
	if (op->in_block)
		return op->kind == SIM_OP_BEGIN_BLOCK; /* a block is repeated as a whole */
	return op_asks(op) || (op_is_memory(op) && op_width(op) <= sizeof(struct sim_wide));
}

#endif
