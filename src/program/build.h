/* Compiling and linking in a work folder: what program.c does when the cache has nothing. */
#ifndef SIM_BUILD_H
#define SIM_BUILD_H

#include <stdbool.h>

#include "program.h"

/* One build. Lifetime: one call of program_build(). */
struct build {
	const struct program_request *request;
	bool instrumented;
	char *compiler;                  /* its path */
	struct str_list compile_flags;   /* the user's for the compiler */
	struct str_list link_flags;      /* the user's for the linker: -l, -L and -Wl, */
	char *work;                      /* the folder; everything below is in it */
	char *output;                    /* out: the linked file */
	struct str_list dependencies;    /* out: files that were read, system headers left out */
	char *messages;                  /* out: what the compiler said */
};

/* Builds build->output. Returns 0, or -1 with *error as of program_build(). */
int build_run(struct build *build, char **error);

#endif
