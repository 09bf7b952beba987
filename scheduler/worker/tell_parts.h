/* What tell.c shares with the parts of it that are files of their own. */
#ifndef SIM_TELL_PARTS_H
#define SIM_TELL_PARTS_H

#include "tell.h"

/* What the events alone do not say. Lifetime: one telling. */
struct tell {
	const struct search_finding *finding;
	struct world *world;
	struct sim_execution *x;
	const struct names *names;
	struct sim_wide *before, *after; /* memory that each event accessed, or the value of its semaphore */
	char **objects, **locks;         /* of each event; NULL: none. Named before it, while its thread's frames are there */
	bool *preemptions;
	int thread_index[SIM_MAX_THREADS]; /* of the trace's threads, by slot */
	struct sim_finding *told;
};

/* tell_values.c */
/* What the event came to, as its `value`; NULL: nothing to tell. To be freed. */
char *tell_value(const struct tell *tell, uint32_t event);

/* tell_causes.c */
/* The lock, or what is like one, that the event made its thread hold; UINT32_MAX: none. */
uint32_t tell_taken(const struct sim_event *event);
/* The same for what it gave back. */
uint32_t tell_given(const struct sim_event *event);
/* Fills in the causes of the event. */
void tell_causes(const struct tell *tell, uint32_t event, struct sim_trace_event *told);

#endif
