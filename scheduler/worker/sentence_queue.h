/* Sentences about queues: for sentence.c. */
#ifndef SIM_SENTENCE_QUEUE_H
#define SIM_SENTENCE_QUEUE_H

#include <stdio.h>

#include "report.h"

/* Why the thread, which waits for a queue, does so for ever: what it waits for, and what became of those who could have
 * done something about it. */
void sentence_queue(FILE *out, const struct sim_trace *trace, int thread);

#endif
