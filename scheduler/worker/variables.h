/* Tells the world which bytes of a stack belong to variables of the program (world/spin.h). */
#ifndef SIM_VARIABLES_H
#define SIM_VARIABLES_H

#include "symbols.h"
#include "world.h"

/* Does nothing if the program was optimised: then values live in places that debug information does not name. */
void variables_watch(struct world *world, struct symbols *symbols);

#endif
