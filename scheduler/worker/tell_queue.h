/* Words about operations on queues: for tell_values.c and tell_causes.c. */
#ifndef SIM_TELL_QUEUE_H
#define SIM_TELL_QUEUE_H

#include <stdbool.h>

#include "report.h"
#include "semantics.h"

/* What came of the operation, to be freed; NULL: nothing that needs saying. */
char *tell_queue_value(const struct sim_event *event);

/* Whether `later` could come only after `earlier`, or got its item from it, because of a queue; and then why. */
bool tell_queue_edge(const struct sim_event *earlier, const struct sim_event *later, enum sim_edge_kind *kind);

#endif
