/* Many programs, each against its own expectation. */
#ifndef SIM_BATCH_H
#define SIM_BATCH_H

#include "options.h"

/* Checks each of options->files as a program of its own, as many at a time as there are processors, and prints a line
 * for each, in their order. argc and argv are the command line, which is read again for each with the options that the
 * program itself names. Returns the exit status: 0 all met, 1 some not met, 2 some could not be checked, 70 an internal
 * error. */
int batch_run(const struct options *options, int argc, char **argv);

#endif
