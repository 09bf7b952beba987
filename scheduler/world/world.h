/*
 * The world: one simulated machine. Threads (coroutines), memory (globals of the program, heaps, stacks, thread-local
 * blocks), output. Everything that an execution can change lies in regions known here, so that saving, going back and
 * hashing treat all of it alike. The world knows nothing of strategies: it drives a struct sim_execution, which they see.
 *
 * One world per process; all simulated threads share the process's one OS thread. Functions marked [thread] are called
 * on the stack of a simulated thread, the others by the scheduler.
 */
#ifndef SIM_WORLD_H
#define SIM_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "byteset.h"
#include "coroutine.h"
#include "drift.h"
#include "endings.h"
#include "execution.h"
#include "loop.h"
#include "net.h"
#include "spin.h"

/* Lifetime: one check. */
struct world_options {
	uint64_t stack_size;  /* bytes per thread */
	uint64_t heap_size;   /* bytes of heap, all threads together */
	uint32_t max_events;  /* of one execution */
	bool verify_restore;  /* hash the world at every node */
	bool uninit;          /* reads of memory of the heap that was never written are findings (uninit.h) */
	bool leaks;           /* look for leaks at the end of each execution (leak.h) */
	uint64_t spurious_wakeups; /* so many waits on conditions of POSIX and C11 may end by themselves, in each thread */
	double step_timeout_s;
};

/* The program under test, loaded. */
struct world_program {
	void (*entry)(void *); /* what the main thread runs */
	void *argument;
	void (*at_end)(void);  /* [thread] called when main has returned; NULL: nothing to do */
	void (*at_thread_end)(void); /* [thread] called when a thread ends, but by the end of the program; NULL: nothing to do */
	bool has_exit_handlers; /* it calls functions that register some, */
	bool deletes_keys;      /* such that delete thread-specific keys, */
	bool cancels;           /* such that cancel threads */
	void (*on_cancel)(void); /* [thread] ends the calling thread, which was cancelled; does not return */
	uintptr_t code_low, code_high;       /* its code: sites are offsets from code_low's module base */
	uintptr_t base;                      /* what sites are relative to */
	uintptr_t globals_low, globals_high; /* its writable data */
	const void *tls_image;               /* initial thread-local data */
	size_t tls_file_size, tls_size, tls_align;
};

/* A simulated thread. Lifetime: one execution, undone; the slot and its memory: one check. */
struct world_thread {
	struct coroutine co;
	struct sim_wide result;   /* of its last operation */
	void *frame;              /* the innermost frame of its stack when it announced its operation */
	void (*function)(void *); /* what it runs */
	void *argument;
	void *routine;            /* the program's own function that it runs */
	void *handle;             /* the front's: struct sim_thread of a sim_ thread */
	void *exit_value;
	void *locals;             /* the front's: per-thread data */
	void *cleanup;            /* the front's: the cleanup handler that was registered last */
	bool cancels_never;       /* a request to cancel it waits until that is false again */
	bool is_at_point;         /* it is in a function that is a cancellation point, between cancellation_begin() and _end() */
	bool detached, joined;    /* the front's: nobody may join it any more */
	void *once;               /* the front's: the innermost of what it does once */
	void *robust;             /* the front's: the robust mutex that it locked last, of those that it holds */
	uint32_t n_spurious;      /* the front's: how often a wait of it has ended by itself */
	uint32_t n_children, n_blocks;
	uint32_t start_site;      /* where it was started */
	char *heap_top;
	int error;                /* errno */
	uint32_t n_waits;         /* how often time passed because it waits for that, looking at the clock */
	uint64_t random;          /* state of rand() */
	char *random_state;       /* memory of the program that takes its place (initstate()); NULL: none */
	size_t scratch;           /* the runtime's: bytes that it works with in place of the program */
	uint32_t block_depth;     /* blocks inside one another that it is in (block.h) */
	uint32_t n_temporary;     /* names of temporary files that it was given */
};

/* Whether a thread's stack is its own: accesses of it are not recorded for the race detector until another thread accesses it,
 * and then the search begins again (race.h I3). Lifetime: one check; not undone. */
struct world_stack {
	bool shared, skipped;
};

struct world {
	struct sim_execution execution;
	struct world_options options;
	struct world_program program;
	struct arena arena;
	struct byteset open;     /* bytes of heap blocks that may be accessed (heap.h) */
	struct byteset gaps;     /* of the globals: room between variables, which may not be accessed */
	struct byteset written;  /* of them, those that were written (uninit.h) */
	struct net net;
	struct drift drift;
	struct coroutine scheduler;
	struct world_thread threads[SIM_MAX_THREADS];
	char *heap_high[SIM_MAX_THREADS]; /* the highest heap_top ever: memory above it is still zero; not undone */
	struct world_stack stacks[SIM_MAX_THREADS];
	bool mapped[SIM_MAX_THREADS];     /* the slot's stack has its guard page; not undone */
	int current;             /* slot of the running thread; SIM_NOBODY while the scheduler runs */
	struct sim_event *event; /* of the step under way; NULL while the main thread starts */
	/* Sees each plain access first and may promote it (replay); NULL: nobody does. */
	void (*on_access)(struct world *world, uintptr_t address, size_t size, int type, uint32_t site);
	/* Whether the byte at `address` belongs to a variable of the program, in the function active at `pc` with frame pointer
	 * `frame`; NULL: cannot be told (spin.h). */
	bool (*is_variable)(uintptr_t pc, uintptr_t frame, uintptr_t address);
	/* A hash of what the simulated system keeps for the program (scheduler/io); NULL: nothing. */
	uint64_t (*hash_system)(uint64_t seed);
	/* A front's: memory of the thread in `slot`, outside of the program's, that may point to blocks of the heap, and its size in
	 * bytes; NULL: there is none. */
	const void *(*find_roots)(int slot, size_t *size);
	uint64_t clock_due;      /* value of n_clock_reads at which time passes for who looks at the clock */
	struct spin_start *starts; /* by position of events; reserved address space */
	uint32_t step_position;    /* of the first event of the step under way */
	struct loop loop;
	struct endings endings;
	uint64_t effects;        /* counts what makes two steps differ that look alike: output, signal handlers, ... */
	uint64_t n_clock_reads;  /* counts looks at the clock */
	char *output;            /* what the program has printed */
	size_t n_output;         /* undone */
	uint64_t heap_used;      /* undone */
	const char *shortage;    /* what there was too little of, as a clause; NULL: nothing */
	uint32_t shortage_site;  /* where that was noticed first */
	uint32_t weak_site;      /* of the first operation seen that is weaker than sequentially consistent; 0: none; not undone */
	uint64_t overdue_step;   /* the number of a step that computes for too long: its thread is to be stopped; UINT64_MAX */
	uint64_t step_serial;    /* counts steps, for the watch on endless computation */
};

/* The world that simulated code runs in; NULL while none does. */
extern struct world *world_running;

/* Prepares a world for `program`. Returns 0, or -1 with a sentence in `error`. */
int world_init(struct world *world, const struct world_options *options, const struct world_program *program, char *error,
               size_t size);
void world_release(struct world *world);

/* Runs the main thread up to its first operation. The execution then has no events; this state is where it starts. */
void world_begin(struct world *world);

/* [thread] Announces an operation, waits for the scheduler to execute it, and returns its result. A site of 0 is found by
 * walking the stack. */
struct sim_wide world_call(struct sim_op *op);

/* [thread] The slot of the caller. */
static inline int world_self(void)
{
	return world_running->current;
}

static inline struct world_thread *world_thread(void)
{
	return &world_running->threads[world_running->current];
}

/* [thread] What the calling thread sees when it looks at the clock, in ns since the beginning of the execution. Time passes
 * for a loop that looks: it does not only repeat itself. */
int64_t world_now(void);

/* Lets the clock of a thread go on that looks at it again and again (DESIGN 5: time may pass at any point). Undone. */
void world_let_time_pass(struct world *world, int slot);

/* [thread] An operation that suspends the calling thread for `duration_ns` (not negative), and that operation, executed. */
struct sim_op world_sleep_op(int64_t duration_ns);
void world_sleep(int64_t duration_ns);

/* What a new thread is to run. */
struct world_start {
	void (*function)(void *); /* called with `argument` on the new thread */
	void *argument;
	void *routine;            /* the program's function, for names; NULL: `function` itself */
	void *handle;             /* the front's */
	const char *name;         /* NULL: none given */
	const char *caller;       /* the function that the program called for it */
};

/* [thread] Prepares a thread and returns its slot; ends the check if there are too many. Not a visible operation. */
int world_new_thread(const struct world_start *start);

/* [thread] Announces the start of a prepared thread. `detains`: the program does not end before it. */
void world_launch(int slot, bool detains);

/* [thread] Ends the calling thread. */
_Noreturn void world_end_thread(void);

/* [thread] Ends the main thread as a return from main does: the program ends after all threads that detain it. */
_Noreturn void world_end_main(void);

/* [thread] From here on the main thread has ended for those who join it, although it still goes on. */
void world_leave_main(void);

/* [thread] Stops the calling thread, which assumes what is not so. */
_Noreturn void world_prune(void);

/* [thread] Reports what went wrong and stops the calling thread. */
_Noreturn void world_fail(struct incident incident);

/* [thread] The program ends; with `waits` after all threads that detain it. */
_Noreturn void world_exit(bool waits);

/* [thread] The place in the program that called into the checker, as a site. A thread that runs no function of the program,
 * such as a timer, is where it was started; 0 in the main thread outside main. */
uint32_t world_site(void);

/* [thread] Appends to the program's output. */
void world_print(const char *text, size_t n);

/* [thread] The index of the object at `address`, made if new. */
uint32_t world_object(const void *address, enum sim_object_kind kind);

/* [thread] Stops the calling thread, and the search with it: a limit is met. `shortage`: which, as a clause. */
_Noreturn void world_exhaust(const char *shortage);

/* [thread] Ends the check: the program called something that cannot be simulated. */
_Noreturn void world_refuse(const char *function, const char *why);

/* [thread] An access of `address` is about to be made that world_visit() does not see: if it is on the stack of another thread,
 * that is no longer its own. */
void world_note_place(uintptr_t address);

/* [thread] Notes that the program's own code is about to change memory (accesses that instrumentation announces, and
 * functions that the runtime executes for the program). `type` as in race.h. */
void world_access(uintptr_t address, size_t size, int type, uint32_t site);
/* The same for a write of what was copied from elsewhere: whether that is a value at all, the caller notes (uninit.h). */
void world_overwrite(uintptr_t address, size_t size, uint32_t site);
/* The same for an access after which memory need not be put back: a read, or a release of the memory. */
void world_visit(uintptr_t address, size_t size, int type, uint32_t site);

/* [thread] Notes that an atomic operation or a fence was executed with the memory order, beside other threads: one that is
 * weaker than sequentially consistent makes a proof depend on the memory model. */
void world_note_order(int order, uint32_t site);

/* [thread] Only announces a plain access, to a location that races; the caller notes it (race_on_access). */
void world_announce_access(uintptr_t address, size_t size, int type, uint32_t site);

/* What happens when the check must end from inside a simulated thread: set by the worker. Does not return. */
extern void (*world_on_refusal)(const char *function, const char *why, uint32_t site);

/* What happens when the step that began with `event` does something else when it is executed again (drift.h): set by the
 * worker. `called`: it called a function that simcheck does not know. Does not return. */
extern void (*world_on_drift)(const struct sim_event *event, bool called);

/* Whether `address` lies on the stack of slot `t`. */
bool world_on_stack(const struct world *world, int t, uintptr_t address);

/* A hash of everything an execution can change. */
uint64_t world_hash(const struct world *world);

#endif
