/*
 * What the files of the facade share. Each public function checks its arguments, then calls its slot. The checker
 * finds the program's line by walking the frame pointers up to the first frame in the program, so there are no tail
 * calls here (cmake/options.cmake).
 */
#ifndef SIM_FACADE_H
#define SIM_FACADE_H

#include <stdbool.h>
#include <stdint.h>

#include "backend.h"

/* Reports a broken rule through the backend in force. Returns SIM_MISUSE if that returns. */
enum sim_status facade_misuse(const char *cause, const char *what);

/* Whether `timeout_ns` is one: SIM_FOREVER, or 0 to SIM_TIMEOUT_MAX. */
static inline bool facade_timeout_valid(int64_t timeout_ns)
{
	return (timeout_ns >= 0 && timeout_ns <= SIM_TIMEOUT_MAX) || timeout_ns == SIM_FOREVER;
}

#endif
