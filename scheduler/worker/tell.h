/*
 * Turns a finding of the search into one that people can read: executes its schedule again, and writes down events,
 * values, causes, who held what, and the sentence.
 */
#ifndef SIM_TELL_H
#define SIM_TELL_H

#include "names.h"
#include "report.h"
#include "search.h"

/* Fills `told`, which owns what it gets. The scheduling points must be those of the finding's pass. Leaves the execution at
 * the end of the schedule. */
void tell_finding(struct sim_finding *told, const struct search_finding *finding, struct world *world,
                  const struct names *names);

#endif
