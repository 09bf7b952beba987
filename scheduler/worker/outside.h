/*
 * Calls of the program to functions that simcheck does not know, or refuses: outside of it, or in a part of it that was not
 * compiled by simcheck-cc. Their slots in the program's tables of addresses are redirected to stubs (stubs_*.S), so that each
 * such call is seen before it happens.
 */
#ifndef SIM_OUTSIDE_H
#define SIM_OUTSIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "load.h"

/* An unknown function that was called. */
struct outside_call {
	const char *name;
	const char *origin;  /* the object of the program that it is in; NULL: it is outside */
	const char *library; /* the shared library that it is in; NULL: the C library, or it is not outside */
	uint32_t site; /* of the first call */
};

/* Redirects the slots. `config` names the functions of the program that are unchecked, and outlives this. Functions beyond
 * the number of stubs count as called. Returns 0, or -1 with a sentence. */
int outside_redirect(const struct loaded *loaded, const struct sim_config *config, char *error, size_t size);

/* Whether the program refers to the outside function. */
bool outside_refers(const struct loaded *loaded, const char *name);

/* Whether all functions and variables that the program refers to and does not define are among `names`, which ends in NULL, or
 * belong to the instrumentation. */
bool outside_refers_only(const struct loaded *loaded, const char *const *names);

/* The unknown functions called so far, in the order of their first calls. Never undone. */
int outside_n_called(void);
const struct outside_call *outside_called(int index);
/* The last one that was called, at the place of that call. */
const struct outside_call *outside_last_called(void);

#endif
