/*
 * Follows a trace: each of its events must be what the named thread is about to do, at the same function of the same
 * file and on the same object; line numbers may differ, so that a trace survives edits elsewhere.
 *
 * Plain locations that were scheduling points in the trace are found again on the way: an access that fits the next
 * event of its thread makes its location one.
 */
#ifndef SIM_REPLAY_H
#define SIM_REPLAY_H

#include "names.h"
#include "report.h"
#include "search.h"

/* Executes the trace of `wanted`, and what went wrong in it becomes the findings of `search`. Returns 0, or -1 with a
 * sentence in `error` that says where the trace no longer fits. */
int replay_follow(struct search *search, struct world *world, const struct names *names,
                  const struct sim_finding *wanted, char *error, size_t size);

#endif
