/*
 * One body per primitive and edge case, over the public API only: bodies_lock.c, bodies_condition.c, ... A body's name
 * begins with the noun whose file it is in.
 *
 * One source serves both backends. On real threads the runner calls the function, in a process of its own, and looks
 * at what the misuse handler was told. On the cooperative backend the file is a program under test: the body is its
 * entry, and every interleaving is explored. Bodies therefore use assert(), which ends a process on real threads and
 * is a finding under the checker; whatever they assert holds for all interleavings, and under the time semantics
 * "any".
 */
#ifndef SIM_BODIES_H
#define SIM_BODIES_H

/* Lifetime: static. */
struct conformance_body {
	const char *name;
	void (*function)(void);
	const char *misuse; /* cause; NULL: none is committed */
};

#define BODY(name, cause) void name(void);
#include "bodies.def"
#undef BODY

#endif
