/*
 * The POSIX front: what pthread_* and the clocks mean in the simulated world. Programs reach it through __wrap_* names
 * (src/program/externals.def); this header is for its own files. All functions: [thread].
 */
#ifndef SIM_POSIX_H
#define SIM_POSIX_H

#include <time.h>

#include "op.h"

/* A function that programs call. */
#define RUNTIME_API __attribute__((visibility("default")))

/* Reports a broken rule and stops the calling thread. */
_Noreturn void posix_misuse(const char *cause, const char *what);

/* Makes `op` timed, with an absolute deadline on `clock`. Returns 0, or -1 if the deadline is not valid. */
int posix_deadline(struct sim_op *op, clockid_t clock, const struct timespec *deadline);

#endif
