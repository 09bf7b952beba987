/* Compiling and linking in a work folder: what program.c does when the cache has nothing. */
#ifndef SIM_BUILD_H
#define SIM_BUILD_H

#include <stdbool.h>

#include "embed.h"
#include "input.h"
#include "program.h"

/* One build. Lifetime: one call of program_build(). */
struct build {
	const struct program_request *request;
	bool instrumented;
	enum input_kind *kinds;          /* of the files of the request */
	char *compiler;                  /* its path */
	struct str_list compile_flags;   /* the user's for the compiler */
	struct str_list link_flags;      /* the user's for the linker: -l, -L and -Wl, */
	struct embed about;              /* what is known of the part that simcheck-cc built */
	struct str_list objects;         /* what is linked */
	struct str_list libraries;       /* options for the linker */
	char *work;                      /* the folder; the output is in it */
	char *output;                    /* out: the linked file */
	struct str_list dependencies;    /* out: files that were read, system headers left out */
	char *messages;                  /* out: what the compiler said */
};

/* Builds build->output. Returns 0, or -1 with *error as of program_build(). */
int build_run(struct build *build, char **error);

/* Frees all that the build owns: everything but the request. */
void build_release(struct build *build);

#endif
