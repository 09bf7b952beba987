/*
 * Large tables without a size to guess: address space is reserved, and memory is used as far as it is touched. Zeroed.
 */
#ifndef SIM_RESERVE_H
#define SIM_RESERVE_H

#include <stddef.h>

/* Returns NULL, with errno, if there is no address space left. */
void *reserve(size_t size);

/* Like reserve(), but ends the process with a message instead of returning NULL. */
void *reserve_surely(size_t size);

/* `size` as it was given to reserve(). NULL is ignored. */
void reserve_release(void *memory, size_t size);

#endif
