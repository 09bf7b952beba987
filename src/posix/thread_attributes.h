/* Attributes of threads. All functions: [thread]. */
#ifndef SIM_THREAD_ATTRIBUTES_H
#define SIM_THREAD_ATTRIBUTES_H

#include <pthread.h>
#include <sched.h>
#include <stdint.h>

/* The processors of a set as bits: those with the numbers 0 to 63, which is as many as there can be. */
uint64_t thread_attributes_bits(const cpu_set_t *set, size_t size);

/* The bits as a set of `size` bytes, in the program's memory. Returns 0, or EINVAL if it is too small. */
int thread_attributes_store_bits(uint64_t bits, cpu_set_t *set, size_t size);

/* The processors that the attributes name; 0: none. */
uint64_t thread_attributes_cpus(const pthread_attr_t *attributes);

#endif
