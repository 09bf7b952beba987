/*
 * One execution, as data: the events so far, what each thread is about to do, and how to go on or back.
 *
 * Strategies and diagnosis see executions through this header only. Who really runs the threads (coroutines in the
 * world, or a table in a test) is behind `struct execution_driver`.
 *
 *  I1  events[0 .. n_events) is a feasible schedule prefix; the state is the one after it.
 *  I2  marks[i] is the undo mark before events[i]; going back to depth d restores marks[d] and all state with it. Events
 *      that a driver ran ahead to have no mark (EXECUTION_NO_MARK): the execution cannot go back to just before them.
 *  I3  pending[t] is the next operation of thread t, or SIM_OP_NONE when it has ended or was never started.
 *  I4  In virtual time: the clock stands still as long as a thread is enabled. When none is, it has gone on to the earliest
 *      deadline, if there is one: as a part of the step after which nobody could go on, or of the discovery that the last
 *      thread that could only polls. So those whose deadlines coincide are enabled together, a complete execution has no
 *      deadline left, and which thread is enabled is asked of its own operation and the clock alone.
 */
#ifndef SIM_EXECUTION_H
#define SIM_EXECUTION_H

#include <stdbool.h>
#include <stdint.h>

#include "object.h"
#include "race.h"
#include "semantics.h"
#include "undo.h"

/* Something that went wrong in one thread, which stops it. */
enum incident_kind {
	INCIDENT_ASSERTION,
	INCIDENT_CRASH,
	INCIDENT_MEMORY,
	INCIDENT_MISUSE,
	INCIDENT_EXCEPTION, /* a thread that ended by an error which it reported: it has ended all the same */
	INCIDENT_NONTERMINATION,
};

/* Lifetime: one execution. Strings are static, or the program's constants. */
struct incident {
	enum incident_kind kind;
	const char *cause;  /* "unlock-not-owner", "null access"; NULL: none */
	const char *text;   /* what to quote: the asserted expression, a sentence about a misuse; of memory errors: what was done
	                     * to the memory ("read", "freed") */
	int thread;
	uint32_t site;
	uint32_t position;  /* events executed when it happened */
	uintptr_t address;  /* that a crash or a memory error accessed; 0: none */
	uint64_t size;      /* of memory errors: bytes accessed, 0: the block as a whole */
	bool is_index;      /* the memory error is an index of an array; `text` is the array's type, in quotes */
	int64_t index;
};

enum { EXECUTION_MAX_INCIDENTS = 8 };

#define EXECUTION_NO_MARK SIZE_MAX

/* A plain access in a step. */
struct execution_access {
	uintptr_t address;
	uint32_t size, site;
	int type; /* as in race.h */
};

/* So many accesses of one step are kept; a step with more is not looked at as a poll. */
enum { EXECUTION_MAX_ACCESSES = 12 };

/* So many sleeps in a row may end an attempt to leave a polling loop. */
enum { EXECUTION_MAX_SLEEPS = 4 };

/* So many places are wanted as scheduling points at a time. */
enum { EXECUTION_MAX_WANTED = 16 };

/* A thread that polls: with `value` in the location that its pending operation reads, and these bytes in those that it
 * reads besides, it would only come back to a state that it was in already. Lifetime: one execution; undone. */
struct spin {
	bool active;
	uint8_t n_before; /* events of the present attempt: what it read before, or slept */
	uint8_t n_watched;
	struct sim_wide value;
	struct {
		uintptr_t address;
		uint32_t size;
		struct sim_wide value;
	} watched[EXECUTION_MAX_ACCESSES];
};

/* Who a thread is. Lifetime: one check for the path; the name is set when an execution creates the thread. */
struct thread_info {
	uint64_t key;      /* hash of the spawn path: the same in every execution and run */
	int parent;        /* slot of the thread that starts it; SIM_NOBODY for the main thread */
	uint32_t nth;      /* 1-based: the parent's nth thread */
	char name[32];     /* given by the program; "" for none */
};

struct sim_execution;

struct execution_driver {
	/* Executes pending[thread] in the way `choice` and lets the thread run to its next operation. Appends the event. */
	void (*step)(struct sim_execution *execution, int thread, unsigned choice);
	/* Called after the undo log went back to `depth`. */
	void (*restored)(struct sim_execution *execution, uint32_t depth);
	/* Whether the thread, which is enabled and about to join one, would come to the end of the program in a way that is
	 * known: all others have ended, what follows depends on nothing that can be different, and nothing goes wrong. Returns
	 * the number of events that need not be executed, or 0. NULL: that is never known. */
	uint32_t (*known_ending)(struct sim_execution *execution, int thread);
	/* After known_ending() said 0, the execution has come to its end. Only the first `n_of_interest` events concern a
	 * strategy. Returns false if others that ended in the same way were not executed and should have been. */
	bool (*learn_ending)(struct sim_execution *execution, uint32_t n_of_interest);
};

/* Lifetime: one check; contents: the present execution. */
struct sim_execution {
	struct undo undo;
	struct sim_objects objects;
	struct race race;
	struct sim_event *events; /* reserved address space */
	uint8_t *wide; /* bytes of wide events; reserved address space */
	size_t n_wide; /* in use; undone */
	undo_mark *marks;
	uint32_t n_events;
	uint32_t capacity; /* of events and marks */
	struct sim_op pending[SIM_MAX_THREADS];
	uint32_t n_thread_events[SIM_MAX_THREADS];
	struct thread_info info[SIM_MAX_THREADS];
	struct spin spin[SIM_MAX_THREADS];
	struct incident incidents[EXECUTION_MAX_INCIDENTS];
	int n_incidents; /* undone */
	int n_assumed;   /* threads that were stopped by an assumption that does not hold: nothing follows from how the execution
	                  * ends; undone */
	bool broken;      /* the driver did not come back to the same state: nothing after that can be trusted */
	bool exhausted;   /* a thread was stopped, since there is no memory left for it: what comes of that says nothing. Not undone */
	bool detect_spin; /* look for steps that only repeat a poll; off: they are steps like others */
	struct execution_access accesses[EXECUTION_MAX_ACCESSES]; /* of the present step, by the thread that takes it */
	int n_accesses;   /* may be more than are kept */
	uint32_t n_spun;  /* the last step completed an attempt of so many events that changed nothing (execution_take()); 0: no */
	bool run_ahead;   /* a step may go on with further operations of its thread, as long as that is the lowest enabled one
	                   * and they are of a kind that one seldom goes back to: set by strategies that would do the same */
	uint64_t n_steps; /* events executed in all, repeats included */
	struct race_range wanted[EXECUTION_MAX_WANTED];
	int n_wanted;     /* see execution_want(); not undone */
	const struct execution_driver *driver;
	void *machine; /* the driver's */
};

/* `max_events` bounds the length of one execution. Returns 0, or -1 with errno. */
int execution_init(struct sim_execution *execution, uint32_t max_events, const struct execution_driver *driver,
                   void *machine);
void execution_release(struct sim_execution *execution);

/* What the location of a memory operation holds now; zeros for other operations and for more than 16 bytes. */
struct sim_wide execution_peek(const struct sim_op *op);

/* What an operation that may poll would find now: in memory, or whether the event is set. */
struct sim_wide execution_value(const struct sim_execution *execution, const struct sim_op *op);

/* Whether what the thread, which polls, would read is still what it polls on. */
bool execution_still_spins(const struct sim_execution *execution, int t);

/* Whether an attempt to poll that thread `t`, which polls, could have made earlier may race, even with the same value read:
 * what it accesses was accessed by others in a way that has to be ordered. Of a poll that is a block: true, since what it would
 * find elsewhere cannot be told. */
bool execution_poll_may_race(const struct sim_execution *execution, int t);

/* Whether thread `t` polls and would go on doing so. */
static inline bool execution_is_spinning(const struct sim_execution *x, int t)
{
	return x->spin[t].active && execution_still_spins(x, t);
}

/* For drivers: the thread that takes the step is about to make a plain access. */
static inline void execution_note_access(struct sim_execution *x, uintptr_t address, size_t size, int type, uint32_t site)
{
	if (x->objects.in_block != SIM_NOBODY)
		type |= RACE_BLOCK;
	if (x->n_accesses < EXECUTION_MAX_ACCESSES)
		x->accesses[x->n_accesses] = (struct execution_access){address, (uint32_t)size, site, type};
	x->n_accesses++;
}

/* For drivers: accesses of these bytes should be scheduling points. What there is no room for will be wanted again. */
static inline void execution_want(struct sim_execution *x, uintptr_t address, size_t size)
{
	if (x->n_wanted < EXECUTION_MAX_WANTED)
		x->wanted[x->n_wanted++] = (struct race_range){.address = address, .size = size};
}

/* In how many ways thread `t` can execute its pending operation now; 0: not enabled. */
static inline unsigned execution_choices(const struct sim_execution *x, int t)
{
	if (x->objects.items[t].state != SIM_THREAD_ALIVE || semantics_exited(&x->objects) || execution_is_spinning(x, t))
		return 0;
	if (x->objects.in_block != SIM_NOBODY && x->objects.in_block != t)
		return 0;
	return semantics_choices(&x->pending[t], t, &x->objects);
}

/* Whether thread `t`, if it took the last step, is interrupted when another one takes the next: a preemption. In virtual
 * time one that has lain down to sleep is not, although it may have slept long enough by now. */
static inline bool execution_goes_on(const struct sim_execution *x, int t)
{
	return execution_choices(x, t) &&
	       !(x->objects.virtual_time && semantics_times_out(&x->pending[t], t, &x->objects));
}

/* The lowest enabled thread, or SIM_NOBODY: then the execution is complete. */
int execution_first_enabled(const struct sim_execution *execution);

/* What thread `t` sees when it looks at the clock, in ns since the beginning: in virtual time all threads see the same. */
static inline int64_t execution_now(const struct sim_execution *x, int t)
{
	return x->objects.virtual_time ? x->objects.now_ns : x->race.clock[t].now_ns;
}

/* Virtual time: lets the clock go on if nobody is enabled (I4). For drivers, where an execution begins. */
void execution_pass_time(struct sim_execution *execution);

/* One step. The thread must be enabled in more than `choice` ways, and n_events below capacity. */
static inline void execution_step(struct sim_execution *x, int thread, unsigned choice)
{
	x->n_steps++;
	x->n_accesses = 0;
	x->driver->step(x, thread, choice);
	if (x->objects.virtual_time)
		execution_pass_time(x);
}

/* Whether the execution can go back to `depth`. */
static inline bool execution_is_restorable(const struct sim_execution *x, uint32_t depth)
{
	return depth >= x->n_events || x->marks[depth] != EXECUTION_NO_MARK;
}

/* One step, unless it only repeats a poll: such a step is undone, is no event, and the thread is not enabled until the
 * value that it polls on has changed. Returns whether an event was made. If none was, the clock of virtual time may have
 * gone on, and other threads may be enabled.
 *
 * An attempt to leave a polling loop may consist of several steps. Left out of an execution, a complete one that changed
 * nothing is missed by nobody: what is explored are the executions without any. So it is the last read of an attempt that
 * makes no event, and those before it do: others may write between them, and then the attempt is another. (DESIGN section
 * 6, spin loops; Jonsson, Lang, Sagonas, FMCAD 2022.) */
bool execution_take(struct sim_execution *execution, int thread, unsigned choice);

/* Of an execution without an enabled thread: a thread that waits in an attempt whose earlier reads were followed by writes;
 * SIM_NOBODY if there is none. It would not wait but try again. The execution in which it reads later shows what comes of
 * that, and this one shows nothing besides. A strategy that makes a single execution lets it try: execution_step(). */
int execution_outdated(const struct sim_execution *execution);

/* Whether an execution without an enabled thread shows nothing that others do not: an attempt is outdated, or somebody waits
 * only because a writer claimed a read-write lock too early (semantics_rwlock.c). */
bool execution_is_void(const struct sim_execution *execution);

/* Finds out which threads poll, where a schedule was executed that others had made. In virtual time this has to be known
 * before one can tell whether the thread that comes next is enabled. */
void execution_settle(struct sim_execution *execution);

/* Back to the state after the first `depth` events, which must be restorable. */
void execution_restore(struct sim_execution *execution, uint32_t depth);

/* The position of the event that the access is a part of, or in whose step it was made; -1: before the thread's first. */
int execution_event_of(const struct sim_execution *execution, const struct race_record *record);

/* For drivers: opens the event of a step (its mark, operation, result on objects and memory, clocks) and returns it. */
struct sim_event *execution_open(struct sim_execution *execution, int thread, unsigned choice);

/* For drivers: the same for an event that the step under way runs ahead to. */
struct sim_event *execution_open_ahead(struct sim_execution *execution, int thread);

/* For drivers: the thread of `event` has reached its next operation, or its end: notes what the step left in memory. */
void execution_close(const struct sim_execution *execution, struct sim_event *event);

/* For drivers: the slot of the nth (1-based) thread that `parent` starts: the same in every execution. SIM_NOBODY: too
 * many threads. Slot 0, the main thread, is made by execution_init(). */
int execution_slot(struct sim_execution *execution, int parent, uint32_t nth);

/* Names a thread, for reports. */
void execution_name_thread(struct sim_execution *execution, int slot, const char *name);

/* For drivers: the running thread assumes what is not so, and is stopped. */
void execution_prune(struct sim_execution *execution);

/* What one seldom goes back to comes last, if a strategy lets steps run ahead: joins, then the end of the program. */
static inline unsigned execution_rank(const struct sim_op *op)
{
	return op->kind == SIM_OP_EXIT ? 2 : op->kind == SIM_OP_JOIN;
}

/* For drivers: records that something went wrong in `incident->thread`; position is filled in. */
void execution_incident(struct sim_execution *execution, struct incident incident);

#endif
