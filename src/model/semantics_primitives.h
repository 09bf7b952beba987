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

/* The event's thread becomes the owner of the object. */
static inline void semantics_own(struct sim_object *object, const struct sim_event *event, uint32_t position)
{
	object->owner = (int16_t)event->thread;
	object->owned_since = position;
	object->owner_site = event->op.site;
}

/* semantics_semaphore.c */
bool semantics_semaphore_may_acquire(const struct sim_op *op, const struct sim_objects *objects);
void semantics_semaphore_acquire(struct sim_event *event, struct sim_objects *objects);
void semantics_semaphore_release(struct sim_event *event, struct sim_objects *objects);
void semantics_semaphore_ask(struct sim_event *event, const struct sim_objects *objects);

/* semantics_event.c */
void semantics_event_change(struct sim_event *event, struct sim_objects *objects);
void semantics_event_read(struct sim_event *event, struct sim_objects *objects);

/* semantics_rwlock.c */
unsigned semantics_rwlock_choices(const struct sim_op *op, int thread, const struct sim_objects *objects);
bool semantics_rwlock_may_time_out(const struct sim_op *op, int thread, const struct sim_objects *objects);
void semantics_rwlock_read(struct sim_event *event, struct sim_objects *objects);
void semantics_rwlock_claim(struct sim_event *event, uint32_t position, struct sim_objects *objects);
void semantics_rwlock_write(struct sim_event *event, uint32_t position, struct sim_objects *objects);
void semantics_rwlock_release(struct sim_event *event, struct sim_objects *objects);

/* semantics_barrier.c */
unsigned semantics_barrier_choices(const struct sim_op *op, int thread, const struct sim_objects *objects);
void semantics_barrier_arrive(struct sim_event *event, uint32_t position, struct sim_objects *objects);
void semantics_barrier_leave(struct sim_event *event, struct sim_objects *objects);
void semantics_barrier_open(struct sim_event *event, struct sim_objects *objects);
void semantics_barrier_break(struct sim_event *event, struct sim_objects *objects);
void semantics_barrier_ask(struct sim_event *event, const struct sim_objects *objects);

/* semantics_pipe.c */
bool semantics_pipe_completes(const struct sim_op *op, const struct sim_objects *objects);
void semantics_pipe(struct sim_event *event, struct sim_objects *objects);
bool semantics_counter_completes(const struct sim_op *op, const struct sim_objects *objects);
void semantics_counter(struct sim_event *event, struct sim_objects *objects);

/* semantics_once.c */
unsigned semantics_once_choices(const struct sim_op *op, const struct sim_objects *objects);
void semantics_once_begin(struct sim_event *event, uint32_t position, struct sim_objects *objects);
void semantics_once_end(struct sim_event *event, struct sim_objects *objects);

#endif
