/* Invariants of the program, which hold after each step or are findings (simcheck/invariant.h). */
#ifndef SIM_WORLD_INVARIANT_H
#define SIM_WORLD_INVARIANT_H

#include <stdbool.h>

struct world;

/* [thread] Watches one more; only before the first event. */
void invariant_add(struct world *world, const char *text, int (*holds)(void));

/* Whether there are any. */
bool invariant_any(void);

/* After a step of the thread in `slot`: an invariant that is false is an incident of that thread, once in an execution. */
void invariant_check(struct world *world, int slot);

/* For the handler of faults: if an invariant is being evaluated, it ends as false, and this does not return. */
void invariant_escape(void);

#endif
