#include "probe.h"

#include <string.h>
#include <sys/mman.h>

#include "memory.h"
#include "probe_primitives.h"
#include "semantics_queue.h"

/* A touch of a few objects is all that one probe writes. */
static const size_t probe_undo_capacity = 1 << 16;

int probe_init(struct probe *probe, const struct sim_execution *x)
{
	if (undo_init(&probe->undo, probe_undo_capacity))
		return -1;
	return object_init(&probe->objects, x->objects.capacity, &probe->undo);
}

void probe_release(struct probe *probe)
{
	object_release(&probe->objects);
	undo_release(&probe->undo);
}

/* ---- the state of an object after a set of events ---------------------------------------------------------------- */

/* Whether the event left the lock `object` owned (1) or free (0), or did not concern it (-1). */
static int probe_ownership(const struct sim_event *event, uint32_t object)
{
	const struct sim_op *op = &event->op;
	switch (op->kind) {
	case SIM_OP_LOCK:
	case SIM_OP_TRY_LOCK:
		return op->object == object && event->result.low == SIM_RESULT_OK ? 1 : -1;
	case SIM_OP_UNLOCK:
		return op->object == object ? 0 : -1;
	case SIM_OP_WAIT:
		return op->second == object && event->result.low == SIM_RESULT_OK ? 0 : -1;
	case SIM_OP_WAKE:
		return op->second == object && !event->again ? 1 : -1;
	default:
		return -1;
	}
}

static int probe_owner(const struct hb_run *run, uint32_t object, uint32_t position, const struct hb_set *kept)
{
	for (uint32_t j = position; j-- > 0;) {
		const struct sim_event *event = &run->records[j]->event;
		int ownership = hb_has(kept, event) ? probe_ownership(event, object) : -1;
		if (ownership >= 0)
			return ownership ? event->thread : SIM_NOBODY;
	}
	return SIM_NOBODY;
}

static struct sim_thread_set probe_waiting(const struct hb_run *run, uint32_t condition, uint32_t position,
                                           const struct hb_set *kept)
{
	struct sim_thread_set waiting = {0};
	for (uint32_t j = 0; j < position; j++) {
		const struct sim_event *event = &run->records[j]->event;
		if (!hb_has(kept, event) || event->op.object != condition)
			continue;
		if (event->op.kind == SIM_OP_WAIT && event->result.low == SIM_RESULT_OK)
			thread_set_add(&waiting, event->thread);
		else if (event->op.kind == SIM_OP_WAKE && event->again)
			thread_set_remove(&waiting, event->thread);
		else if (event->op.kind == SIM_OP_NOTIFY)
			for (int word = 0; word < SIM_MAX_THREADS / 64; word++)
				waiting.bits[word] &= ~event->wakes.bits[word];
	}
	return waiting;
}

/* Why the thread has left the queue in the event, by itself. */
static uint8_t probe_wake_reason(const struct sim_event *event)
{
	return event->interrupted ? SIM_THREAD_TIMED_OUT | SIM_THREAD_INTERRUPTED : SIM_THREAD_TIMED_OUT;
}

/* Whether the waiting thread was woken, or has left the queue: flags of its object. */
static uint8_t probe_wake_flags(const struct hb_run *run, int thread, uint32_t position, const struct hb_set *kept)
{
	for (uint32_t j = position; j-- > 0;) {
		const struct sim_event *event = &run->records[j]->event;
		if (!hb_has(kept, event))
			continue;
		if (event->op.kind == SIM_OP_NOTIFY && thread_set_has(&event->wakes, thread))
			return SIM_THREAD_WOKEN;
		if (event->thread == thread)
			return event->op.kind == SIM_OP_WAKE && event->again ? probe_wake_reason(event) : 0;
	}
	return 0;
}

/* Whether somebody has asked the thread to end. */
static bool probe_is_cancelled(const struct hb_run *run, int thread, uint32_t position, const struct hb_set *kept)
{
	for (uint32_t j = position; j-- > 0;) {
		const struct sim_event *event = &run->records[j]->event;
		if (event->op.kind == SIM_OP_CANCEL && (int)event->op.object == thread && hb_has(kept, event))
			return true;
	}
	return false;
}

static enum sim_thread_state probe_thread_state(const struct hb_run *run, int thread, uint32_t position,
                                                const struct hb_set *kept)
{
	enum sim_thread_state state = thread == 0 ? SIM_THREAD_ALIVE : SIM_THREAD_UNBORN;
	for (uint32_t j = 0; j < position; j++) {
		const struct sim_event *event = &run->records[j]->event;
		if (!hb_has(kept, event))
			continue;
		if (event->starts && event->started == thread)
			state = !event->ends_started ? SIM_THREAD_ALIVE : event->failed_started ? SIM_THREAD_FAILED : SIM_THREAD_ENDED;
		if (event->ends && event->thread == thread)
			state = event->failed ? SIM_THREAD_FAILED : SIM_THREAD_ENDED;
	}
	return state;
}

/* Whether the program does not end before the thread. */
static bool probe_detains(const struct hb_run *run, int thread)
{
	for (uint32_t j = 0; j < run->n; j++) {
		const struct sim_event *event = &run->records[j]->event;
		if (event->starts && event->started == thread)
			return event->op.argument;
	}
	return false;
}

/* ---- memory ----------------------------------------------------------------------------------------------------- */

/* The bytes that the access left, or found. */
static const uint8_t *probe_bytes_of(const struct sim_event *event, bool after)
{
	if (event->wide)
		return event->wide + (after ? op_width(&event->op) : 0);
	return (const uint8_t *)(after ? &event->after : &event->before);
}

/* Byte `i` of the operation's location after the set: what the last of its writes left, or what the first access of all
 * found, be it the operation itself. */
static uint8_t probe_byte(const struct hb_run *run, const struct probe_operation *a, unsigned i, const struct hb_set *kept)
{
	uint8_t found = ((const uint8_t *)a->memory)[i];
	for (uint32_t j = a->position; j-- > 0;) {
		const struct sim_event *event = &run->records[j]->event;
		uint64_t offset = a->op->address + i - event->uses[0].key;
		uint64_t size = event->wide || event->uses[0].size < sizeof event->before ? event->uses[0].size : sizeof event->before;
		if (!op_is_memory(&event->op) || offset >= size)
			continue;
		if (event->uses[0].mode == SIM_MODE_WRITE && hb_has(kept, event))
			return probe_bytes_of(event, true)[offset];
		found = probe_bytes_of(event, false)[offset];
	}
	return found;
}

static struct sim_wide probe_bytes(const struct hb_run *run, const struct probe_operation *a, const struct hb_set *kept)
{
	struct sim_wide value = {0};
	for (unsigned i = 0; i < op_width(a->op) && i < sizeof value; i++)
		((uint8_t *)&value)[i] = probe_byte(run, a, i, kept);
	return value;
}

struct sim_wide probe_value(const struct hb_run *run, const struct probe_operation *a, const struct hb_set *kept)
{
	const struct sim_op *op = a->op;
	struct sim_wide found = *a->memory;
	if (op->kind == SIM_OP_IS_CANCELLED)
		return (struct sim_wide){.low = probe_is_cancelled(run, a->thread, a->position, kept)};
	if (!op_is_memory(op))
		return (struct sim_wide){.low = probe_event_is_set(run, op->object, a->position, kept)};
	for (uint32_t j = a->position; j-- > 0;) {
		const struct sim_event *event = &run->records[j]->event;
		const struct sim_use *use = &event->uses[0];
		if (use->key >= op->address + op_width(op) || op->address >= use->key + use->size || !op_is_memory(&event->op))
			continue;
		if (use->key != op->address || use->size != op_width(op))
			return probe_bytes(run, a, kept); /* sizes are mixed */
		if (use->mode == SIM_MODE_WRITE && hb_has(kept, event))
			return event->after;
		found = event->before;
	}
	return found;
}

bool probe_reads(const struct hb_run *run, const struct probe_operation *a, const struct hb_set *kept,
                 const struct sim_wide *value)
{
	struct sim_wide now = probe_value(run, a, kept);
	bool is_whole = !op_is_memory(a->op) || op_width(a->op) > sizeof now;
	return memcmp(&now, value, is_whole ? sizeof now : op_width(a->op)) == 0;
}

static bool probe_cas_succeeds(const struct hb_run *run, const struct probe_operation *a, const struct hb_set *kept)
{
	return probe_reads(run, a, kept, &a->op->expected);
}

/* ---- executing -------------------------------------------------------------------------------------------------- */

static struct sim_object *probe_copy(struct probe *probe, const struct sim_execution *x, uint32_t index)
{
	probe->objects.items[index] = x->objects.items[index];
	return &probe->objects.items[index];
}

static void probe_copy_lock(struct probe *probe, const struct sim_execution *x, const struct hb_run *run,
                            const struct probe_operation *a, uint32_t index, const struct hb_set *kept)
{
	probe_copy(probe, x, index)->owner = (int16_t)probe_owner(run, index, a->position, kept);
}

/* Makes the object of the operation, and the threads, what the set of events made of them, by doing all that again. For
 * kinds of objects that only operations on themselves change. */
static void probe_repeat(struct probe *probe, const struct sim_execution *x, const struct hb_run *run,
                         const struct probe_operation *a, const struct hb_set *kept)
{
	struct sim_object *object = probe_copy(probe, x, a->op->object);
	*object = (struct sim_object){.key = object->key, .kind = object->kind, .owner = SIM_NOBODY};
	if (a->op->second)
		probe_copy(probe, x, a->op->second);
	for (uint32_t t = 0; t < x->objects.n_threads; t++)
		probe_copy(probe, x, t)->flags = 0;
	for (uint32_t j = 0; j < a->position; j++) {
		const struct sim_event *done = &run->records[j]->event;
		if (done->op.object != a->op->object || !hb_has(kept, done))
			continue;
		struct sim_event event = {.op = done->op, .thread = done->thread};
		semantics_apply(&event, j, &probe->objects);
		probe->undo.top = probe->undo.base;
	}
}

/* Makes the scratch objects that the operation concerns what they were after the set. */
static void probe_prepare(struct probe *probe, const struct sim_execution *x, const struct hb_run *run,
                          const struct probe_operation *a, const struct hb_set *kept)
{
	const struct sim_op *op = a->op;
	switch ((enum sim_op_kind)op->kind) {
	case SIM_OP_LOCK:
	case SIM_OP_TRY_LOCK:
	case SIM_OP_UNLOCK:
	case SIM_OP_IS_LOCKED:
		probe_copy_lock(probe, x, run, a, op->object, kept);
		break;
	case SIM_OP_WAKE:
		probe_copy(probe, x, (uint32_t)a->thread)->flags = probe_wake_flags(run, a->thread, a->position, kept);
		probe_copy_lock(probe, x, run, a, op->second, kept);
		probe_copy(probe, x, op->object)->waiting = probe_waiting(run, op->object, a->position, kept);
		break;
	case SIM_OP_WAIT:
		probe_copy_lock(probe, x, run, a, op->second, kept);
		probe_copy(probe, x, op->object)->waiting = probe_waiting(run, op->object, a->position, kept);
		break;
	case SIM_OP_NOTIFY:
		probe_copy_lock(probe, x, run, a, op->second, kept);
		probe_copy(probe, x, op->object)->waiting = probe_waiting(run, op->object, a->position, kept);
		for (uint32_t t = 1; t < x->objects.n_threads; t++)
			probe_copy(probe, x, t);
		break;
	case SIM_OP_SEM_ACQUIRE:
	case SIM_OP_SEM_TRY_ACQUIRE:
	case SIM_OP_SEM_RELEASE:
	case SIM_OP_SEM_RELEASE_BOUNDED:
	case SIM_OP_SEM_VALUE:
		probe_copy(probe, x, op->object)->count = probe_semaphore_count(run, op->object, a->position, kept);
		break;
	case SIM_OP_EVENT_SET:
	case SIM_OP_EVENT_CLEAR:
	case SIM_OP_EVENT_WAIT:
	case SIM_OP_EVENT_IS_SET:
		probe_copy(probe, x, op->object)->state = probe_event_is_set(run, op->object, a->position, kept);
		break;
	case SIM_OP_READ_LOCK:
	case SIM_OP_TRY_READ_LOCK:
	case SIM_OP_CLAIM:
	case SIM_OP_WRITE_LOCK:
	case SIM_OP_TRY_WRITE_LOCK:
	case SIM_OP_RW_UNLOCK:
	case SIM_OP_ARRIVE:
	case SIM_OP_LEAVE:
	case SIM_OP_OPEN:
	case SIM_OP_ABORT:
	case SIM_OP_RESET:
	case SIM_OP_ASK_BARRIER:
	case SIM_OP_BEGIN_ONCE:
	case SIM_OP_END_ONCE:
	case SIM_OP_PIPE_READ:
	case SIM_OP_PIPE_WRITE:
	case SIM_OP_PIPE_HOLD:
	case SIM_OP_COUNTER_TAKE:
	case SIM_OP_COUNTER_ADD:
		probe_repeat(probe, x, run, a, kept);
		break;
	case SIM_OP_PUT:
	case SIM_OP_TRY_PUT:
	case SIM_OP_GET:
	case SIM_OP_TRY_GET:
	case SIM_OP_QUEUE_SIZE:
	case SIM_OP_TASK_DONE:
	case SIM_OP_QUEUE_JOIN:
		probe_copy(probe, x, op->object)->queue = probe_queue(run, op->object, a->position, kept);
		break;
	case SIM_OP_START:
	case SIM_OP_CALL:
	case SIM_OP_CANCEL:
		probe_copy(probe, x, op->object);
		break;
	case SIM_OP_IS_CANCELLED:
		probe_copy(probe, x, op->object)->flags = 0;
		break;
	case SIM_OP_JOIN:
	case SIM_OP_IS_ALIVE:
		probe_copy(probe, x, op->object)->state = probe_thread_state(run, (int)op->object, a->position, kept);
		probe->objects.items[op->object].flags = 0; /* that main has returned is its end here */
		break;
	case SIM_OP_ENUMERATE:
	case SIM_OP_EXIT:
		for (uint32_t t = 0; t < x->objects.n_threads; t++) {
			struct sim_object *thread = probe_copy(probe, x, t);
			thread->state = probe_thread_state(run, (int)t, a->position, kept);
			thread->flags = probe_detains(run, (int)t) ? SIM_THREAD_DETAINS : 0;
		}
		break;
	case SIM_OP_NAME:
		probe_copy(probe, x, op->object);
		break;
	case SIM_OP_NONE:
	case SIM_OP_SLEEP:
	case SIM_OP_ATOMIC_LOAD:
	case SIM_OP_ATOMIC_STORE:
	case SIM_OP_ATOMIC_RMW:
	case SIM_OP_ATOMIC_CAS:
	case SIM_OP_READ:
	case SIM_OP_WRITE:
	case SIM_OP_CHOOSE:
	case SIM_OP_BEGIN_BLOCK:
	case SIM_OP_N_KINDS:
		break;
	}
}

/* Operations whose meaning does not depend on any object: always enabled, in one way. */
static bool probe_is_plain(const struct sim_op *op)
{
	return op_is_memory(op) && op->kind != SIM_OP_ATOMIC_CAS;
}

bool probe_is_variable(const struct sim_op *op)
{
	bool waits = op->kind == SIM_OP_WAKE || op->kind == SIM_OP_LEAVE;
	return op->kind == SIM_OP_ATOMIC_CAS || op->kind == SIM_OP_BEGIN_ONCE || (waits && (op->timed || op->cancellable));
}

bool probe_varies(const struct sim_event *event)
{
	bool may_write = event->op.kind == SIM_OP_ATOMIC_CAS || event->op.kind == SIM_OP_BEGIN_ONCE;
	return probe_is_variable(&event->op) && !(may_write && event->uses[0].mode == SIM_MODE_WRITE);
}

bool probe_decides(const struct sim_objects *objects, const struct sim_event *event, const struct sim_event *passed)
{
	const struct sim_op *op = &passed->op;
	struct sim_use use = {.key = op->address, .size = 1, .mode = SIM_MODE_READ}, other = {0};
	if (event->op.in_block)
		return true;
	if (event->op.kind == SIM_OP_CANCEL) /* who waits no more, but for the lock, goes on waiting for that */
		return op->kind != SIM_OP_WAKE || passed->again;
	switch (op->kind) {
	case SIM_OP_TRY_READ_LOCK:
	case SIM_OP_TRY_WRITE_LOCK: /* a claim can hold them up */
		if (!(op->argument & SIM_READERS_PASS))
			return true;
		use.key = objects->items[op->object].key;
		break;
	case SIM_OP_LOCK:
	case SIM_OP_SEM_ACQUIRE:
	case SIM_OP_EVENT_WAIT:
	case SIM_OP_READ_LOCK:
	case SIM_OP_CLAIM:
	case SIM_OP_ARRIVE:
	case SIM_OP_LEAVE:
	case SIM_OP_BEGIN_ONCE:
	case SIM_OP_PIPE_READ:
	case SIM_OP_PIPE_WRITE:
	case SIM_OP_COUNTER_TAKE:
	case SIM_OP_COUNTER_ADD:
		use.key = objects->items[op->object].key;
		break;
	case SIM_OP_WRITE_LOCK: /* readers that leave; their coming was decided by the claim */
		use.key = objects->items[op->second].key;
		break;
	case SIM_OP_PUT:
	case SIM_OP_GET:
	case SIM_OP_QUEUE_JOIN:
		use = semantics_queue_use(op, objects);
		use.mode = SIM_MODE_READ;
		break;
	case SIM_OP_WAKE: /* a notify turns a timeout into a wake, which has to wait for the lock */
		use.key = objects->items[op->object].key;
		other = (struct sim_use){.key = objects->items[op->second].key, .size = 1, .mode = SIM_MODE_READ};
		break;
	default:
		if (!op_is_memory(op))
			return true;
		use.size = (uint32_t)op_width(op);
	}
	for (int i = 0; i < 2; i++)
		if (use_conflict(&use, &event->uses[i]) || use_conflict(&other, &event->uses[i]))
			return true;
	return false;
}

/* Makes the thread of the operation one that was cancelled, or was not. Only a wake has prepared it otherwise. */
static void probe_prepare_cancellation(struct probe *probe, const struct sim_execution *x, const struct hb_run *run,
                                       const struct probe_operation *a, const struct hb_set *kept)
{
	struct sim_object *self = &probe->objects.items[a->thread];
	if (a->op->kind != SIM_OP_WAKE) {
		self = probe_copy(probe, x, (uint32_t)a->thread);
		self->flags = 0;
	}
	if (probe_is_cancelled(run, a->thread, a->position, kept))
		self->flags |= SIM_THREAD_CANCELLED;
}

/* Whether the set ends inside a block of another thread than that of the operation. */
static bool probe_interrupts(const struct hb_run *run, const struct probe_operation *a, const struct hb_set *kept)
{
	for (uint32_t j = run->has_blocks ? a->position : 0; j-- > 0;) {
		const struct sim_event *event = &run->records[j]->event;
		if (event->leaves_block && event->thread != a->thread && kept->n[event->thread] == event->index + 1)
			return true;
	}
	return false;
}

unsigned probe_execute(struct probe *probe, const struct sim_execution *x, const struct hb_run *run,
                       const struct probe_operation *a, const struct hb_set *kept, struct sim_event *event)
{
	unsigned choices = 1;
	probe->undo.top = probe->undo.base;
	probe->objects.n_threads = x->objects.n_threads;
	if (!probe_is_plain(a->op)) {
		probe_prepare(probe, x, run, a, kept);
		if (a->op->cancellable || a->op->kind == SIM_OP_IS_CANCELLED)
			probe_prepare_cancellation(probe, x, run, a, kept);
		choices = semantics_choices(a->op, a->thread, &probe->objects);
	}
	if (!choices || (a->spun_on && probe_reads(run, a, kept, a->spun_on)) || probe_interrupts(run, a, kept))
		return 0;
	*event = (struct sim_event){.op = *a->op, .thread = (uint16_t)a->thread, .index = a->index};
	semantics_apply(event, a->position, &probe->objects);
	if (a->op->kind == SIM_OP_ATOMIC_CAS && !probe_cas_succeeds(run, a, kept))
		event->uses[0].mode = SIM_MODE_READ;
	return choices;
}

/* ---- enabling and conflict -------------------------------------------------------------------------------------- */

bool probe_enables(const struct sim_event *event, const struct probe_operation *a)
{
	const struct sim_op *op = a->op;
	if (event->thread == a->thread || (event->starts && event->started == a->thread))
		return true;
	switch (op->kind) {
	case SIM_OP_JOIN:
		if (op->timed || op->cancellable)
			return false;
		return (event->ends && event->thread == op->object) || (event->starts && event->started == op->object);
	case SIM_OP_WAKE:
		return !op->timed && !op->cancellable && event->op.kind == SIM_OP_NOTIFY && thread_set_has(&event->wakes, a->thread);
	case SIM_OP_LEAVE:
		return !op->timed && thread_set_has(&event->wakes, a->thread);
	default:
		return false;
	}
}

/* The end of the thread's events before `position`, NULL if there is none. */
static const struct hb_record *probe_end_of(const struct hb_run *run, int thread, uint32_t position)
{
	for (uint32_t j = position; j-- > 0;)
		if (run->records[j]->event.ends && run->records[j]->event.thread == thread)
			return run->records[j];
	return NULL;
}

bool probe_keep_ends(const struct hb_run *run, const struct probe_operation *a, struct hb_set *kept)
{
	if (a->op->kind != SIM_OP_EXIT || !a->op->argument)
		return true;
	for (uint32_t j = 0; j < a->position; j++) {
		const struct sim_event *start = &run->records[j]->event;
		if (!hb_has(kept, start) || !start->starts || !start->op.argument || start->ends_started ||
		    start->started == a->thread)
			continue;
		const struct hb_record *end = probe_end_of(run, start->started, a->position);
		if (!end)
			return false;
		if (!hb_has(kept, &end->event)) {
			hb_join_record(kept, end);
			j = UINT32_MAX; /* again from the beginning: there may be more starts now */
		}
	}
	return true;
}

/* What the operation may use, in whatever state. */
static int probe_uses(const struct sim_op *op, const struct sim_objects *objects, struct sim_use uses[2])
{
	switch ((enum sim_op_kind)op->kind) {
	case SIM_OP_LOCK:
	case SIM_OP_TRY_LOCK:
	case SIM_OP_UNLOCK:
	case SIM_OP_IS_LOCKED:
	case SIM_OP_SEM_ACQUIRE:
	case SIM_OP_SEM_TRY_ACQUIRE:
	case SIM_OP_SEM_RELEASE_BOUNDED:
	case SIM_OP_NAME:
	case SIM_OP_EVENT_CLEAR:
	case SIM_OP_CLAIM:
	case SIM_OP_ARRIVE:
	case SIM_OP_LEAVE:
	case SIM_OP_OPEN:
	case SIM_OP_ABORT:
	case SIM_OP_RESET:
	case SIM_OP_BEGIN_ONCE:
	case SIM_OP_END_ONCE:
	case SIM_OP_PIPE_READ:
	case SIM_OP_PIPE_WRITE:
	case SIM_OP_PIPE_HOLD:
	case SIM_OP_COUNTER_TAKE:
		uses[0] = (struct sim_use){objects->items[op->object].key, 1, SIM_MODE_WRITE};
		return 1;
	case SIM_OP_COUNTER_ADD:
		uses[0] = (struct sim_use){objects->items[op->object].key, 1, op->order};
		return 1;
	case SIM_OP_CALL:
		uses[0] = (struct sim_use){objects->items[op->object].key, 1, op->order};
		uses[1] = semantics_call_range(op);
		return 2;
	case SIM_OP_SEM_RELEASE:
	case SIM_OP_EVENT_SET:
		uses[0] = (struct sim_use){objects->items[op->object].key, 1, SIM_MODE_GIVE};
		return 1;
	case SIM_OP_SEM_VALUE:
	case SIM_OP_EVENT_WAIT:
	case SIM_OP_EVENT_IS_SET:
	case SIM_OP_READ_LOCK:
	case SIM_OP_TRY_READ_LOCK:
	case SIM_OP_ASK_BARRIER:
		uses[0] = (struct sim_use){objects->items[op->object].key, 1, SIM_MODE_READ};
		return 1;
	case SIM_OP_WRITE_LOCK:
	case SIM_OP_TRY_WRITE_LOCK:
	case SIM_OP_RW_UNLOCK:
		uses[0] = (struct sim_use){objects->items[op->object].key, 1, SIM_MODE_WRITE};
		uses[1] = (struct sim_use){objects->items[op->second].key, 1,
		                           op->kind == SIM_OP_RW_UNLOCK ? SIM_MODE_GIVE : SIM_MODE_READ};
		return 2;
	case SIM_OP_WAIT:
	case SIM_OP_WAKE:
	case SIM_OP_NOTIFY:
		uses[0] = (struct sim_use){objects->items[op->object].key, 1, SIM_MODE_WRITE};
		uses[1] = (struct sim_use){objects->items[op->second].key, 1, SIM_MODE_WRITE};
		return op->second ? 2 : 1;
	case SIM_OP_PUT:
	case SIM_OP_TRY_PUT:
	case SIM_OP_GET:
	case SIM_OP_TRY_GET:
	case SIM_OP_QUEUE_SIZE:
	case SIM_OP_TASK_DONE:
	case SIM_OP_QUEUE_JOIN:
		uses[0] = semantics_queue_use(op, objects);
		return 1;
	case SIM_OP_ATOMIC_LOAD:
	case SIM_OP_READ:
		uses[0] = (struct sim_use){op->address, (uint32_t)op_width(op), SIM_MODE_READ};
		return 1;
	case SIM_OP_ATOMIC_STORE:
	case SIM_OP_ATOMIC_RMW:
	case SIM_OP_ATOMIC_CAS:
	case SIM_OP_WRITE:
		uses[0] = (struct sim_use){op->address, (uint32_t)op_width(op), SIM_MODE_WRITE};
		return 1;
	case SIM_OP_START:
		uses[0] = (struct sim_use){op->address, 1, SIM_MODE_WRITE};
		return op->address != 0;
	case SIM_OP_NONE:
	case SIM_OP_JOIN:
	case SIM_OP_IS_ALIVE:
	case SIM_OP_ENUMERATE:
	case SIM_OP_CANCEL:
	case SIM_OP_IS_CANCELLED:
	case SIM_OP_SLEEP:
	case SIM_OP_CHOOSE:
	case SIM_OP_BEGIN_BLOCK:
	case SIM_OP_EXIT:
	case SIM_OP_N_KINDS:
		break;
	}
	return 0;
}

/* Conflicts of the operation with a special event, by anything but what they use. */
static bool probe_may_conflict_specially(const struct probe_operation *a, const struct sim_event *event)
{
	const struct sim_op *op = a->op;
	bool watches = op->kind == SIM_OP_JOIN || op->kind == SIM_OP_IS_ALIVE;
	if (semantics_cancels(op, &event->op, event->thread) || semantics_cancels(&event->op, op, a->thread))
		return true;
	if (event->final || event->watches_all || op->kind == SIM_OP_EXIT || op->kind == SIM_OP_ENUMERATE ||
	    (event->starts && event->started == a->thread))
		return true;
	if (event->watches_end && (event->target == a->thread || (op->kind == SIM_OP_START && event->target == op->object)))
		return true;
	if (watches && (event->thread == op->object || (event->starts && event->started == op->object)))
		return true;
	if (semantics_queue_puts(op) || semantics_queue_gets(op)) /* items and places, whichever they may be */
		return op_is_queue(&event->op) && event->op.object == op->object;
	return (op->kind == SIM_OP_WAKE || op->kind == SIM_OP_LEAVE) && thread_set_has(&event->wakes, a->thread);
}

bool probe_may_conflict(const struct probe_operation *a, const struct sim_objects *objects, const struct sim_event *event)
{
	struct sim_use uses[2];
	int n = probe_uses(a->op, objects, uses);
	for (int i = 0; i < n; i++)
		if (use_conflict(&uses[i], &event->uses[0]) || use_conflict(&uses[i], &event->uses[1]))
			return true;
	if ((a->op->in_block && semantics_meets_block(event)) ||
	    (event->op.in_block && (n || a->op->in_block || op_is_of_cancellation(a->op))))
		return true;
	return probe_may_conflict_specially(a, event);
}

bool probe_is_stuck(const struct sim_op *op)
{
	return !op->timed && (op->kind == SIM_OP_JOIN || op->kind == SIM_OP_LEAVE);
}
