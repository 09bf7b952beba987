/*
 * Objects: the state of everything that operations act on, as plain data.
 *
 * Objects are known by index. The first SIM_MAX_THREADS are the threads, by slot; the rest are made when an operation
 * first names them, and found again by their identity, the address of the program's variable (heap addresses depend only
 * on thread and count, never on the interleaving) and how many objects have lived there before. An object once made
 * stays for the whole check, so that its index means the same in all executions; going back only puts its state back.
 *
 *  I1  Every change of an object is preceded by object_touch() (the undo log).
 *  I2  An object that no operation has changed in the present execution is pristine: as object_at() made it.
 */
#ifndef SIM_OBJECT_H
#define SIM_OBJECT_H

#include <stdbool.h>
#include <stdint.h>

#include "op.h"
#include "undo.h"

enum sim_object_kind {
	SIM_OBJECT_NONE,
	SIM_OBJECT_THREAD,
	SIM_OBJECT_LOCK,
	SIM_OBJECT_CONDITION,
	SIM_OBJECT_SEMAPHORE,
	SIM_OBJECT_NAME, /* of something that threads open: no state, the front keeps it */
	SIM_OBJECT_EVENT,
	SIM_OBJECT_RWLOCK,
	SIM_OBJECT_READERS, /* stands for the readers of a read-write lock: no state, but a key and a release clock */
	SIM_OBJECT_HOLD,    /* how often one thread holds a read-write lock for reading: the front's, no operation names it */
	SIM_OBJECT_BARRIER,
	SIM_OBJECT_ONCE,
	SIM_OBJECT_QUEUE,
	SIM_OBJECT_ITEM,   /* what was put into a queue as its nth item: has a release clock */
	SIM_OBJECT_PLACE,  /* what the nth get took an item from: has a release clock */
	SIM_OBJECT_BLOCK,  /* stands for all blocks that nobody interrupts: has a release clock */
	SIM_OBJECT_FILE,   /* a stream, a file, or what else is called: no state here, but a release clock */
	SIM_OBJECT_PIPE,
	SIM_OBJECT_COUNTER, /* an eventfd */
	SIM_OBJECT_ATOMIC, /* a memory location with atomic operations: has a release clock, its value is in memory */
};

enum sim_thread_state { SIM_THREAD_UNBORN, SIM_THREAD_ALIVE, SIM_THREAD_ENDED, SIM_THREAD_FAILED };

/* Set of thread slots. */
struct sim_thread_set {
	uint64_t bits[SIM_MAX_THREADS / 64];
};

/* Flags of objects that object_make_new() made. */
enum {
	SIM_OBJECT_HAS_NAME = 1, /* the program's variable begins with a pointer to its name (struct sim_lock) */
	SIM_OBJECT_IN_USE = 128, /* in the present execution */
};

/* Flags of a thread object. */
enum {
	SIM_THREAD_WOKEN = 1,     /* a notify chose it while it waited */
	SIM_THREAD_TIMED_OUT = 2, /* it left the queue by itself */
	SIM_THREAD_DETAINS = 4,   /* the program does not end before it: a sim_ thread */
	SIM_THREAD_EXITED = 8,    /* on slot 0: the program has ended */
	SIM_THREAD_BROKEN = 16,   /* with SIM_THREAD_WOKEN: from a barrier that was broken */
	SIM_THREAD_CANCELLED = 64,    /* it was asked to end */
	SIM_THREAD_INTERRUPTED = 128, /* with SIM_THREAD_TIMED_OUT: by that */
	SIM_THREAD_RETURNED = 32, /* on slot 0: main has returned, and waits for those that detain the program */
};

/* Flag of a barrier. */
enum { SIM_BARRIER_BROKEN = 2 };

enum sim_once_state { SIM_ONCE_NEW, SIM_ONCE_RUNNING, SIM_ONCE_DONE };

/* How often something was done with a queue. */
struct sim_queue_counts {
	uint32_t n_put, n_got;
	uint32_t n_unfinished; /* items put without a task-done */
	uint32_t first;        /* object of the item that is taken next; 0: none. Of queues that take the first: without meaning */
};

/* A pipe, which has one descriptor for each end at first. */
struct sim_pipe_counts {
	uint32_t n_bytes;
	int16_t n_more[2]; /* by enum sim_pipe_end: descriptors that refer to it, less the first */
};

/* An item of a queue. The one taken after it is `state`, as in `first`. */
struct sim_queue_item {
	uint64_t value;
	int64_t priority;
};

/* Lifetime: one execution; undone with it. */
struct sim_object {
	uint64_t key;   /* identity: object_key(); for threads the slot */
	uint8_t kind;   /* enum sim_object_kind */
	uint8_t flags;  /* of threads: SIM_THREAD_* */
	int16_t owner;  /* of a lock: thread slot or SIM_NOBODY; who writes, does it once, is to open a barrier */
	uint32_t state; /* of a thread or once: enum sim_thread_state, sim_once_state; of an event: whether it is set;
	                 * of a read-write lock: whether its owner has only claimed it, readers pass, and all must wait to see
	                 * if the claim was early; of an item: the next one; of a hold: how often */
	uint32_t owned_since; /* index of the event that made the owner it */
	uint32_t owner_site;  /* and its site */
	union {
		struct sim_thread_set waiting; /* of a condition or a barrier; of a read-write lock: who reads */
		int64_t count; /* of a semaphore: how much more was released than acquired; of an eventfd: added than taken */
		struct sim_queue_counts queue;
		struct sim_queue_item item;
		struct sim_pipe_counts pipe;
	};
};

/* Lifetime: one check; contents: one execution. */
struct sim_objects {
	struct sim_object *items; /* reserved address space: never moves */
	uint32_t *buckets;        /* open addressing: key -> index, 0 free (slot 0 is a thread and never hashed) */
	uint32_t n;               /* items in use */
	uint32_t capacity;        /* of items; the buckets are twice as many, a power of two */
	uint32_t n_threads;       /* slots in use so far in this check: never undone */
	bool virtual_time;        /* time semantics: the clock below decides when timeouts come; false: they come at any time */
	int64_t now_ns;           /* the clock of virtual time; undone */
	int16_t in_block;         /* the thread that nobody may interrupt now; SIM_NOBODY: there is none; undone */
	struct undo *undo;
};

int object_init(struct sim_objects *objects, uint32_t capacity, struct undo *undo);
void object_release(struct sim_objects *objects);

/* The identity of the `life`th object (from 0) at the address, which has at most 48 bits; and its address. */
static inline uint64_t object_key(uint64_t address, uint64_t life)
{
	return life << 48 | address;
}

static inline uintptr_t object_address(const struct sim_object *object)
{
	return (uintptr_t)(object->key & ((UINT64_C(1) << 48) - 1));
}

/* The object with identity `key`, made with `kind` if there is none. */
uint32_t object_at(struct sim_objects *objects, uint64_t key, enum sim_object_kind kind);

/* A new object at the address, with these flags: it has nothing to do with those that were there earlier in the execution.
 * They stay what they are, to a search and to threads that still wait for them. */
uint32_t object_make_new(struct sim_objects *objects, uintptr_t address, enum sim_object_kind kind, uint8_t flags);

static inline bool thread_set_is_empty(const struct sim_thread_set *set)
{
	return !(set->bits[0] | set->bits[1]);
}

/* Whether the object is as it was made (I2). */
static inline bool object_is_pristine(const struct sim_object *object)
{
	return object->owner == SIM_NOBODY && !object->flags && !object->state && !object->owner_site &&
	       thread_set_is_empty(&object->waiting);
}

/* To be called before an object is changed (I1). */
static inline struct sim_object *object_touch(struct sim_objects *objects, uint32_t index)
{
	struct sim_object *object = &objects->items[index];
	undo_save(objects->undo, object, sizeof *object);
	return object;
}

static inline bool thread_set_has(const struct sim_thread_set *set, int thread)
{
	return set->bits[thread >> 6] >> (thread & 63) & 1;
}

static inline void thread_set_add(struct sim_thread_set *set, int thread)
{
	set->bits[thread >> 6] |= UINT64_C(1) << (thread & 63);
}

static inline void thread_set_remove(struct sim_thread_set *set, int thread)
{
	set->bits[thread >> 6] &= ~(UINT64_C(1) << (thread & 63));
}

static inline int thread_set_count(const struct sim_thread_set *set)
{
	return __builtin_popcountll(set->bits[0]) + __builtin_popcountll(set->bits[1]);
}

/* The n-th member in slot order, n < count. */
int thread_set_nth(const struct sim_thread_set *set, int n);

#endif
