/*
 * What becomes of a call to a function outside the program: the table externals.def as data.
 * Lifetime: process; constant, may be read by any OS thread.
 */
#ifndef SIM_EXTERNALS_H
#define SIM_EXTERNALS_H

#include <stddef.h>

enum external_class {
	EXTERNAL_UNKNOWN,  /* let through; rules out `proved` when it is called */
	EXTERNAL_MODELLED, /* the worker's own version runs instead */
	EXTERNAL_HARMLESS, /* let through */
	EXTERNAL_REFUSED,  /* a call ends the check */
};

/* The class of the external symbol `name`. What the compiler and the linker make of the program's calls (__tsan_read4,
 * __wrap_malloc) and the primitives of simcheck itself (sim_lock_acquire) are modelled. With EXTERNAL_REFUSED, and
 * `why` not NULL, *why becomes a clause that says why ("processes are not modelled"); NULL in all other classes. */
enum external_class external_classify(const char *name, const char **why);

/* The names to wrap at link time, index 0 to external_n_modelled() - 1, in the order of externals.def. */
size_t external_n_modelled(void);
const char *external_modelled(size_t index);

#endif
