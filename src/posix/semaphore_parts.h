/* What named semaphores need to know of semaphores. All functions: [thread]. */
#ifndef SIM_POSIX_SEMAPHORE_PARTS_H
#define SIM_POSIX_SEMAPHORE_PARTS_H

#include <semaphore.h>
#include <stdint.h>

/* What a sem_t holds here. */
struct semaphore {
	const char *name; /* of a named one; NULL */
	uint32_t word;    /* posix_kind */
	uint32_t initial; /* its value at first */
};

_Static_assert(sizeof(struct semaphore) <= sizeof(sem_t), "a sem_t has room for it");

/* Makes `semaphore` one with that value; with a name it is a named one. */
void semaphore_begin(struct semaphore *semaphore, const char *name, unsigned value);

#endif
