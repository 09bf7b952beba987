/*
 * Calls on what the system keeps, as operations (SIM_OP_CALL): what each of them uses decides which orders are
 * explored.
 *
 *   an open file (struct description), a stream's lock, the table of descriptors: an object each
 *   a file: an object, for its size, and a key for each of its bytes
 *   a name: a key
 *
 * All functions: [thread]. Whoever has announced a call does what it is about at once, before the next operation.
 */
#ifndef SIM_CALL_H
#define SIM_CALL_H

#include <stddef.h>
#include <stdint.h>

#include "op.h"
#include "semantics.h"

/* What a call uses besides its object. Zeroed: nothing. */
struct call_range {
	uint64_t key;
	uint32_t size;
	enum sim_mode mode;
};

/* Announces a call. `named` is what it is about, a structure that begins with its name; it is used in the way
 * `mode`, and what was done in that way before by others is seen. */
void call_announce(enum sim_call call, const void *named, enum sim_mode mode, struct call_range range);

/* Memory of the program that a call is about to read, noted as read: the memory itself, or a copy if others may
 * change it before the call is announced. */
const void *call_take(const void *from, size_t n);

/* Gives the program what a call has found: notes the write. `from` is in the area, or the caller's own. */
void call_give(void *to, const void *from, size_t n);

/* Sets errno and returns -1. */
int call_fail(int error);

#endif
