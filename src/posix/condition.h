/*
 * Condition variables, for the functions of POSIX and C11 that are made of them. All functions: [thread].
 *
 * Results are those of POSIX: 0 or an error number. Functions report misuse themselves.
 */
#ifndef SIM_POSIX_CONDITION_H
#define SIM_POSIX_CONDITION_H

#include <pthread.h>
#include <time.h>

#include "op.h"

/* The memory of the condition gets the value of a new one, with `clock` for its timed waits. */
void condition_init(pthread_cond_t *condition, clockid_t clock);
void condition_destroy(pthread_cond_t *condition);

/* Waits; `timing` has the deadline, if any, as posix_deadline() sets it. */
int condition_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, const struct sim_op *timing);

/* Wakes `n` of those who wait, or all: SIM_NOTIFY_ALL. */
void condition_notify(pthread_cond_t *condition, uint64_t n);

#endif
