/* What backends need to know of per-thread values. */
#ifndef SIM_LOCAL_VALUES_H
#define SIM_LOCAL_VALUES_H

/* Frees what a thread that has ended kept at its word (slot `locals`). NULL: nothing. */
void local_release(void *table);

#endif
