/* Running the compiler in the wrapper's place: with its standard input, output and error. */
#ifndef SIM_TOOL_H
#define SIM_TOOL_H

#include "str.h"

/* Runs the command and waits for it. Returns its exit status; 1 with a message when it could not be run or was ended by a
 * signal. */
int tool_run(const struct str_list *argv);

/* Tells what is wrong, on standard error. Returns 1. */
int tool_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
