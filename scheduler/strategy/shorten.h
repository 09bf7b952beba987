/*
 * Shortens a finding's schedule for people: first to as few preemptions as a bounded search finds the same defect with,
 * then to the events that it needs.
 */
#ifndef SIM_SHORTEN_H
#define SIM_SHORTEN_H

#include "search.h"

/* Replaces finding->schedule by a shorter one that shows the same defect, if there is one within a fixed budget of steps.
 * The scheduling points must be those of the finding's pass. Leaves the execution at its beginning. */
void shorten_finding(struct sim_execution *execution, struct search_finding *finding);

#endif
