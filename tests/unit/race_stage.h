/*
 * A stage for short stories of races: threads, two locks and a condition, atomic flags, watched memory. No execution.
 */
#ifndef TEST_RACE_STAGE_H
#define TEST_RACE_STAGE_H

#include "race.h"

enum { T0, T1, T2, T3, N_THREADS = 40, SIZE = 256 };

/* Lifetime: one test. */
extern struct undo undo;
extern struct sim_objects objects;
extern struct race race;
extern uint32_t lock, other_lock, condition;
extern unsigned char memory[SIZE];
extern uint64_t flag, flag2; /* atomic, not watched: their accesses never race */

/* Check fixtures. All threads are alive; nothing orders them. */
void race_stage_setup(void);
void race_stage_teardown(void);

/* Executes an operation, which must be enabled, in its first way. */
struct sim_event execute(int thread, struct sim_op op);
/* The same for an operation with nothing but an object. */
struct sim_event on(int thread, enum sim_op_kind kind, uint32_t object);
/* An atomic operation on 8 bytes. */
struct sim_op atomic(enum sim_op_kind kind, uint64_t *at, enum sim_order order);
void store(int thread, uint64_t *at, enum sim_order order);
void load(int thread, uint64_t *at, enum sim_order order);
void exchange(int thread, uint64_t *at, enum sim_order order);

/* A plain or atomic access of the memory. */
void touch(int thread, int type, size_t offset, size_t size);
/* A plain write, and a plain read, of the first 8 bytes. */
void write8(int thread);
void read8(int thread);

/* So many races were found since the last call. */
void expect_races(int n);

#endif
