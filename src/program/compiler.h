/* The system's C compiler: where it is and which options it understands. */
#ifndef SIM_COMPILER_H
#define SIM_COMPILER_H

#include <stdbool.h>
#include <stddef.h>

#include "str.h"

/* COMPILER_GCC_CLEARS: gcc from version 12 on, or unknown but as new, which clears local variables if it is told to. */
enum compiler_family { COMPILER_GCC, COMPILER_GCC_CLEARS, COMPILER_CLANG };

/* Who built an object file. */
enum compiler_trace {
	COMPILER_OTHER, /* not simcheck-cc */
	COMPILER_OURS,
	COMPILER_STALE, /* simcheck-cc, with other options than it uses now */
};

/* The path of the compiler `cc`, looked for in PATH when it has no slash, as a new string; NULL when there is none. */
char *compiler_find(const char *cc);

/* Which kind of compiler is at `path`. Told by the name that `path` leads to; where that says nothing, the compiler is
 * asked, with its answer in the file `log`. */
enum compiler_family compiler_family(const char *path, const char *log);

/* Adds simcheck's own options for one compilation to `arguments`. Instrumented: each memory access calls __tsan_*. */
void compiler_add_options(struct str_list *arguments, enum compiler_family family, bool instrumented);
/* Where these are for `source`, and it names functions that nobody is to interrupt (__VERIFIER_atomic_...): has it announced
 * when functions are entered and left. */
void compiler_announce_calls(struct str_list *arguments, const char *source);
/* The part of them that makes it instrumented, without a level of optimisation. */
void compiler_add_instrumentation(struct str_list *arguments, enum compiler_family family);

/* Adds what has each basic block announce itself, for --coverage. */
void compiler_add_coverage(struct str_list *arguments, enum compiler_family family);

/* Adds libsimcheck.a, at `library`, and what it needs, for a link of a program on real threads. */
void compiler_add_library(struct str_list *arguments, const char *library);

/* Who built an object: read from `record`, the `size` bytes in which compilers write down the options that they were given
 * (-frecord-gcc-switches, section .GCC.command.line). */
enum compiler_trace compiler_trace(const char *record, size_t size);

#endif
