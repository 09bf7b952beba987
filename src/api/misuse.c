/* The misuse handler of the process, and how the facade reports. */
#include <stdatomic.h>

#include "facade.h"

static _Atomic(sim_misuse_handler *) misuse_installed;

sim_misuse_handler *sim_on_misuse(sim_misuse_handler *handler)
{
	return atomic_exchange(&misuse_installed, handler);
}

sim_misuse_handler *misuse_handler(void)
{
	return atomic_load(&misuse_installed);
}

enum sim_status facade_misuse(const char *cause, const char *what)
{
	sim_backend_current()->misuse(cause, what);
	return SIM_MISUSE;
}
