/* The one sentence about a finding: what went wrong, with names and lines. */
#ifndef SIM_SENTENCE_H
#define SIM_SENTENCE_H

#include "diagnosis.h"
#include "names.h"
#include "report.h"

/* A new string. `told` has everything but its message. `diagnosis` is the finding's; its thread slots are translated
 * by `thread_index`, of the trace's threads by slot. The execution must be at the finding: `names` are those of its world. */
char *sentence_make(const struct sim_finding *told, const struct diagnosis *diagnosis, const int *thread_index,
                    const struct names *names);

#endif
