/* Invariants on real threads: looked at when the program ends. */
#include <stdio.h>
#include <stdlib.h>

#include "pt.h"

static struct sim_invariant *pt_invariants; /* filled before main, by one thread */

static void pt_invariant_check(void)
{
	for (const struct sim_invariant *invariant = pt_invariants; invariant; invariant = invariant->next) {
		if (invariant->holds())
			continue;
		fprintf(stderr, "the invariant '%s' does not hold at the end\n", invariant->text);
		abort();
	}
}

void pt_invariant_add(struct sim_invariant *invariant)
{
	if (!pt_invariants)
		atexit(pt_invariant_check);
	invariant->next = pt_invariants;
	pt_invariants = invariant;
}
