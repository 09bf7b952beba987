/* Threads: argument checks over the vtable. */
#include "facade.h"

static enum sim_status thread_is_null(const char *what)
{
	return facade_misuse("null-argument", what);
}

enum sim_status sim_thread_start(struct sim_thread *thread)
{
	if (thread == NULL)
		return thread_is_null("sim_thread_start() was called with NULL instead of a thread");
	if (thread->function == NULL)
		return thread_is_null("sim_thread_start() was called with a thread that has no function to run");
	return sim_backend_current()->thread_start(thread);
}

enum sim_status sim_thread_join(struct sim_thread *thread)
{
	if (thread == NULL)
		return thread_is_null("sim_thread_join() was called with NULL instead of a thread");
	return sim_backend_current()->thread_join(thread, SIM_FOREVER);
}

enum sim_status sim_thread_join_for(struct sim_thread *thread, int64_t timeout_ns)
{
	if (thread == NULL)
		return thread_is_null("sim_thread_join_for() was called with NULL instead of a thread");
	if (!facade_timeout_valid(timeout_ns))
		return facade_misuse("bad-timeout", "sim_thread_join_for() was called with a negative timeout");
	return sim_backend_current()->thread_join(thread, timeout_ns);
}

bool sim_thread_is_alive(struct sim_thread *thread)
{
	if (thread == NULL) {
		thread_is_null("sim_thread_is_alive() was called with NULL instead of a thread");
		return false;
	}
	return sim_backend_current()->thread_is_alive(thread);
}

struct sim_thread *sim_thread_current(void)
{
	return sim_backend_current()->thread_current();
}

void sim_thread_yield(void)
{
	sim_backend_current()->thread_yield();
}
