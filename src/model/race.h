/*
 * Data races: two accesses of the same byte, at least one a write and not both atomic, that nothing orders.
 *
 * Happens-before is the one of C11: program order, and synchronises-with as the memory orders in the source say (a
 * relaxed access orders nothing), over locks, thread start and join, and atomics. It is not the dependence of
 * semantics.h, which orders every pair of conflicting operations as executed.
 *
 * Each thread carries a vector clock. Its time goes on whenever something was published that later accesses are no
 * part of: before and after each event, and after each release fence. A (thread, time) pair - an epoch - names the
 * step in which an access happened (Flanagan and Freund, FastTrack, PLDI 2009; execution_event_of()). For each 8
 * bytes of memory a cell keeps the accesses that a later one could still race with:
 *
 *  I1  For every earlier access a of a byte there is a record r in its cell such that any later access that races with
 *      a races with r or with an access already reported; r = a, or r came after a, is ordered after it, and conflicts
 *      with everything that a conflicts with.
 *  I2  Cells, clocks and their pool change only under the undo log.
 *  I3  Atomic accesses of 8 bytes that nobody has accessed in another way, in any execution of the check, need no record, since
 *      they can race with nothing. When somebody does, records may be missing: from then on they are made, and what
 *      was executed before is void (`misses_records`). Only where a search can begin again: `skips`. Whoever leaves out
 *      other accesses that can race with nothing does the same.
 *
 * Two accesses in blocks that nobody interrupts never race, like two atomic ones.
 *
 * The bytes that were found to race are promoted: accesses to them become visible operations, and are not reported
 * again. Promotion survives executions; it adds dependence, never a happens-before edge.
 */
#ifndef SIM_RACE_H
#define SIM_RACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "semantics.h"
#include "undo.h"
#include "vclock.h"

enum { RACE_READ = 0, RACE_WRITE = 1, RACE_ATOMIC = 2, RACE_BLOCK = 4 }; /* bits of the type of an access; the last: in a block */
enum { RACE_MAX_REGIONS = 6, RACE_MAX_FOUND = 16 };

/* One access that may still race. */
struct race_record {
	uint32_t epoch; /* thread << 24 | time */
	uint32_t site;
	uint8_t mask;   /* which of the 8 bytes */
	uint8_t type;
	uint16_t unused;
};

/* How 8 bytes have been accessed so far in a check (I3): not at all, or with records; atomically only, without records; also
 * in other ways. */
enum race_history { RACE_RECORDED, RACE_SKIPPED, RACE_PLAIN };

/* What is known of 8 bytes of memory. Lifetime: one check; contents: one execution, but for `promoted`. */
struct race_cell {
	uint8_t n;        /* records here, at most RACE_INLINE */
	uint8_t promoted; /* mask of bytes that are scheduling points */
	uint8_t known;    /* mask of those of them that race, which is not reported again */
	uint8_t history;  /* enum race_history; not undone */
	uint32_t more;    /* index + 1 of further records in the pool; 0: none */
	struct race_record records[2];
};

/* A stretch of memory that is watched. */
struct race_region {
	uintptr_t low;
	size_t size;
	struct race_cell *cells;
};

/* Bytes of the program's memory that are scheduling points. */
struct race_range {
	uintptr_t address;
	size_t size;
	bool races; /* because they were found to race */
};

/* Two accesses that race. `first` was executed earlier. */
struct race_found {
	uintptr_t address; /* first byte of those that both touched */
	uint32_t size;
	struct race_record first, second;
	uint32_t position; /* events executed when it was found, the one with the second access included */
};

struct race_chunk;

/* Lifetime: one check. */
struct race {
	struct undo *undo;
	struct sim_objects *objects;
	struct race_region regions[RACE_MAX_REGIONS];
	int n_regions;
	struct vclock clock[SIM_MAX_THREADS];
	struct vclock pending_acquire[SIM_MAX_THREADS]; /* what relaxed loads saw: an acquire fence takes it up */
	struct vclock release_fence[SIM_MAX_THREADS];   /* clock at the last release fence */
	struct vclock *release;   /* by object index: what an acquire of the object takes up */
	struct race_chunk *pool;  /* further records */
	uint32_t n_chunks;        /* undone */
	uint32_t position;        /* events executed so far, the present one included: set by the execution */
	uint64_t step;            /* number of the step under way, unlike that of any other of the check; 0: steps are not told */
	uint64_t saved[SIM_MAX_THREADS]; /* the step in which the thread's clock was last saved: once is enough */
	struct race_found found[RACE_MAX_FOUND];
	/* Whether a race is intended: then it is not kept. NULL: none is. It may be asked for the same race again and again. */
	bool (*is_intended)(const struct race_found *found);
	bool skips;        /* I3 */
	bool misses_records;
	int n_found;              /* since the last race_forget(); not undone */
	struct race_range *promoted; /* in the order of promotion; not undone */
	uint32_t n_promoted;
};

/* `objects` outlives the race. Returns 0, or -1 with errno. */
int race_init(struct race *race, struct sim_objects *objects, struct undo *undo);
void race_release(struct race *race);

/* Watches [low, low + size). Accesses outside all regions are ignored. Returns 0, or -1 with errno. */
int race_watch(struct race *race, uintptr_t low, size_t size);

/* The main thread's clock at the beginning of an execution. */
void race_begin(struct race *race);

/* Follows an executed event: acquires, releases, the access of an atomic, and the time of its thread; sets
 * event->time. */
void race_on_event(struct race *race, struct sim_event *event);
/* The thread ends a block that nobody interrupts: what it did comes before all later blocks, for which `object` stands. */
void race_on_end_block(struct race *race, int thread, uint32_t object);

/* A fence of `thread`. */
void race_on_fence(struct race *race, int thread, enum sim_order order);

/* Checks and records an access of `size` bytes. `type` is a combination of RACE_WRITE and RACE_ATOMIC;
 * RACE_BLOCK is added if the thread is in a block. */
void race_on_access(struct race *race, int thread, uintptr_t address, size_t size, int type, uint32_t site);

/* Whether an access of `type` by `thread` conflicts with one of another thread that is on record, be they ordered or not. */
bool race_has_conflict(const struct race *race, int thread, uintptr_t address, size_t size, int type);

/* Whether any byte of [address, address + size) is promoted. */
bool race_is_promoted(const struct race *race, uintptr_t address, size_t size);
/* How many bytes from `address` on, at most `most`, are all promoted. */
size_t race_promoted_run(const struct race *race, uintptr_t address, size_t most);
/* Makes accesses of these bytes scheduling points. Only between executions (nothing in the undo log). */
void race_promote(struct race *race, uintptr_t address, size_t size);
/* The same for bytes that did not race: if they do, that is reported. */
void race_expose(struct race *race, uintptr_t address, size_t size);
/* Goes back to the time when only the first `n` promotions had been made. Only between executions. */
void race_demote(struct race *race, uint32_t n);

static inline void race_forget(struct race *race)
{
	race->n_found = 0;
}

static inline int race_record_thread(const struct race_record *record)
{
	return (int)(record->epoch >> 24);
}

static inline uint32_t race_record_time(const struct race_record *record)
{
	return record->epoch & 0xFFFFFF;
}

/* The epoch of what `thread` does now. */
static inline uint32_t race_now(const struct race *race, int thread)
{
	return (uint32_t)thread << 24 | (race->clock[thread].at[thread] & 0xFFFFFF);
}

/* Whether what happened in `epoch` happened before what `thread` does now. */
static inline bool race_is_past(const struct race *race, uint32_t epoch, int thread)
{
	int other = (int)(epoch >> 24);
	return other == thread || (epoch & 0xFFFFFF) <= race->clock[thread].at[other];
}

/* The cell of `address`, or NULL when it is not watched. */
static inline struct race_cell *race_cell(const struct race *race, uintptr_t address)
{
	for (int i = 0; i < race->n_regions; i++) {
		uintptr_t offset = address - race->regions[i].low;
		if (offset < race->regions[i].size)
			return &race->regions[i].cells[offset >> 3];
	}
	return NULL;
}

#endif
