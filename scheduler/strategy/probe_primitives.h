/*
 * What the state of a primitive would be after the kept ones of a run's first `position` events: the parts of probe.c that
 * are files of their own, for it only.
 */
#ifndef SIM_PROBE_PRIMITIVES_H
#define SIM_PROBE_PRIMITIVES_H

#include "hb.h"

/* How much more of the semaphore was released than acquired. */
int64_t probe_semaphore_count(const struct hb_run *run, uint32_t semaphore, uint32_t position, const struct hb_set *kept);

/* Whether the event, in the public sense, is set. */
bool probe_event_is_set(const struct hb_run *run, uint32_t flag, uint32_t position, const struct hb_set *kept);

/* How often something was done with the queue. */
struct sim_queue_counts probe_queue(const struct hb_run *run, uint32_t queue, uint32_t position, const struct hb_set *kept);

#endif
