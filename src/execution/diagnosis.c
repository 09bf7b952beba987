#include "diagnosis.h"

#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

static const char *const diagnosis_kinds[FINDING_N_KINDS] = {
	[FINDING_DEADLOCK] = "deadlock",   [FINDING_RACE] = "data-race",  [FINDING_ASSERTION] = "assertion",
	[FINDING_CRASH] = "crash",         [FINDING_MEMORY] = "memory",   [FINDING_MISUSE] = "misuse",
	[FINDING_NONTERMINATION] = "nontermination", [FINDING_LIVELOCK] = "livelock",
	[FINDING_EXCEPTION] = "exception", [FINDING_NONE] = "run",
};

static const char *const diagnosis_causes[CAUSE_N] = {
	[CAUSE_SELF_DEADLOCK] = "self-deadlock", [CAUSE_LOCK_CYCLE] = "lock-cycle",
	[CAUSE_ORPHANED_LOCK] = "orphaned-lock", [CAUSE_LOST_WAKEUP] = "lost-wakeup",
	[CAUSE_JOIN_CYCLE] = "join-cycle",       [CAUSE_MIXED] = "mixed",
	[CAUSE_BARRIER_UNDERFILL] = "barrier-underfill",
	[CAUSE_QUEUE_STARVED] = "queue-starved",
	[CAUSE_PIPE_STARVED] = "pipe-starved",  [CAUSE_EVENTFD_STARVED] = "eventfd-starved",
	[CAUSE_SEMAPHORE_STARVED] = "semaphore-starved", [CAUSE_EVENT_NEVER_SET] = "event-never-set",
};

const char *diagnosis_kind_name(enum finding_kind kind)
{
	return diagnosis_kinds[kind];
}

const char *diagnosis_cause_name(const struct diagnosis *diagnosis)
{
	if (diagnosis->kind == FINDING_DEADLOCK)
		return diagnosis_causes[diagnosis->deadlock];
	return diagnosis->kind == FINDING_RACE || diagnosis->kind == FINDING_LIVELOCK ? NULL : diagnosis->incident.cause;
}

static uint64_t diagnosis_hash(uint64_t a, uint64_t b)
{
	const uint64_t both[2] = {a, b};
	return XXH3_64bits(both, sizeof both);
}

/* Whether it is the main thread, which has ended, and only sees to the end of the program when the others have. */
static bool diagnosis_is_over(const struct sim_execution *x, int t)
{
	return x->objects.items[t].flags & SIM_THREAD_RETURNED && x->pending[t].kind == SIM_OP_JOIN;
}

bool diagnosis_is_blocked(const struct sim_execution *x, int t)
{
	if (diagnosis_is_over(x, t))
		return false;
	return x->objects.items[t].state == SIM_THREAD_ALIVE && x->pending[t].kind != SIM_OP_NONE &&
	       (execution_is_spinning(x, t) || (!semantics_choices(&x->pending[t], t, &x->objects) &&
	                                        !semantics_awaits_clock(&x->pending[t], t, &x->objects)));
}

/* The lock, or what is like one, that the thread's pending operation needs, or NULL: what has an owner whose doing it waits
 * for. A barrier has one while its action runs. */
static const struct sim_object *diagnosis_lock(const struct sim_execution *x, int t)
{
	const struct sim_op *op = &x->pending[t];
	const struct sim_object *object = &x->objects.items[op->object];
	switch (op->kind) {
	case SIM_OP_LOCK:
	case SIM_OP_READ_LOCK:
	case SIM_OP_CLAIM:
	case SIM_OP_WRITE_LOCK:
	case SIM_OP_BEGIN_ONCE:
		return object;
	case SIM_OP_ARRIVE:
	case SIM_OP_LEAVE:
		return object->owner != SIM_NOBODY ? object : NULL;
	case SIM_OP_WAKE:
		return x->objects.items[t].flags & (SIM_THREAD_WOKEN | SIM_THREAD_TIMED_OUT) ? &x->objects.items[op->second] : NULL;
	default:
		return NULL;
	}
}

/* Whether the thread waits for readers of a read-write lock to leave: so does one, too, that is held up by another's claim. */
static bool diagnosis_awaits_readers(const struct sim_execution *x, int t)
{
	const struct sim_object *lock = &x->objects.items[x->pending[t].object];
	uint8_t kind = x->pending[t].kind;
	return (kind == SIM_OP_WRITE_LOCK || (kind == SIM_OP_CLAIM && lock->state)) && !thread_set_is_empty(&lock->waiting);
}

/* Whether whom the thread waits for, and whom that one waits for, and so on, is `whom` in the end. Not looked through: the
 * readers that others than the first wait for. */
static bool diagnosis_leads_to(const struct sim_execution *x, int t, int whom)
{
	for (uint32_t i = 0; i < x->objects.n_threads && t != SIM_NOBODY && diagnosis_is_blocked(x, t); i++) {
		if (diagnosis_awaits_readers(x, t))
			return thread_set_has(&diagnosis_lock(x, t)->waiting, whom);
		t = diagnosis_waits_for(x, t);
		if (t == whom)
			return true;
	}
	return false;
}

/* Of the readers that writer `t` waits for, the one who tells most: itself, one that waits for it, one that waits. */
static int diagnosis_reader(const struct sim_execution *x, int t, const struct sim_thread_set *readers)
{
	int blocked = SIM_NOBODY;
	if (thread_set_has(readers, t))
		return t;
	for (int i = 0, n = thread_set_count(readers); i < n; i++) {
		int reader = thread_set_nth(readers, i);
		if (diagnosis_leads_to(x, reader, t))
			return reader;
		if (blocked == SIM_NOBODY && diagnosis_is_blocked(x, reader))
			blocked = reader;
	}
	return blocked != SIM_NOBODY ? blocked : thread_set_nth(readers, 0);
}

int diagnosis_waits_for(const struct sim_execution *x, int t)
{
	const struct sim_object *lock = diagnosis_lock(x, t);
	if (x->pending[t].kind == SIM_OP_JOIN)
		return (int)x->pending[t].object;
	if (!lock)
		return SIM_NOBODY;
	if (diagnosis_awaits_readers(x, t))
		return diagnosis_reader(x, t, &lock->waiting);
	if (x->pending[t].kind == SIM_OP_READ_LOCK && lock->owner == SIM_NOBODY)
		return t; /* which reads already */
	return lock->owner;
}

/* ---- roots ------------------------------------------------------------------------------------------------------ */

/* A thread that waits for an event which was set since it last found it set has missed that. */
static enum deadlock_cause diagnosis_event_cause(const struct sim_execution *x, int t)
{
	for (uint32_t i = x->n_events; i-- > 0;) {
		const struct sim_event *event = &x->events[i];
		if (event->op.object != x->pending[t].object)
			continue;
		if (event->op.kind == SIM_OP_EVENT_SET)
			return CAUSE_LOST_WAKEUP;
		if (event->op.kind == SIM_OP_EVENT_WAIT && event->thread == t && event->result.low == SIM_RESULT_OK)
			break;
	}
	return CAUSE_EVENT_NEVER_SET;
}

/* The cause that a thread without a blocked successor stands for. */
static enum deadlock_cause diagnosis_root_cause(const struct sim_execution *x, int t)
{
	const struct sim_object *lock = diagnosis_lock(x, t);
	if (lock)
		return CAUSE_ORPHANED_LOCK;
	switch (x->pending[t].kind) {
	case SIM_OP_WAKE:
		return CAUSE_LOST_WAKEUP;
	case SIM_OP_SEM_ACQUIRE:
		return CAUSE_SEMAPHORE_STARVED;
	case SIM_OP_PUT:
	case SIM_OP_GET:
	case SIM_OP_QUEUE_JOIN:
		return CAUSE_QUEUE_STARVED;
	case SIM_OP_PIPE_READ:
	case SIM_OP_PIPE_WRITE:
		return CAUSE_PIPE_STARVED;
	case SIM_OP_COUNTER_TAKE:
	case SIM_OP_COUNTER_ADD:
		return CAUSE_EVENTFD_STARVED;
	case SIM_OP_EVENT_WAIT:
		return diagnosis_event_cause(x, t);
	case SIM_OP_LEAVE:
		return CAUSE_BARRIER_UNDERFILL;
	default:
		return CAUSE_MIXED;
	}
}

/* The cause of the cycle that `t` is on. */
static enum deadlock_cause diagnosis_cycle_cause(const struct sim_execution *x, int t)
{
	enum deadlock_cause cause = CAUSE_LOCK_CYCLE;
	int u = t, length = 0;
	do {
		if (!diagnosis_lock(x, u))
			cause = CAUSE_JOIN_CYCLE;
		u = diagnosis_waits_for(x, u);
		length++;
	} while (u != t);
	return length == 1 && cause == CAUSE_LOCK_CYCLE ? CAUSE_SELF_DEADLOCK : cause;
}

static bool diagnosis_on_cycle(const struct sim_execution *x, int t)
{
	int u = t;
	for (uint32_t i = 0; i < x->objects.n_threads; i++) {
		if (u == SIM_NOBODY || !diagnosis_is_blocked(x, u))
			return false;
		u = diagnosis_waits_for(x, u);
		if (u == t)
			return true;
	}
	return false;
}

/* Whether `t` stands at the end of a chain of waiting threads. */
static enum deadlock_cause diagnosis_root(const struct sim_execution *x, int t)
{
	if (!diagnosis_is_blocked(x, t))
		return CAUSE_NONE;
	if (diagnosis_on_cycle(x, t))
		return diagnosis_cycle_cause(x, t);
	int next = diagnosis_waits_for(x, t);
	if (next != SIM_NOBODY && (diagnosis_is_blocked(x, next) || x->objects.items[next].state == SIM_THREAD_FAILED))
		return CAUSE_NONE;
	if (x->pending[t].kind == SIM_OP_EXIT || execution_is_spinning(x, t))
		return CAUSE_NONE;
	return diagnosis_root_cause(x, t);
}

/* The lower, the more telling. Who waits for what another thread could give may wait because that thread has missed
 * something; the other way round that is not so. */
static int diagnosis_rank(enum deadlock_cause cause)
{
	if (cause == CAUSE_SEMAPHORE_STARVED || cause == CAUSE_EVENT_NEVER_SET || cause == CAUSE_PIPE_STARVED ||
	    cause == CAUSE_EVENTFD_STARVED)
		return CAUSE_MIXED;
	return cause <= CAUSE_ORPHANED_LOCK ? (int)cause : CAUSE_LOST_WAKEUP;
}

static uint64_t diagnosis_deadlock_key(const struct sim_execution *x, const struct diagnosis *d)
{
	uint64_t key = diagnosis_hash(FINDING_DEADLOCK, d->deadlock);
	for (uint32_t t = 0; t < x->objects.n_threads; t++)
		if (thread_set_has(&d->roots, (int)t))
			key += diagnosis_hash(x->pending[t].site, x->pending[t].address);
	return key;
}

/* The threads that poll on what nobody will change. Whoever waits for something else waits, in the end, for them. */
static int diagnosis_of_livelock(const struct sim_execution *x, struct diagnosis *found)
{
	struct diagnosis d = {.kind = FINDING_LIVELOCK, .key = FINDING_LIVELOCK};
	for (uint32_t t = 0; t < x->objects.n_threads; t++) {
		if (x->objects.items[t].state != SIM_THREAD_ALIVE || !execution_is_spinning(x, (int)t))
			continue;
		thread_set_add(&d.roots, (int)t);
		d.key += diagnosis_hash(x->pending[t].site, x->pending[t].address);
	}
	if (!thread_set_count(&d.roots) || semantics_exited(&x->objects))
		return 0;
	*found = d;
	return 1;
}

/* Only cycles count once the program has ended: its other threads were merely cut off. */
static int diagnosis_of_deadlock(const struct sim_execution *x, struct diagnosis *found)
{
	bool exited = semantics_exited(&x->objects);
	struct diagnosis d = {.kind = FINDING_DEADLOCK};
	int best = CAUSE_N;
	for (uint32_t t = 0; t < x->objects.n_threads; t++) {
		enum deadlock_cause cause = diagnosis_root(x, (int)t);
		int rank = diagnosis_rank(cause);
		if (cause == CAUSE_NONE || rank > best || (exited && !diagnosis_on_cycle(x, (int)t)))
			continue;
		if (rank < best) {
			best = rank;
			d.deadlock = cause;
			d.roots = (struct sim_thread_set){0};
		} else if (cause != d.deadlock) {
			d.deadlock = CAUSE_MIXED;
		}
		thread_set_add(&d.roots, (int)t);
	}
	if (d.deadlock == CAUSE_NONE)
		return 0;
	d.key = diagnosis_deadlock_key(x, &d);
	*found = d;
	return 1;
}

/* ---- incidents and races ---------------------------------------------------------------------------------------- */

static struct diagnosis diagnosis_of_incident(const struct incident *incident)
{
	static const enum finding_kind kinds[] = {
		[INCIDENT_ASSERTION] = FINDING_ASSERTION, [INCIDENT_CRASH] = FINDING_CRASH,
		[INCIDENT_MEMORY] = FINDING_MEMORY,       [INCIDENT_MISUSE] = FINDING_MISUSE,
		[INCIDENT_EXCEPTION] = FINDING_EXCEPTION,
		[INCIDENT_NONTERMINATION] = FINDING_NONTERMINATION,
	};
	struct diagnosis d = {.kind = kinds[incident->kind], .incident = *incident};
	uint64_t cause = incident->cause ? XXH3_64bits(incident->cause, strlen(incident->cause)) : 0;
	d.key = diagnosis_hash(d.kind, cause) + incident->site;
	return d;
}

struct diagnosis diagnosis_of_race(const struct race_found *race)
{
	return (struct diagnosis){
		.kind = FINDING_RACE,
		.race = *race,
		.key = diagnosis_hash(race->first.site, 0) + diagnosis_hash(race->second.site, 0),
	};
}

int diagnosis_of_end(const struct sim_execution *x, struct diagnosis *found, int max)
{
	int n = 0;
	for (; n < x->n_incidents && n < max; n++)
		found[n] = diagnosis_of_incident(&x->incidents[n]);
	if (n || !max || x->n_assumed || execution_is_void(x))
		return n;
	n = diagnosis_of_deadlock(x, found);
	bool certain = n && diagnosis_rank(found->deadlock) <= diagnosis_rank(CAUSE_ORPHANED_LOCK);
	return !certain && diagnosis_of_livelock(x, found) ? 1 : n;
}
