/* How threads are to be scheduled on a real machine: kept, and given back to who asks. Here all schedules are possible. */
#ifndef SIM_SCHEDULING_H
#define SIM_SCHEDULING_H

#include <pthread.h>
#include <stdint.h>

/* [thread] The thread in `slot` is about to be started with these attributes (NULL: the default), or inherits from the
 * caller what these do not say. */
void scheduling_begin(int slot, const pthread_attr_t *attributes);

/* What is kept at `address`, for people: "how threads are scheduled"; NULL if it is nothing of that. */
const char *scheduling_describe(uintptr_t address);

#endif
