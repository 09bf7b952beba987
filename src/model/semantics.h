/*
 * What operations mean: three pure functions over data.
 *
 *   semantics_choices   may the operation happen now, and in how many ways
 *   semantics_apply     what it does to the objects, and its result
 *   dependent           whether the order of two executed events can matter
 *
 * `dependent` alone defines the Mazurkiewicz classes: the oracle's canonical form and every reduction use it and nothing
 * else. It looks at events and the results recorded in them, never at a state.
 *
 * A block is a run of operations of one thread that nobody interrupts: as long as it lasts, no other thread is enabled
 * (execution_choices). To others it is one thing, of which nobody knows beforehand what it does. So each of its operations,
 * the begin included, is dependent with all that uses anything. Inside there may be no operation that is dependent with
 * others for another reason, or that has a second half to wait for (semantics_may_block).
 *
 * Operations on memory have no object here: their effect on bytes is the memory model's (memory.h); for dependence they
 * are read or write accesses of a byte range.
 */
#ifndef SIM_SEMANTICS_H
#define SIM_SEMANTICS_H

#include <stdbool.h>
#include <stdint.h>

#include "object.h"
#include "op.h"

/* How an event uses a thing; two events that use the same thing are dependent unless both modes commute: each mode does
 * with itself only, and SIM_MODE_WRITE with nothing. */
enum sim_mode {
	SIM_MODE_NONE,
	SIM_MODE_READ,  /* looks, or joins a set */
	SIM_MODE_WRITE,
	SIM_MODE_GIVE,  /* adds to what others take: set, release */
};

/* What an event touched: an object (size 1) or a range of bytes. */
struct sim_use {
	uint64_t key;
	uint32_t size;
	uint8_t mode; /* enum sim_mode */
};

/* One visible operation, executed. Lifetime: until its execution is taken back. */
struct sim_event {
	struct sim_op op;
	struct sim_wide before, after; /* of memory operations up to 16 bytes wide: what the bytes were, and are. Of puts and
	                                * gets: before.low is the object of the item */
	struct sim_wide spun_on; /* if `spun`: the value on which the thread had waited in a loop before */
	uint64_t serial;        /* unlike that of any other event of the check: tells whether a position holds another event */
	uint64_t thread_key;    /* identity of the thread over all executions: a hash of its spawn path */
	uint32_t index;         /* 0-based count among the events of its thread */
	uint32_t time;          /* of its thread's vector clock (race.h) */
	uint16_t thread;
	uint16_t choice;
	uint32_t turn;          /* of a put or get that succeeded: how many of its kind the queue had seen before */
	/* From here on all is zero until the semantics say otherwise. */
	struct sim_wide result; /* value read, or the status of the operation */
	uint8_t *wide; /* of wider ones: the bytes before, then those after. Lifetime: until the event is taken back */
	struct sim_use uses[2];
	struct sim_thread_set wakes; /* threads whose wait it ended (notify), or its own bit (the wake itself) */
	uint16_t started;   /* slot of the thread it started, if `starts` */
	uint16_t target;    /* of a join or is-alive: the slot asked for */
	bool spun;
	bool spun_beside_plain; /* with `spun`: an earlier attempt could race (execution_poll_may_race) */
	bool starts;
	bool ends;          /* its thread has ended after it, without another event */
	bool ends_started;  /* the thread it started has ended without an event of its own */
	bool failed;        /* with `ends`: by an incident */
	bool failed_started; /* with `ends_started`: by an incident */
	bool watches_end;   /* a join, or an is-alive, of `target` */
	bool watches_all;   /* asks which threads run */
	bool interrupted;   /* a wait that was given up because its thread was cancelled */
	bool again;         /* the thread stays at the same operation: a wait that timed out still needs its lock */
	bool final;         /* ends the program: dependent with everything */
	bool leaves_block;  /* its thread is in a block after it, so that others still wait */
	bool special;       /* any of: uses two things, starts, ends, watches, wakes, is final, is in a block */
};

/* Results of operations that do not read a value. BUSY: an attempt that failed, a release of a lock that is free or not held,
 * or of a bounded semaphore that is full, a wait without the lock, which then does nothing; a task-done too many; the
 * end of a wait at a barrier that was broken; a read or write of a pipe that would have to wait, or of an eventfd. */
enum { SIM_RESULT_OK, SIM_RESULT_BUSY, SIM_RESULT_TIMEOUT, SIM_RESULT_CANCELLED };

/* Result of a notify by a thread that does not hold the lock that the notify names; otherwise the number woken. Result of an
 * arrival at a broken barrier, of a write to a pipe that nobody can read; otherwise the number of those who came before. */
#define SIM_RESULT_REFUSED UINT64_MAX

/* The number of ways in which `thread` can execute `op` now; 0: it is not enabled. One that could not complete, but is
 * timed, can be executed in one way: it times out. In virtual time the clock must have reached its deadline for that. The
 * same holds for one that is cancellable, if its thread was cancelled. */
unsigned semantics_choices(const struct sim_op *op, int thread, const struct sim_objects *objects);

/* Whether, as things are, a timeout is what will end `op`. */
bool semantics_times_out(const struct sim_op *op, int thread, const struct sim_objects *objects);

/* Whether `op` is not enabled now, but will be once the clock of virtual time has reached its deadline. */
bool semantics_awaits_clock(const struct sim_op *op, int thread, const struct sim_objects *objects);

/* Executes `event->op` in the way `event->choice` for event->thread: changes the objects and fills in result and what
 * the event touched. The operation must be enabled. Memory operations only get their accesses (see memory.h). */
void semantics_apply(struct sim_event *event, uint32_t position, struct sim_objects *objects);

/* Whether a block may contain the operation. */
bool semantics_may_block(const struct sim_op *op);

/* The thread that nobody interrupts has come to the end of its block: no operation of its own. */
void semantics_end_block(struct sim_objects *objects);

/* The thread in `slot` has returned from its function (or failed): no operation of its own. */
void semantics_end(int slot, bool failed, struct sim_objects *objects);

/* Whether the program has ended: no thread is enabled any more. */
static inline bool semantics_exited(const struct sim_objects *objects)
{
	return objects->items[0].flags & SIM_THREAD_EXITED;
}

/* Whether an operation in a block depends on the event of another thread. */
static inline bool semantics_meets_block(const struct sim_event *event)
{
	return event->op.in_block || event->uses[0].mode || event->uses[1].mode || op_is_of_cancellation(&event->op);
}

static inline bool use_conflict(const struct sim_use *a, const struct sim_use *b)
{
	return a->mode && b->mode && (a->mode != b->mode || a->mode == SIM_MODE_WRITE) &&
	       a->key < b->key + b->size && b->key < a->key + a->size;
}

/* What a call uses besides its object. */
static inline struct sim_use semantics_call_range(const struct sim_op *op)
{
	return (struct sim_use){.key = op->expected.low, .size = (uint32_t)op->expected.high, .mode = op->fail_order};
}

/* Whether a special event can depend on one that is not special: otherwise only on special ones, and, where it starts a
 * thread, on the first event of that. */
static inline bool semantics_is_broad(const struct sim_event *event)
{
	return event->special && (event->final || event->op.in_block || event->uses[1].mode || event->watches_all ||
	                          (event->watches_end && (event->op.timed || event->op.cancellable ||
	                                                  event->op.kind == SIM_OP_IS_ALIVE)));
}

/* Of an execution without an enabled thread: whether thread `thread`, with `op` pending, only waits because a writer has
 * claimed a read-write lock too early (semantics_rwlock.c). */
bool semantics_rwlock_voids(const struct sim_op *op, int thread, const struct sim_objects *objects);

/* Whether `a` asks the thread to end that executes `b`, and `b` has to do with that. */
bool semantics_cancels(const struct sim_op *a, const struct sim_op *b, int thread);

/* The part of dependent() that concerns threads, ends and wakes, and second uses. */
bool semantics_dependent_specially(const struct sim_event *earlier, const struct sim_event *later);

/* Whether the order of the two events matters. The first must be the earlier one: causal edges (start, end, wake) have a
 * direction. Inline for the common case, two operations that use one object or location each. */
static inline bool dependent(const struct sim_event *earlier, const struct sim_event *later)
{
	if (earlier->thread == later->thread || use_conflict(&earlier->uses[0], &later->uses[0]))
		return true;
	return (earlier->special || later->special) && semantics_dependent_specially(earlier, later);
}

#endif
