/*
 * Mutexes, for the functions of POSIX and C11 that are made of them. All functions: [thread].
 *
 * Results are those of POSIX: 0 or an error number. Functions that take a mutex report its misuse themselves.
 */
#ifndef SIM_POSIX_MUTEX_H
#define SIM_POSIX_MUTEX_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "op.h"

/* The world's lock that stands for the mutex. */
uint32_t mutex_object(pthread_mutex_t *mutex);

/* Whether the caller owns the mutex. Nobody else can change the answer. */
bool mutex_is_mine(pthread_mutex_t *mutex);

/* Whether an unlock, or a wait, by a thread that does not hold the mutex is an error result (EPERM) rather than undefined:
 * mutexes that check for errors, recursive and robust ones. */
bool mutex_knows_owner(const pthread_mutex_t *mutex);

/* Notes that the program uses the mutex, at `site`; a finding if it was destroyed, or its memory does not hold one. */
void mutex_use(const pthread_mutex_t *mutex, uint32_t site);

/* The memory of the mutex gets the value of a new one, with these attributes (NULL: the defaults). */
int mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes);
void mutex_destroy(pthread_mutex_t *mutex);

int mutex_lock(pthread_mutex_t *mutex);
int mutex_try_lock(pthread_mutex_t *mutex);
int mutex_lock_until(pthread_mutex_t *mutex, clockid_t clock, const struct timespec *deadline);

/* A mutex that the caller does not hold is left alone if mutex_knows_owner(), and otherwise reported. */
int mutex_unlock(pthread_mutex_t *mutex);

/* Executes `op`, which gives the mutex up: the caller holds it once. Used by waits, whose mutex is op->second. */
void mutex_give_up(pthread_mutex_t *mutex, struct sim_op *op);

/* The caller has just acquired the mutex in an operation: what is to be returned. EOWNERDEAD: it holds the mutex, whose
 * former owner ended with it; ENOTRECOVERABLE: it does not hold it, and nobody will again. */
int mutex_taken(pthread_mutex_t *mutex);

/* The calling thread is about to end: gives up the robust mutexes that it holds, each in a visible operation, so that
 * whoever takes one next is told. To be called after the last code of the program that the thread runs. */
void mutex_abandon_held(void);

#endif
