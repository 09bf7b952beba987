/* The command that shows a finding again. */
#ifndef SIM_REPLAY_COMMAND_H
#define SIM_REPLAY_COMMAND_H

#include "options.h"

/* The command that follows the schedule in the file `trace` with the program of `options`, quoted for a shell, with the
 * home folder as ~. A new string. */
char *replay_command(const struct options *options, const char *trace);

#endif
