/*
 * Memory that functions of the C library need while they work for the program: copies of what the program's memory held
 * when it was read, lists of what is to be sorted. Each simulated thread has its own, used as a stack: what a function
 * pushed it releases before it returns. Nobody else sees it. It is undone like all that an execution changes.
 * All functions: [thread].
 */
#ifndef SIM_SCRATCH_H
#define SIM_SCRATCH_H

#include <stddef.h>

/* Where the next bytes go. */
char *scratch_top(void);

/* Gives back everything from `top` on, which scratch_top() returned earlier. */
void scratch_release(char *top);

/* Appends a copy of `n` bytes, directly behind what was pushed before. Returns where it is. */
char *scratch_push(const void *bytes, size_t n);

/* `n` bytes for the caller to write before its thread announces anything. Not cleared. The first: directly behind what was
 * pushed before; the second: aligned to 16. */
char *scratch_extend(size_t n);
void *scratch_reserve(size_t n);

/* Changes `n` bytes of what was pushed. */
void scratch_write(void *to, const void *bytes, size_t n);

#endif
