/*
 * C sources, and what simcheck-cc made of some, to something that runs: an instrumented shared object for the worker, or an
 * ordinary executable for real threads. What was built is kept in the cache (cache.h) and used again as long as sources, headers, flags, compiler
 * and simcheck are the same.
 */
#ifndef SIM_PROGRAM_H
#define SIM_PROGRAM_H

#include <stdbool.h>

#include "str.h"

/* What to build. Lifetime: the caller's; nothing here is changed or kept. */
struct program_request {
	const char *cc;          /* the compiler: a path, or a name to look for in PATH */
	struct str_list files;   /* of one program: C sources, objects, static libraries, programs linked by simcheck-cc */
	struct str_list flags;   /* the user's, in their order; they come after simcheck's own and so win */
	const char *entry;       /* the function to run, "main" by default */
	bool coverage;           /* instrumented: blocks announce themselves, and the linker leaves a record of calls */
	const char *include_dir; /* the folder that holds simcheck/simcheck.h */
	const char *library;     /* libsimcheck.a; used by program_build_native() alone */
};

/* What was built. Lifetime: until program_release(). */
struct program {
	char *path;      /* of the shared object or the executable, in the cache */
	char *messages;  /* warnings of the compiler, complete lines; "" when there were none */
	char content[9]; /* 8 hexadecimal digits that depend on names, bytes and flags of the program alone: the same in
	                  * each folder and on each machine */
	struct str_list unchecked; /* functions that simcheck-cc did not compile: "FUNCTION ORIGIN", as of embed.h */
	bool cached;     /* nothing had to be compiled */
	double seconds;  /* wall clock that all of this took */
};

/* Compiles and links `request` to a shared object whose memory accesses and calls go to the worker: __tsan_* and, for
 * each modelled function of externals.def, __wrap_*. Returns 0, or -1 with *error a new string: one line that says what
 * is wrong, without a newline at its end; the compiler's messages may follow it after a newline. */
int program_build(struct program *program, const struct program_request *request, char **error);

/* The same sources as an uninstrumented executable on real threads, linked with request->library. */
int program_build_native(struct program *program, const struct program_request *request, char **error);

void program_release(struct program *program);

#endif
