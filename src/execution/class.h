/*
 * Canonical form of an execution: two executions have the same form exactly when they are the same Mazurkiewicz trace,
 * that is, differ only in the order of independent events.
 *
 * Each event gets a hash of what it is (thread, index, operation, object, choice, result) and of the set of all earlier
 * events that it depends on; the class is the set of these. Sets are hashed by sums, so that order does not matter. An
 * event's hash depends on its past alone, hence the hashes of a prefix stay valid when the search goes back to it.
 * With 64 bits, n classes collide with a probability of about n^2 / 2^65: 3e-6 for ten million.
 */
#ifndef SIM_CLASS_H
#define SIM_CLASS_H

#include <stddef.h>
#include <stdint.h>

#include "execution.h"

/* Lifetime: one pass of a search. */
struct class_set {
	uint64_t *event_hash; /* of events[0 .. n_valid) */
	uint64_t *serial;     /* of these events */
	uint64_t *prefix_sum; /* of event_hash up to and without the index */
	uint32_t n_valid;
	uint32_t capacity;
	uint64_t *slots;      /* open addressing; 0 is free */
	size_t n_slots, n;
};

int class_init(struct class_set *set, uint32_t max_events);
void class_release(struct class_set *set);

/* Adds the class of the complete execution; returns whether it is new. */
bool class_add(struct class_set *set, const struct sim_execution *execution);

#endif
