/*
 * Read-write lock on real threads: who writes, and who reads.
 *
 * Readers are remembered one by one: a release by a thread that holds nothing is a misuse, and one that reads already
 * waits for itself. New readers have to wait as soon as a writer waits for those that are there.
 */
#include <assert.h>
#include <stdlib.h>

#include "pt.h"

/* Lifetime: from the acquire to the release of one reader. */
struct pt_reader {
	struct pt_reader *next;
	uint64_t thread; /* pt_self() */
};

/* In sim_rwlock.opaque; all zero: free and never used. Lifetime: as long as the lock. */
struct PT_IN_OPAQUE pt_rwlock {
	struct pt_gate gate; /* `changed` is broadcast at each release */
	uint64_t writer;     /* pt_self() of who writes, or waits for the readers to leave; 0: nobody */
	struct pt_reader *readers;
};

static_assert(sizeof(struct pt_rwlock) <= sizeof(((struct sim_rwlock *)0)->opaque), "fits in its opaque words");

static struct pt_rwlock *pt_rwlock_state(struct sim_rwlock *lock)
{
	struct pt_rwlock *state = (struct pt_rwlock *)lock->opaque;

	pt_gate_prepare(&state->gate);
	return state;
}

/* Where the thread's entry is linked; where the list ends if it does not read. */
static struct pt_reader **pt_rwlock_find(struct pt_rwlock *state, uint64_t thread)
{
	struct pt_reader **link = &state->readers;

	while (*link != NULL && (*link)->thread != thread)
		link = &(*link)->next;
	return link;
}

static bool pt_rwlock_readable(struct pt_rwlock *state)
{
	return state->writer == 0 && *pt_rwlock_find(state, pt_self()) == NULL;
}

static bool pt_rwlock_has_no_writer(struct pt_rwlock *state)
{
	return state->writer == 0;
}

static bool pt_rwlock_has_no_reader(struct pt_rwlock *state)
{
	return state->readers == NULL;
}

/* Waits, with the guard held, until the lock is free in the sense asked for. */
static enum sim_status pt_rwlock_await(struct pt_rwlock *state, const struct pt_deadline *deadline,
	bool (*is_free)(struct pt_rwlock *))
{
	bool in_time = true;

	while (!is_free(state) && in_time)
		in_time = pt_gate_wait(&state->gate, deadline);
	return is_free(state) ? SIM_OK : SIM_TIMEOUT;
}

/* With the guard held. */
static enum sim_status pt_rwlock_read(struct pt_rwlock *state, int64_t timeout_ns)
{
	struct pt_deadline deadline = pt_deadline_after(timeout_ns);

	if (timeout_ns == 0)
		return pt_rwlock_readable(state) ? SIM_OK : SIM_BUSY;
	return pt_rwlock_await(state, &deadline, pt_rwlock_readable);
}

enum sim_status pt_rwlock_read_acquire(struct sim_rwlock *lock, int64_t timeout_ns)
{
	struct pt_rwlock *state = pt_rwlock_state(lock);
	struct pt_reader *reader = malloc(sizeof(*reader));
	enum sim_status status;

	if (reader == NULL)
		return SIM_NOMEM;
	pthread_mutex_lock(&state->gate.guard);
	status = pt_rwlock_read(state, timeout_ns);
	if (status == SIM_OK) {
		*reader = (struct pt_reader){ .next = state->readers, .thread = pt_self() };
		state->readers = reader;
	}
	pthread_mutex_unlock(&state->gate.guard);
	if (status != SIM_OK)
		free(reader);
	return status;
}

/* With the guard held. */
static enum sim_status pt_rwlock_write(struct pt_rwlock *state, int64_t timeout_ns)
{
	struct pt_deadline deadline = pt_deadline_after(timeout_ns);

	if (timeout_ns == 0 && (state->writer != 0 || state->readers != NULL))
		return SIM_BUSY;
	if (pt_rwlock_await(state, &deadline, pt_rwlock_has_no_writer) != SIM_OK)
		return SIM_TIMEOUT;
	state->writer = pt_self();
	if (pt_rwlock_await(state, &deadline, pt_rwlock_has_no_reader) == SIM_OK)
		return SIM_OK;
	state->writer = 0;
	pthread_cond_broadcast(&state->gate.changed);
	return SIM_TIMEOUT;
}

enum sim_status pt_rwlock_write_acquire(struct sim_rwlock *lock, int64_t timeout_ns)
{
	struct pt_rwlock *state = pt_rwlock_state(lock);
	enum sim_status status;

	pthread_mutex_lock(&state->gate.guard);
	status = pt_rwlock_write(state, timeout_ns);
	pthread_mutex_unlock(&state->gate.guard);
	return status;
}

enum sim_status pt_rwlock_release(struct sim_rwlock *lock)
{
	struct pt_rwlock *state = pt_rwlock_state(lock);
	struct pt_reader **link, *reader;
	bool writes;

	pthread_mutex_lock(&state->gate.guard);
	writes = state->writer == pt_self();
	link = pt_rwlock_find(state, pt_self());
	reader = *link;
	if (writes)
		state->writer = 0;
	else if (reader != NULL)
		*link = reader->next;
	pthread_cond_broadcast(&state->gate.changed);
	pthread_mutex_unlock(&state->gate.guard);
	free(reader);
	if (writes || reader != NULL)
		return SIM_OK;
	pt_misuse("release-not-holder", "a read-write lock is released by a thread that does not hold it");
	return SIM_MISUSE;
}
