/* Thread-specific data: keys that each thread gives a value of its own. All functions: [thread]. */
#ifndef SIM_KEY_H
#define SIM_KEY_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

typedef void key_destructor(void *);

/* Makes a key, whose values are NULL. Returns whether there was one left. */
bool key_make(pthread_key_t *key, key_destructor *destructor);

/* Nobody uses the key any more. Values of it are forgotten, without a destructor. */
void key_delete(pthread_key_t key);

/* The value of the calling thread. */
void *key_value(pthread_key_t key);

/* Returns whether there was memory for it. */
bool key_set_value(pthread_key_t key, const void *value);

/* Calls the destructors for the values of the calling thread, which ends. */
void key_run_destructors(void);

/* What is kept at `address`, for people: "a thread-specific key"; NULL if it is nothing of that. */
const char *key_describe(uintptr_t address);

#endif
