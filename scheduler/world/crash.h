/*
 * Faults and endless computation of the program under test: a signal in simulated code becomes an incident of the thread
 * that ran, and the scheduler goes on. A signal in the checker itself keeps its default effect.
 */
#ifndef SIM_CRASH_H
#define SIM_CRASH_H

#include "world.h"

/* Installs the handlers, on a stack of their own, and starts the watch on endless computation. Process-wide. */
void crash_watch(struct world *world);
/* Ends the watch; handlers stay. */
void crash_unwatch(void);

#endif
