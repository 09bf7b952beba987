/* What a finding is about, in words: its threads, its accesses, its places. */
#ifndef SIM_EXPLAIN_H
#define SIM_EXPLAIN_H

#include <stdio.h>

#include "report.h"
#include "text.h"

/* Who holds and waits for what, one line per thread; nothing where no thread does. */
void explain_threads(FILE *out, const struct sim_finding *finding, const struct text_options *options);
/* The two accesses of a data race and why nothing orders them; nothing for other findings. */
void explain_accesses(FILE *out, const struct sim_finding *finding, const struct text_options *options);
/* The source lines concerned, with remarks. */
void explain_places(FILE *out, const struct sim_finding *finding, const struct sim_report *report,
		const struct text_options *options);

#endif
