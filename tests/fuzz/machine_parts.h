/* What machine.c shares with the parts of it that are files of their own. */
#ifndef FUZZ_MACHINE_PARTS_H
#define FUZZ_MACHINE_PARTS_H

#include "machine.h"

/* The functions that are the program under test to the world. */
#define PROGRAM_CODE __attribute__((section("fuzz_program"), noinline))

/* A running thread. Lifetime: that of the simulated thread, on whose stack it is. */
struct machine_thread {
	int number;
	uint32_t site;
	uint64_t registers[PROGRAM_REGISTERS];
};

extern struct machine_memory machine_memory;

/* The slot of the thread that the statement names; SIM_NOBODY if it was not started, or is the caller. */
int machine_slot(const struct machine_thread *thread, const struct program_statement *s);

/* Whether the calling thread may wait with, or release, the lock that the statement names. */
bool machine_holds(const struct program_statement *s);

/* Executes an operation as the thread's: its result's `low`. */
uint64_t machine_call(const struct machine_thread *thread, struct sim_op op);

/* When the calling thread gives up that begins to wait now. */
int64_t machine_deadline(void);

/* Whether writers claim a lock whose readers pass. */
bool machine_writers_claim(void);

/* How many ns the calling thread waits at most, or sleeps: some threads as long as others, some longer. */
int64_t machine_patience(void);

/* Puts the result of the statement into its register, if it has one. */
void machine_set(struct machine_thread *thread, const struct program_statement *statement, uint64_t value);

/* What a value of a statement is: a number, or that of a register. */
uint64_t machine_value(const struct machine_thread *thread, uint8_t value);

/* An atomic operation on the bytes that the statement names. */
void machine_atomic(struct machine_thread *thread, const struct program_statement *s, enum sim_op_kind kind, enum sim_rmw rmw);

/* machine_primitives.c: the primitives that there is one sort of, whatever the style. Makes them what they are at first. */
void machine_make_primitives(void);
/* Executes the statement if it is about one of them, and returns whether it is. */
bool machine_use_primitive(struct machine_thread *thread, const struct program_statement *s);

/* machine_system.c: the same, of pipes, eventfds and files. */
bool machine_use_system(struct machine_thread *thread, const struct program_statement *s);

/* machine_cancellation.c: the same for statements about cancellation. */
bool machine_use_cancellation(struct machine_thread *thread, const struct program_statement *s);

#endif
