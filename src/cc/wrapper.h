/* One call of simcheck-cc. */
#ifndef SIM_WRAPPER_H
#define SIM_WRAPPER_H

#include "arguments.h"
#include "compiler.h"
#include "places.h"

/* Lifetime: process. */
struct wrapper {
	struct arguments arguments;
	struct places places;
	char *compiler;               /* the path of the real one */
	enum compiler_family family;
	bool keeps_level;             /* the user's -O options stay */
	bool covers;                  /* for --coverage */
	char *work;                   /* a folder for files; NULL: not made */
};

/* All of these return an exit status; when it is not 0, it was told why. */

/* Lets the compiler do what it is asked to, instrumented, when it is not to link (compile.c). */
int compile_and_stop(struct wrapper *wrapper);
/* Compiles the source at arguments.items[index] to `object`. */
int compile_source(struct wrapper *wrapper, size_t index, const char *object);
/* Compiles what is to be compiled, links, and puts into the executable what simcheck needs (link.c). */
int link_program(struct wrapper *wrapper);

#endif
