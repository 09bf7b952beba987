/* Tells the world which bytes of a stack belong to variables of the program (world/spin.h). */
#ifndef SIM_VARIABLES_H
#define SIM_VARIABLES_H

#include "symbols.h"
#include "world.h"

/* Does nothing if the program was optimised, or has variables in registers: then the state of a thread is in places besides
 * those that debug information names on its stack. */
void variables_watch(struct world *world, struct symbols *symbols);

#endif
