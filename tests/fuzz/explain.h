/* Shows in which executions two strategies differ. */
#ifndef FUZZ_EXPLAIN_H
#define FUZZ_EXPLAIN_H

#include "compare.h"

/* Prints a schedule of each class that the strategy under test misses, and all schedules of each that it reaches more than
 * once. For programs with few classes: each is compared with each. */
void explain_difference(const struct program *program, const struct compare_options *options);

#endif
