/* The program on real threads, many times: what chance shows, beside what exploring proves. */
#ifndef SIM_STRESS_H
#define SIM_STRESS_H

#include "options.h"

/* Compiles the program without instrumentation and runs it options->n_runs times, one run after the other. Prints how
 * often it ended in which way. Returns the exit status: 1 when a run was ended by a signal or hung, else 3, as nothing
 * is proved by runs that went well; 2 or 70 as usual. A run's own exit status is no failure, as when exploring. */
int stress_run(const struct options *options);

#endif
