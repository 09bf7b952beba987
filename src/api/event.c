/* Event: argument checks over the vtable. */
#include "facade.h"

static enum sim_status event_is_null(const char *what)
{
	return facade_misuse("null-argument", what);
}

enum sim_status sim_event_set(struct sim_event_flag *event)
{
	if (event == NULL)
		return event_is_null("sim_event_set() was called with NULL instead of an event");
	sim_backend_current()->event_set(event);
	return SIM_OK;
}

enum sim_status sim_event_clear(struct sim_event_flag *event)
{
	if (event == NULL)
		return event_is_null("sim_event_clear() was called with NULL instead of an event");
	sim_backend_current()->event_clear(event);
	return SIM_OK;
}

bool sim_event_is_set(struct sim_event_flag *event)
{
	if (event == NULL) {
		event_is_null("sim_event_is_set() was called with NULL instead of an event");
		return false;
	}
	return sim_backend_current()->event_is_set(event);
}

enum sim_status sim_event_wait(struct sim_event_flag *event)
{
	if (event == NULL)
		return event_is_null("sim_event_wait() was called with NULL instead of an event");
	return sim_backend_current()->event_wait(event, SIM_FOREVER);
}

enum sim_status sim_event_wait_for(struct sim_event_flag *event, int64_t timeout_ns)
{
	if (event == NULL)
		return event_is_null("sim_event_wait_for() was called with NULL instead of an event");
	if (!facade_timeout_valid(timeout_ns))
		return facade_misuse("bad-timeout", "sim_event_wait_for() was called with a timeout out of range");
	return sim_backend_current()->event_wait(event, timeout_ns);
}
