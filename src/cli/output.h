/* Everything that a check writes: the text, JSON, the trace and pictures. */
#ifndef SIM_OUTPUT_H
#define SIM_OUTPUT_H

#include <stdbool.h>

#include "session.h"

/* Writes what the options ask for, from a session with a report. Returns 0, or 2 when something could not be written,
 * which was told on standard error. */
int output_write(const struct session *session);

/* Whether the standard output is for JSON alone. */
bool output_is_json(const struct options *options);

#endif
