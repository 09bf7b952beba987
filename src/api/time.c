/* Time: argument checks over the vtable. */
#include "facade.h"

void sim_sleep(int64_t duration_ns)
{
	if (duration_ns < 0 || duration_ns > SIM_TIMEOUT_MAX)
		facade_misuse("bad-timeout", "sim_sleep() was called with a duration out of range");
	else
		sim_backend_current()->sleep(duration_ns);
}

int64_t sim_now(void)
{
	return sim_backend_current()->now();
}
