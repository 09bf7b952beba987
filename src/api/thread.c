/* Threads: argument checks over the vtable, and what is the same on all backends: names, daemons, hooks. */
#include "thread.h"

struct thread_shared thread_shared = { .main = { .name = "MainThread", .daemon = THREAD_WAITED_FOR } };

static enum sim_status thread_is_null(const char *what)
{
	return facade_misuse("null-argument", what);
}

enum sim_status sim_thread_start(struct sim_thread *thread)
{
	if (thread == NULL)
		return thread_is_null("sim_thread_start() was called with NULL instead of a thread");
	if (thread->function == NULL && thread->run == NULL && thread != &thread_shared.main)
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
		return facade_misuse("bad-timeout", "sim_thread_join_for() was called with a timeout out of range");
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

/* ---- names, identities, daemons --------------------------------------------------------------------------------- */

static bool thread_is_started(struct sim_thread *thread)
{
	return sim_backend_current()->thread_ident(thread) != 0;
}

const char *sim_thread_name(struct sim_thread *thread)
{
	bool started;

	if (thread == NULL) {
		thread_is_null("sim_thread_name() was called with NULL instead of a thread");
		return NULL;
	}
	started = thread_is_started(thread);
	sim_backend_current()->reads(&thread->name, sizeof(thread->name));
	return thread->name != NULL || !started ? thread->name : thread->own_name;
}

enum sim_status sim_thread_set_name(struct sim_thread *thread, const char *name)
{
	if (thread == NULL)
		return thread_is_null("sim_thread_set_name() was called with NULL instead of a thread");
	sim_backend_current()->writes(&thread->name, sizeof(thread->name));
	thread->name = name;
	if (thread_is_started(thread))
		sim_backend_current()->thread_renamed(thread);
	return SIM_OK;
}

uint64_t sim_thread_ident(struct sim_thread *thread)
{
	if (thread == NULL) {
		thread_is_null("sim_thread_ident() was called with NULL instead of a thread");
		return 0;
	}
	return sim_backend_current()->thread_ident(thread);
}

enum sim_status sim_thread_set_daemon(struct sim_thread *thread, bool daemon)
{
	if (thread == NULL)
		return thread_is_null("sim_thread_set_daemon() was called with NULL instead of a thread");
	if (thread_is_started(thread))
		return facade_misuse("daemon-after-start", "a thread is made a daemon, or not one, after it was started");
	sim_backend_current()->writes(&thread->daemon, sizeof(thread->daemon));
	thread->daemon = daemon ? THREAD_DAEMON : THREAD_WAITED_FOR;
	return SIM_OK;
}

bool thread_becomes_daemon(struct sim_thread *thread)
{
	struct sim_thread *starter = sim_backend_current()->thread_current();

	if (thread->daemon == THREAD_AS_STARTER)
		return starter != NULL && starter->daemon == THREAD_DAEMON;
	return thread->daemon == THREAD_DAEMON;
}

bool sim_thread_is_daemon(struct sim_thread *thread)
{
	if (thread == NULL) {
		thread_is_null("sim_thread_is_daemon() was called with NULL instead of a thread");
		return false;
	}
	if (thread_is_started(thread))
		return thread->daemon == THREAD_DAEMON;
	sim_backend_current()->reads(&thread->daemon, sizeof(thread->daemon));
	return thread_becomes_daemon(thread);
}

/* ---- the calling thread, and all -------------------------------------------------------------------------------- */

struct sim_thread *sim_thread_current(void)
{
	return sim_backend_current()->thread_current();
}

struct sim_thread *sim_thread_main(void)
{
	return &thread_shared.main;
}

uint64_t sim_ident(void)
{
	return sim_backend_current()->ident();
}

void sim_thread_yield(void)
{
	sim_backend_current()->thread_yield();
}

int sim_thread_enumerate(struct sim_thread **list, int max)
{
	if (list == NULL && max > 0) {
		thread_is_null("sim_thread_enumerate() was called with NULL instead of a list");
		return 0;
	}
	return sim_backend_current()->thread_enumerate(list, max > 0 ? max : 0);
}

int sim_thread_active_count(void)
{
	return sim_backend_current()->thread_enumerate(NULL, 0);
}

/* ---- hooks and ends --------------------------------------------------------------------------------------------- */

static sim_thread_hook *thread_exchange_hook(_Atomic(sim_thread_hook *) *place, sim_thread_hook *hook)
{
	sim_backend_current()->writes(place, sizeof(*place));
	return atomic_exchange(place, hook);
}

sim_thread_hook *sim_thread_set_trace(sim_thread_hook *hook)
{
	return thread_exchange_hook(&thread_shared.trace, hook);
}

sim_thread_hook *sim_thread_set_profile(sim_thread_hook *hook)
{
	return thread_exchange_hook(&thread_shared.profile, hook);
}

sim_thread_failure_handler *sim_on_thread_failure(sim_thread_failure_handler *handler)
{
	sim_backend_current()->writes(&thread_shared.failure, sizeof(thread_shared.failure));
	return atomic_exchange(&thread_shared.failure, handler);
}

static void thread_call_hook(_Atomic(sim_thread_hook *) *place, struct sim_thread *thread, bool begins)
{
	sim_thread_hook *hook;

	sim_backend_current()->reads(place, sizeof(*place));
	hook = atomic_load(place);
	if (hook != NULL)
		hook(thread, begins);
}

static void thread_tell_end(struct sim_thread *thread)
{
	thread_call_hook(&thread_shared.profile, thread, false);
	thread_call_hook(&thread_shared.trace, thread, false);
}

void thread_run(struct sim_thread *thread)
{
	thread_call_hook(&thread_shared.trace, thread, true);
	thread_call_hook(&thread_shared.profile, thread, true);
	if (thread->run != NULL)
		thread->run(thread);
	else
		thread->function(thread->argument);
	thread_tell_end(thread);
}

void sim_thread_fail(const char *error)
{
	const struct sim_backend *backend = sim_backend_current();
	struct sim_thread *thread = backend->thread_current();
	sim_thread_failure_handler *handler;

	if (error == NULL) {
		thread_is_null("sim_thread_fail() was called with NULL instead of an error");
		error = "";
	}
	backend->reads(&thread_shared.failure, sizeof(thread_shared.failure));
	handler = atomic_load(&thread_shared.failure);
	if (handler != NULL)
		handler(thread, error);
	else
		backend->thread_failed(error);
	if (thread != NULL && thread != &thread_shared.main)
		thread_tell_end(thread);
	backend->thread_exit();
}
