/* Which backend is in force. */
#include "backend.h"

#include <stdio.h>
#include <stdlib.h>

static const struct sim_backend *backend_selected;

const struct sim_backend *sim_backend_current(void)
{
	const struct sim_backend *backend = backend_selected != NULL ? backend_selected : sim_backend_default;

	if (backend == NULL) {
		fputs("simcheck: no backend: link with libsimcheck.a, or call sim_backend_select() first\n", stderr);
		abort();
	}
	return backend;
}

void sim_backend_select(const struct sim_backend *backend)
{
	backend_selected = backend;
}
