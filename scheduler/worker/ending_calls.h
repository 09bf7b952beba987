/* Which functions of the library a program may call without ruling out that endings are left out (scheduler/world/endings.h). */
#ifndef SIM_ENDING_CALLS_H
#define SIM_ENDING_CALLS_H

#include <stdbool.h>

#include "load.h"

/* Whether every outside function that the program refers to is such. */
bool ending_calls_are_known(const struct loaded *loaded);

#endif
