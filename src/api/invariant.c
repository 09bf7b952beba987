/* Invariants: over the vtable. */
#include "facade.h"

void sim_invariant_add(struct sim_invariant *invariant)
{
	if (invariant)
		sim_backend_current()->invariant_add(invariant);
}
