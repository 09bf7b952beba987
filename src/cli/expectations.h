/* What is expected of a check, and whether it came so. */
#ifndef SIM_EXPECTATIONS_H
#define SIM_EXPECTATIONS_H

#include <stdbool.h>

#include "report.h"
#include "str.h"

struct expectation {
	char *kind;
	char *cause; /* NULL: any */
};

/* Lifetime: until expectations_release(). */
struct expectations {
	bool safe; /* nothing else: no finding, and proved */
	struct expectation *items;
	size_t n;
};

/* Adds "safe" or "<kind> [<cause>]". Returns 0, or -1 with *error a new line. */
int expectations_add(struct expectations *expectations, const char *text, char **error);

/* Adds the items of --expect, "KIND[:CAUSE],...". Returns 0, or -1 with *error a new line. */
int expectations_add_option(struct expectations *expectations, const char *text, char **error);

/* Met: proved when `safe`; else each finding is expected, and each expectation was found. */
bool expectations_met(const struct expectations *expectations, const struct sim_report *report);

/* "deadlock lock-cycle, data-race" or "safe", as a new string. */
char *expectations_text(const struct expectations *expectations);
/* The same of what was found, each pair of kind and cause once; "proved" or "incomplete" when nothing was. */
char *expectations_found_text(const struct sim_report *report);

void expectations_release(struct expectations *expectations);

#endif
