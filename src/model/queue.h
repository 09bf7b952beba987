/*
 * The items of queues: which one goes where. To queues what memory.h is to memory: semantics.h knows how many items there
 * are, and these functions which.
 *
 * The nth item that is put into a queue, and the place that the nth get makes free, are objects of their own: they carry
 * the release clocks by which a put happens before the get of its item, and a get before the put that fills its place.
 */
#ifndef SIM_QUEUE_H
#define SIM_QUEUE_H

#include "semantics.h"

/* Puts the item of the event into its queue, or takes one out as the event's result, if the event is a put or a get that
 * succeeded. To be called after semantics_apply(). */
void queue_apply(struct sim_event *event, struct sim_objects *objects);

/* The place that the nth get from the queue, counted from 0, makes free. */
uint32_t queue_place(struct sim_objects *objects, uint32_t queue, uint32_t n);

#endif
