/* Lines of the program with remarks under them. */
#ifndef SIM_SOURCE_H
#define SIM_SOURCE_H

#include <stdio.h>

#include "report.h"
#include "text.h"

/* Lifetime: the caller's, as is `place`. */
struct source_mark {
	const struct sim_place *place;
	char *remark;
};

/* Prints the marked lines of each file, in the order of the files' first marks, as far as they can be read: from the
 * place's path or from the file among the report's that ends like it. Sorts `marks`. Returns how many lines it
 * printed. */
int source_print(FILE *out, struct source_mark *marks, size_t n, const struct sim_report *report,
		const struct text_options *options);

#endif
