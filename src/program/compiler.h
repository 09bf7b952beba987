/* The system's C compiler: where it is and which options it understands. */
#ifndef SIM_COMPILER_H
#define SIM_COMPILER_H

#include <stdbool.h>

#include "str.h"

enum compiler_family { COMPILER_GCC, COMPILER_CLANG };

/* The path of the compiler `cc`, looked for in PATH when it has no slash, as a new string; NULL when there is none. */
char *compiler_find(const char *cc);

/* Which kind of compiler is at `path`. Told by the name that `path` leads to; where that says nothing, the compiler is
 * asked, with its answer in the file `log`. */
enum compiler_family compiler_family(const char *path, const char *log);

/* Adds simcheck's own options for one compilation to `arguments`. Instrumented: each memory access calls __tsan_*. */
void compiler_add_options(struct str_list *arguments, enum compiler_family family, bool instrumented);

#endif
