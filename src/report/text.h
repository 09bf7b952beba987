/* A report as text for people: plain ASCII with optional colours, the same bytes wherever it is made. */
#ifndef SIM_TEXT_H
#define SIM_TEXT_H

#include <stdbool.h>
#include <stdio.h>

#include "report.h"

/* Lifetime: one call. */
struct text_options {
	bool color;         /* ANSI colours; nothing is told by colour alone */
	bool quiet;         /* the verdict and one line per finding, nothing else */
	bool output_shown;  /* what the program printed was shown already */
	int width;          /* columns to keep within, where that is possible; 0: no limit */
	const char *replay; /* the command that replays the first finding; NULL: none to show */
};

/*
 * Writes the verdict, then for each finding: its sentence, who holds and waits for what, the schedule with one column
 * per thread, the program's output, and the source lines concerned, as far as they can be read.
 */
void text_report(FILE *out, const struct sim_report *report, const struct text_options *options);

#endif
