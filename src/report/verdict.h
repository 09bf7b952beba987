/* What a report comes to: its one line and its exit status. */
#ifndef SIM_VERDICT_H
#define SIM_VERDICT_H

#include "report.h"

/* DESIGN section 7. */
enum verdict_status {
	VERDICT_PROVED = 0,
	VERDICT_BUG = 1,
	VERDICT_OPEN = 3, /* no bug found, but not everything explored */
};

enum verdict_status verdict_exit_status(const struct sim_report *report);

/* "proved: 90 executions, one per class, sequential consistency, time: any". To be freed; NULL without memory. */
char *verdict_line(const struct sim_report *report);

#endif
