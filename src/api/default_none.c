/* No default backend, for programs that select theirs. Not part of libsimcheck.a. */
#include <stddef.h>

#include "backend.h"

const struct sim_backend *const sim_backend_default = NULL;
