/*
 * What a program says of itself in the comments before its first line of code:
 *   SIMCHECK-EXPECT: safe
 *   SIMCHECK-EXPECT: <kind> [<cause>]
 *   SIMCHECK-OPTIONS: <options of simcheck>
 */
#ifndef SIM_SCENARIO_H
#define SIM_SCENARIO_H

#include "str.h"

/* Lifetime: until scenario_release(). */
struct scenario {
	struct str_list expectations; /* what follows each SIMCHECK-EXPECT: */
	struct str_list options;      /* what follows each SIMCHECK-OPTIONS: */
};

/* Reads the comments of `file`; empty lists when the file cannot be read, which the compiler will tell better. */
void scenario_read(struct scenario *scenario, const char *file);
void scenario_release(struct scenario *scenario);

#endif
