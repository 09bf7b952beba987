/*
 * Endings that are known: what a thread does when all others have ended is a function of its own state and of what it reads.
 * Once it has come to the end of the program without anything going wrong, it need not be executed again from the same
 * state, as long as what it would read holds the same.
 *
 * An ending is learnt as it is executed. Its key is the state in which it begins: the thread's live stack, its operation, and
 * what the threads left behind. Besides, it is conditional on
 *   - the values that it reads elsewhere, unless it wrote them itself,
 *   - for what it accesses before it has joined all threads: that nobody accessed the same in a way that could race,
 *   - for threads that it does not join: that their ends come before it.
 * It is not learnt if anything else matters for what it does: operations other than joins, accesses and the end of the
 * program, memory of the heap or of other threads' stacks, or a function of the library that is not known to be harmless
 * here (endings.enabled is set for programs that call no others).
 *
 *  I1  A known ending would execute the same operations with the same results as when it was learnt, and nothing would be
 *      found: no race, no incident.
 *  I2  As a spot check each known ending is executed again, after every power of two of uses. If it does not end well,
 *      the search starts again without known endings.
 */
#ifndef SIM_ENDINGS_H
#define SIM_ENDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "object.h"

struct world;

enum { ENDINGS_MAX_READS = 16, ENDINGS_SLOTS = 1 << 12, ENDINGS_PROBES = 8 };

/* An access that an ending is conditional on. */
struct ending_access {
	uintptr_t address;
	uint32_t size;
	bool has_value;  /* it must read `value` */
	bool may_race;   /* not all threads had been joined: no other may have accessed the same */
	int type;        /* of the access, as in race.h */
	struct sim_wide value;
};

/* Lifetime: one pass of a search. */
struct ending {
	uint64_t key;      /* 0: none */
	uint32_t n_events;
	uint64_t n_uses;
	struct sim_thread_set joins; /* threads that it joins */
	int n_accesses;
	struct ending_access accesses[ENDINGS_MAX_READS];
};

/* Lifetime: one check. */
struct endings {
	bool enabled;
	bool recording;      /* `present` is being executed, and may be learnt so far */
	bool is_check;       /* `present` is known to end well (I2) */
	uint32_t position;   /* events before `present` */
	struct ending present;
	uint64_t stack_serial, stack_hash; /* of the stack of the thread whose last event is that one */
	struct ending *known; /* ENDINGS_SLOTS of them, by key; NULL: not enabled */
};

/* Whether the thread, whose pending operation is enabled, is at the beginning of an ending that is known: its length, or 0.
 * If it is not, the ending is recorded from here on. */
uint32_t endings_find(struct world *world, int thread);

/* The ending that was recorded has come to its end. `is_plain`: it showed nothing that a strategy has to look at. Returns
 * false if it should have ended well, and did not (I2). */
bool endings_learn(struct world *world, bool is_plain);

/* For the world: the thread announces an operation, or is about to make an access. */
void endings_on_operation(struct world *world, const struct sim_op *op);
void endings_on_access(struct world *world, uintptr_t address, size_t size, int type);

void endings_release(struct endings *endings);

#endif
