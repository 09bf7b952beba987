/* Which parts of the program's code were executed (--coverage). */
#ifndef SIM_COVERAGE_H
#define SIM_COVERAGE_H

#include <stdbool.h>
#include <stdint.h>

/* Makes room for the code of the program, before any of it runs. Returns 0, or -1 with errno. */
int coverage_watch(uintptr_t code_low, uintptr_t code_high);

/* Whether the program ever executed the block that announces itself by a call which returns to `pc`. Not undone: any
 * execution counts. */
bool coverage_reached(uintptr_t pc);

#endif
