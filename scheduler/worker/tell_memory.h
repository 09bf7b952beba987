/* Memory errors: which block they are about, and the access as reports have it. */
#ifndef SIM_TELL_MEMORY_H
#define SIM_TELL_MEMORY_H

#include "heap.h"
#include "tell_parts.h"

/* Where the memory error is: of an access that begins inside a block and leaves it, that block. The execution must be where
 * it happened. */
struct heap_place tell_memory_place(const struct world *world, const struct incident *incident);

/* Whether the access, one of the finding's data race, was the free of a block. */
bool tell_memory_is_free(const struct tell *tell, const struct race_record *record);

/* Whether it is not what its thread did wrong, but what was left at the end. */
bool tell_memory_is_leak(const struct incident *incident);

/* Fills in the object and the access of the finding, which is a memory error. */
void tell_memory(const struct tell *tell);

#endif
