/*
 * Runs a fuzz program in the world, as instrumentation and the fronts would: plain accesses are noted with world_access(),
 * all else becomes operations, results go to registers on the simulated thread's stack. One machine per process.
 */
#ifndef FUZZ_MACHINE_H
#define FUZZ_MACHINE_H

#include <simcheck/simcheck.h>

#include "program.h"
#include "world.h"

/* What the program calls its global variables. Lifetime: machine_open() to machine_close(). */
struct machine_memory {
	_Alignas(64) uint8_t bytes[PROGRAM_BYTES];
	uint64_t handles[PROGRAM_THREADS]; /* slot + 1 of each thread that was started (but for style sim) */
	struct sim_lock locks[PROGRAM_LOCKS];
	struct sim_condition conditions[PROGRAM_CONDITIONS];
	struct sim_semaphore semaphores[PROGRAM_SEMAPHORES];
	struct sim_event_flag events[PROGRAM_EVENTS];
	struct sim_rwlock rwlocks[PROGRAM_RWLOCKS];
	struct sim_barrier barriers[PROGRAM_BARRIERS];
	struct sim_once onces[PROGRAM_ONCES];
	struct sim_queue queues[PROGRAM_QUEUES];
	struct sim_thread threads[PROGRAM_THREADS];
	uint64_t pipe, counter, file;       /* the latter: its size */
	uint8_t pages[PROGRAM_BYTES];       /* of the file */
	uint64_t registers[PROGRAM_THREADS][PROGRAM_REGISTERS]; /* copies of what is on the stacks */
};

/* Lifetime: the caller's. */
struct machine_options {
	uint32_t max_events;
	bool verifies;      /* compare the state after each restore */
	bool virtual_time;  /* time semantics */
	bool claims_nothing; /* writers of read-write locks whose readers pass take them in one operation */
	bool explores_spin; /* treat repeated polls like all other operations */
};

enum { MACHINE_MAX_EVENTS = 512 }; /* more than any program has that does not poll */

/* Brings the program, which must outlive the machine, to its beginning. Ends the process if there is no address space. */
struct sim_execution *machine_open(const struct program *program, const struct machine_options *options);
void machine_close(void);

/* A hash of what the present, complete execution came to: memory, registers, which threads ended, what went wrong. Sets
 * whether a thread would go on polling for ever. */
uint64_t machine_outcome(bool *is_endless);

/* Where the memory is. */
uintptr_t machine_base(void);

/* Which bytes of the memory are scheduling points: one per byte. */
void machine_promoted(bool promoted[sizeof(struct machine_memory)]);

#endif
