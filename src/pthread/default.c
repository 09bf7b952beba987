/* The default backend of programs linked with libsimcheck.a (backend.h says why this is a file of its own). */
#include "backend.h"

const struct sim_backend *const sim_backend_default = &pthread_backend;
