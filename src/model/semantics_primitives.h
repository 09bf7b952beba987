/*
 * The parts of semantics.c that are files of their own, one for each primitive: its choices, and what it does. For
 * semantics.c and these files only.
 */
#ifndef SIM_SEMANTICS_PRIMITIVES_H
#define SIM_SEMANTICS_PRIMITIVES_H

#include "semantics.h"

/* Notes that the event uses the object as its ith thing. */
static inline void semantics_use(struct sim_event *event, int i, const struct sim_object *object, enum sim_mode mode)
{
	event->special = event->special || i > 0;
	event->uses[i] = (struct sim_use){.key = object->key, .size = 1, .mode = (uint8_t)mode};
}

/* semantics_semaphore.c */
bool semantics_semaphore_may_acquire(const struct sim_op *op, const struct sim_objects *objects);
void semantics_semaphore_acquire(struct sim_event *event, struct sim_objects *objects);
void semantics_semaphore_release(struct sim_event *event, struct sim_objects *objects);

/* semantics_event.c */
void semantics_event_change(struct sim_event *event, struct sim_objects *objects);
void semantics_event_read(struct sim_event *event, struct sim_objects *objects);

#endif
