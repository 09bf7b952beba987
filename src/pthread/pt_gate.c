/*
 * A zero-filled primitive must be usable by several threads at once, without anybody initialising it: the first use
 * prepares its guard.
 */
#include "pt.h"

static pthread_mutex_t pt_gate_preparing = PTHREAD_MUTEX_INITIALIZER;

void pt_gate_prepare(struct pt_gate *gate)
{
	if (atomic_load_explicit(&gate->prepared, memory_order_acquire))
		return;
	pthread_mutex_lock(&pt_gate_preparing);
	if (!atomic_load_explicit(&gate->prepared, memory_order_relaxed)) {
		pthread_mutex_init(&gate->guard, NULL);
		pt_cond_init(&gate->changed);
		atomic_store_explicit(&gate->prepared, 1, memory_order_release);
	}
	pthread_mutex_unlock(&pt_gate_preparing);
}
