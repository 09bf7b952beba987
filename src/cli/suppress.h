/* The file of --suppress: races that are intended (doc/formats.md). */
#ifndef SIM_SUPPRESS_H
#define SIM_SUPPRESS_H

#include "config.h"

/* Lifetime: until suppress_release(). */
struct suppress {
	struct sim_suppression *items;
	size_t n;
};

/* Reads `file`. Returns 0, or -1 with *error a new line that names the file and the line of it. */
int suppress_read(struct suppress *suppress, const char *file, char **error);
void suppress_release(struct suppress *suppress);

#endif
