/*
 * Data races by the book: a graph of everything that happened, happens-before as the transitive closure of program
 * order and synchronises-with, and every pair of accesses compared. Slow and without any cleverness: what race.c is
 * compared with.
 *
 * The definitions are those of C11 5.1.2.4 and 7.17.4, but for release sequences, which a store that is no read-
 * modify-write ends whoever makes it (C++20).
 */
#ifndef TEST_RACE_REFERENCE_H
#define TEST_RACE_REFERENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "race.h"

enum { REFERENCE_NODES = 320, REFERENCE_THREADS = 8, REFERENCE_BYTES = 96, REFERENCE_NONE = -1 };

struct reference_set {
	uint64_t bits[REFERENCE_NODES / 64];
};

/* Something that a thread did. */
struct reference_node {
	int thread;
	struct reference_set before; /* all that happens before it */
	bool accesses;               /* the fields of accesses are meant */
	int type;                    /* of an access: RACE_* */
	uint32_t low, size;          /* its bytes */
	int step;                    /* position of the event in whose step it was made; REFERENCE_NONE: before any */
	bool is_rmw;                 /* of an atomic write: read its predecessor */
	int previous_write;          /* of an atomic write: its predecessor in modification order */
	int reads_from;              /* of an atomic read: the write, or REFERENCE_NONE */
	bool releases;               /* by its own order */
	bool is_fence, is_release_fence;
};

/* Lifetime: one sequence. */
struct reference {
	struct reference_node nodes[REFERENCE_NODES];
	int n;
	int last[REFERENCE_THREADS];             /* each thread's last node */
	int last_write[REFERENCE_BYTES];         /* by the first byte of an atomic location */
};

void reference_init(struct reference *reference);

/* Appends a node after the last one of `thread`; returns its number. */
int reference_add(struct reference *reference, int thread);
/* Makes `from` and all before it happen before `to`, which must be the newest node. */
void reference_order(struct reference *reference, int from, int to);
/* The last node of `parent` happens before all of `child`. */
void reference_start(struct reference *reference, int parent, int child);

/* Makes the node `n` an access of the bytes [low, low + size), in the step of the event at position `step`. */
void reference_access(struct reference *reference, int n, uint32_t low, uint32_t size, int type, int step);
/* Makes the node `n`, an access of an atomic location, an atomic operation. */
void reference_atomic(struct reference *reference, int n, bool reads, bool writes, enum sim_order order);
/* Appends a fence. */
void reference_fence(struct reference *reference, int thread, enum sim_order order);

/* Whether the accesses a and b, a < b, race on byte `byte`. */
bool reference_races(const struct reference *reference, int a, int b, uint32_t byte);
/* Whether the access b races on `byte` with any before it. */
bool reference_races_at_all(const struct reference *reference, int b, uint32_t byte);
/* Whether an earlier access of the same thread in the same step says of `byte` all that the access b says. Only of
 * accesses that no release fence separates. */
bool reference_is_repeated(const struct reference *reference, int b, uint32_t byte);

#endif
