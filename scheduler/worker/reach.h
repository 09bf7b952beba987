/* What of the program was never reached in any execution (--coverage). */
#ifndef SIM_REACH_H
#define SIM_REACH_H

#include "names.h"
#include "report.h"

/* Fills in report->coverage: nothing but zeros when nothing of the program was compiled for that. */
void reach_tell(struct sim_report *report, const struct names *names);

#endif
