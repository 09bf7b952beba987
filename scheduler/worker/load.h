/* Loads the instrumented program into the worker and finds its parts: code, writable data, thread-local data, entry. */
#ifndef SIM_LOAD_H
#define SIM_LOAD_H

#include <link.h>
#include <stddef.h>

#include "config.h"
#include "world.h"

/* Lifetime: process (a program is never unloaded). */
struct loaded {
	void *handle;                 /* of dlopen() */
	const struct link_map *map;
	const ElfW(Phdr) *headers;
	size_t n_headers;
	struct world_program program; /* entry runs constructors, then the program's function with its arguments */
};

/* Loads config->program and finds config->entry. Returns 0, or -1 with a sentence in `error`. */
int load_program(struct loaded *loaded, const struct sim_config *config, char *error, size_t size);

#endif
