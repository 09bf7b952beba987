/*
 * The POSIX front: what pthread_*, the threads of C11 and the clocks mean in the simulated world. Programs reach it through
 * __wrap_* names (src/program/externals.def); this header is for its own files. All functions: [thread].
 */
#ifndef SIM_POSIX_H
#define SIM_POSIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "object.h"
#include "op.h"

/* A function that programs call. */
#define RUNTIME_API __attribute__((visibility("default")))

/* Reports a broken rule and stops the calling thread. */
_Noreturn void posix_misuse(const char *cause, const char *what);

/* Whether the functions that are told a clock to wait on accept this one. */
bool posix_is_waiting_clock(clockid_t clock);

/* Makes `op` timed, with an absolute deadline on `clock`. Returns 0, or -1 if the deadline is not valid. */
int posix_deadline(struct sim_op *op, clockid_t clock, const struct timespec *deadline);

/* A kind of primitive whose variable holds the number of its object in a word that is ours. */
struct posix_kind {
	enum sim_object_kind kind;
	const char *destroyed; /* what a thread does wrong that uses one after its end */
	const char *unknown;   /* that uses memory which is none, or a copy of one */
};

/* The word of a primitive that was destroyed. */
#define POSIX_DESTROYED UINT32_MAX

/* The variable at `address` becomes a primitive, whatever there was before: the value of its word. */
uint32_t posix_begin(const void *address, const struct posix_kind *kind, uint8_t flags);

/* The object of the primitive at `address`, from the value of its word; a finding if it is none. */
uint32_t posix_object(const void *address, uint32_t word, const struct posix_kind *kind);

/* Changes a word of a primitive, which the program does not see. */
void posix_set_word(uint32_t *word, uint32_t value);

/* A crash or a memory error of the calling thread unless there is memory for a primitive of that size. */
void posix_check_memory(const void *address, size_t size, uint32_t site);

/* The same; and notes that the program uses the primitive, which to the race detector is an atomic access of its first byte:
 * an initialisation, a destruction or a release of its memory that is not ordered with that is a race. */
void posix_use(const void *address, size_t size, uint32_t site);

/* The same for the variable as a whole, which is about to be overwritten. */
void posix_overwrite(const void *address, size_t size);

/* The calling thread is about to end: what it does once, and has not done, is given up, so that others may begin it. */
void posix_abandon_once(void);

/* Sets errno of the calling thread if `error` is one: returns 0, or -1. */
int posix_result(int error);

/*
 * What the front keeps for the program outside of the program's memory, and threads look at and change without a lock of
 * theirs, has a number of changes. To look is a visible operation, and so is to change, so that every order is tried. Of
 * the memory in question nothing is announced: the caller saves it (undo.h).
 */
void posix_look(const uint64_t *n_changes);
void posix_change(uint64_t *n_changes);

#endif
