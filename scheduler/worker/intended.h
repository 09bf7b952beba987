/*
 * Races that the user intends (--suppress): they are no findings, but their locations become scheduling points like those of
 * all races, so that what comes of them is explored.
 */
#ifndef SIM_INTENDED_H
#define SIM_INTENDED_H

#include "config.h"
#include "names.h"
#include "report.h"
#include "world.h"

/* From now on the races of `world` that config->suppressions match are intended. All must outlive the check. */
void intended_watch(struct world *world, const struct names *names, const struct sim_config *config);

/* Tells in `report` how many locations had such races, and in notes which, and which lines of the file never matched. */
void intended_tell(struct sim_report *report);

#endif
