/* Makes a program that shows a difference smaller while it still shows one. */
#ifndef FUZZ_SHRINK_H
#define FUZZ_SHRINK_H

#include "compare.h"

/* Changes `program` to a smaller one for which the comparison still differs, not necessarily in the same way; returns
 * how it does. No statement, thread or detail of the result can be left out. */
struct compare_result shrink_program(struct program *program, const struct compare_options *options);

#endif
