/* What condition variables need to know of mutexes. All functions: [thread]. */
#ifndef SIM_POSIX_MUTEX_H
#define SIM_POSIX_MUTEX_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* The world's lock that stands for the mutex. */
uint32_t mutex_object(const pthread_mutex_t *mutex);

/* Whether the caller owns the mutex. Nobody else can change the answer. */
bool mutex_is_mine(const pthread_mutex_t *mutex);

/* Notes that the program uses the mutex, at `site`; a finding if it was destroyed. */
void mutex_use(const pthread_mutex_t *mutex, uint32_t site);

#endif
