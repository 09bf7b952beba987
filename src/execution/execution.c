#include "execution.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "memory.h"
#include "queue.h"
#include "reserve.h"

static const size_t execution_undo_capacity = (size_t)1 << 36;
static const size_t execution_wide_capacity = (size_t)1 << 32;
static const uint32_t execution_object_capacity = 1u << 20;

int execution_init(struct sim_execution *x, uint32_t max_events, const struct execution_driver *driver, void *machine)
{
	x->driver = driver;
	x->machine = machine;
	x->capacity = max_events;
	x->events = reserve(max_events * sizeof *x->events);
	x->marks = reserve(((size_t)max_events + 1) * sizeof *x->marks);
	x->wide = reserve(execution_wide_capacity);
	if (!x->events || !x->marks || !x->wide || undo_init(&x->undo, execution_undo_capacity) ||
	    object_init(&x->objects, execution_object_capacity, &x->undo) || race_init(&x->race, &x->objects, &x->undo))
		return -1;
	x->objects.n_threads = 1;
	x->info[0] = (struct thread_info){.key = 1, .parent = SIM_NOBODY};
	x->objects.items[0].state = SIM_THREAD_ALIVE;
	race_begin(&x->race);
	return 0;
}

void execution_release(struct sim_execution *x)
{
	race_release(&x->race);
	object_release(&x->objects);
	undo_release(&x->undo);
	reserve_release(x->marks, ((size_t)x->capacity + 1) * sizeof *x->marks);
	reserve_release(x->events, x->capacity * sizeof *x->events);
	reserve_release(x->wide, execution_wide_capacity);
}

int execution_first_enabled(const struct sim_execution *x)
{
	for (uint32_t t = 0; t < x->objects.n_threads; t++)
		if (execution_choices(x, (int)t))
			return (int)t;
	return SIM_NOBODY;
}

void execution_pass_time(struct sim_execution *x)
{
	int64_t next_ns = INT64_MAX;
	bool passes = false;
	if (!x->objects.virtual_time || semantics_exited(&x->objects) || execution_first_enabled(x) != SIM_NOBODY ||
	    execution_outdated(x) != SIM_NOBODY)
		return;
	for (uint32_t t = 0; t < x->objects.n_threads; t++) {
		const struct sim_op *op = &x->pending[t];
		if (x->objects.items[t].state != SIM_THREAD_ALIVE || !semantics_awaits_clock(op, (int)t, &x->objects))
			continue;
		next_ns = op->deadline_ns < next_ns ? op->deadline_ns : next_ns;
		passes = true;
	}
	if (!passes)
		return;
	undo_save(&x->undo, &x->objects.now_ns, sizeof x->objects.now_ns);
	x->objects.now_ns = next_ns;
}

void execution_restore(struct sim_execution *x, uint32_t depth)
{
	if (depth >= x->n_events)
		return;
	for (uint32_t i = x->n_events; i-- > depth;) {
		const struct sim_event *event = &x->events[i];
		x->pending[event->thread] = event->op;
		x->n_thread_events[event->thread] = event->index;
	}
	undo_restore(&x->undo, x->marks[depth]);
	x->n_events = x->race.position = depth;
	x->driver->restored(x, depth);
}

struct sim_wide execution_peek(const struct sim_op *op)
{
	uint64_t width = op_width(op);
	return op_is_memory(op) && width <= sizeof(struct sim_wide) ? memory_read(op->address, (unsigned)width) : (struct sim_wide){0};
}

struct sim_wide execution_value(const struct sim_execution *x, const struct sim_op *op)
{
	const struct sim_object *object = &x->objects.items[op->object];
	if (op->kind == SIM_OP_IS_CANCELLED)
		return (struct sim_wide){.low = (object->flags & SIM_THREAD_CANCELLED) != 0};
	return op_asks_event(op) ? (struct sim_wide){.low = object->state} : execution_peek(op);
}

/* A place for the bytes of an access that is too wide for the event itself; NULL if not all of them are the program's, or
 * none is left. */
static uint8_t *execution_make_wide(struct sim_execution *x, const struct sim_op *op)
{
	uint64_t width = op_width(op);
	if (width <= sizeof(struct sim_wide) || !race_cell(&x->race, op->address + width - 1) ||
	    2 * width > execution_wide_capacity - x->n_wide)
		return NULL;
	uint8_t *wide = x->wide + x->n_wide;
	undo_save(&x->undo, &x->n_wide, sizeof x->n_wide);
	x->n_wide += 2 * width;
	sanitizer_copy(wide, (const void *)(uintptr_t)op->address, width);
	return wide;
}

void execution_close(const struct sim_execution *x, struct sim_event *event)
{
	event->leaves_block = x->objects.in_block == event->thread;
	if (op_is_memory(&event->op))
		event->after = execution_peek(&event->op);
	if (event->wide)
		sanitizer_copy(event->wide + op_width(&event->op), (const void *)(uintptr_t)event->op.address,
		               op_width(&event->op));
}

bool execution_still_spins(const struct sim_execution *x, int t)
{
	const struct spin *spin = &x->spin[t];
	struct sim_wide now = execution_value(x, &x->pending[t]);
	if (now.low != spin->value.low || now.high != spin->value.high)
		return false;
	for (int i = 0; i < spin->n_watched; i++)
		if (!sanitizer_equal((const void *)spin->watched[i].address, &spin->watched[i].value, spin->watched[i].size))
			return false;
	return true;
}

static void execution_watch(struct spin *spin, const struct execution_access *access)
{
	int i = spin->n_watched++;
	spin->watched[i].address = access->address;
	spin->watched[i].size = access->size;
	sanitizer_copy(&spin->watched[i].value, (const void *)access->address, access->size);
}

/* As what kind of access a poll can race. */
static int execution_poll_type(const struct sim_op *op)
{
	return op->kind == SIM_OP_READ ? RACE_READ : op->kind == SIM_OP_ATOMIC_RMW ? RACE_ATOMIC | RACE_WRITE : RACE_ATOMIC;
}

/* The read that completes an attempt, as an access that can race. */
static void execution_note_read(struct sim_execution *x, int thread)
{
	const struct sim_op *op = &x->pending[thread];
	if (op_is_memory(op))
		race_on_access(&x->race, thread, op->address, op_width(op), execution_poll_type(op), op->site);
}

/*
 * The attempt is undone, but in a real execution it would have been made: its accesses can race with what others do, and
 * what it read besides the value that it polls on can end the polling too. They come after what it has acquired: `clock`.
 */
static void execution_begin_spinning(struct sim_execution *x, int thread, struct spin spin, const struct vclock *clock)
{
	struct vclock *own = &x->race.clock[thread], before = *own;
	*own = *clock;
	own->at[thread] = before.at[thread];
	undo_save(&x->undo, &x->spin[thread], sizeof spin);
	execution_note_read(x, thread);
	for (int i = 0; i < x->n_accesses; i++) {
		const struct execution_access *access = &x->accesses[i];
		race_on_access(&x->race, thread, access->address, access->size, access->type, access->site);
		execution_watch(&spin, access);
	}
	*own = before;
	x->spin[thread] = spin;
}

/* A sleep reads nothing, and nobody sees it: if an attempt ends with sleeps, its last read is already known to complete it. */
static void execution_look_beyond_sleeps(struct sim_execution *x, int thread)
{
	uint32_t position = x->n_events;
	int n_found = x->race.n_found;
	while (!x->n_spun && x->pending[thread].kind == SIM_OP_SLEEP && execution_choices(x, thread) &&
	       x->n_events < position + EXECUTION_MAX_SLEEPS && x->n_events < x->capacity) {
		x->n_steps++;
		x->driver->step(x, thread, 0);
	}
	if (!x->n_spun) {
		execution_restore(x, position);
		x->race.n_found = n_found;
	}
}

bool execution_take(struct sim_execution *x, int thread, unsigned choice)
{
	uint32_t position = x->n_events;
	int n_found = x->race.n_found;
	execution_step(x, thread, choice);
	const struct sim_event *event = &x->events[position];
	if (!x->detect_spin || !op_may_poll(&event->op))
		return true;
	execution_look_beyond_sleeps(x, thread);
	if (!x->n_spun)
		return true;
	struct spin spin = {.active = true, .value = event->before,
	                    .n_before = (uint8_t)(x->n_spun - (x->n_events - position))};
	struct vclock clock = x->race.clock[thread];
	execution_restore(x, position);
	x->race.n_found = n_found; /* what races is found again, in the execution without the attempt */
	execution_begin_spinning(x, thread, spin, &clock);
	execution_pass_time(x);
	return false;
}

/* Whether another thread's event after `position` conflicts with the event there. */
static bool execution_is_followed(const struct sim_execution *x, uint32_t position)
{
	const struct sim_event *event = &x->events[position];
	for (uint32_t i = position + 1; i < x->n_events; i++)
		if (x->events[i].thread != event->thread && dependent(event, &x->events[i]))
			return true;
	return false;
}

static bool execution_is_attempt_outdated(const struct sim_execution *x, int thread)
{
	unsigned n = x->spin[thread].n_before;
	for (uint32_t i = x->n_events; i-- > 0 && n;) {
		if (x->events[i].thread != thread)
			continue;
		if (execution_is_followed(x, i))
			return true;
		n--;
	}
	return false;
}

int execution_outdated(const struct sim_execution *x)
{
	if (semantics_exited(&x->objects))
		return SIM_NOBODY;
	for (uint32_t t = 0; t < x->objects.n_threads; t++)
		if (x->objects.items[t].state == SIM_THREAD_ALIVE && execution_is_spinning(x, (int)t) &&
		    execution_is_attempt_outdated(x, (int)t))
			return (int)t;
	return SIM_NOBODY;
}

bool execution_is_void(const struct sim_execution *x)
{
	if (execution_outdated(x) != SIM_NOBODY)
		return true;
	for (uint32_t t = 0; t < x->objects.n_threads && !semantics_exited(&x->objects); t++)
		if (x->objects.items[t].state == SIM_THREAD_ALIVE && semantics_rwlock_voids(&x->pending[t], (int)t, &x->objects))
			return true;
	return false;
}

void execution_settle(struct sim_execution *x)
{
	uint32_t position = x->n_events;
	for (uint32_t t = 0; t < x->objects.n_threads && position < x->capacity; t++)
		if (op_may_poll(&x->pending[t]) && execution_choices(x, (int)t) && execution_take(x, (int)t, 0))
			execution_restore(x, position);
}

bool execution_poll_may_race(const struct sim_execution *x, int t)
{
	const struct sim_op *op = &x->pending[t];
	const struct spin *spin = &x->spin[t];
	for (int i = 0; i < spin->n_watched; i++)
		if (race_has_conflict(&x->race, t, spin->watched[i].address, spin->watched[i].size, RACE_WRITE))
			return true;
	if (op->kind == SIM_OP_BEGIN_BLOCK)
		return true;
	return op_is_memory(op) && race_has_conflict(&x->race, t, op->address, op_width(op), execution_poll_type(op));
}

/* A thread that polled does so no more: the event remembers what on. */
static void execution_stop_spinning(struct sim_execution *x, struct sim_event *event)
{
	struct spin *spin = &x->spin[event->thread];
	if (!spin->active)
		return;
	event->spun = true;
	event->spun_on = spin->value;
	event->spun_beside_plain = execution_poll_may_race(x, event->thread);
	undo_save(&x->undo, spin, sizeof *spin);
	spin->active = false;
}

/* A blank event for the thread's pending operation. What the operation and its number replace needs no undo: the event
 * tells (execution_restore). Field by field: this is done for each event, and most of it is zero. */
static struct sim_event *execution_make_event(struct sim_execution *x, int thread, unsigned choice)
{
	struct sim_event *event = &x->events[x->n_events];
	event->op = x->pending[thread];
	event->before = event->after = event->spun_on = (struct sim_wide){0};
	event->serial = x->n_steps;
	event->thread_key = x->info[thread].key;
	event->index = x->n_thread_events[thread]++;
	event->thread = (uint16_t)thread;
	event->choice = (uint16_t)choice;
	memset(&event->result, 0, sizeof *event - offsetof(struct sim_event, result));
	return event;
}

static struct sim_event *execution_execute(struct sim_execution *x, int thread, unsigned choice)
{
	uint32_t position = x->n_events;
	struct sim_event *event = execution_make_event(x, thread, choice);
	execution_stop_spinning(x, event);
	semantics_apply(event, position, &x->objects);
	if (op_is_memory(&event->op)) {
		event->before = execution_peek(&event->op);
		event->wide = execution_make_wide(x, &event->op);
		memory_apply(event, &x->undo);
	}
	if (op_asks(&event->op))
		event->before = execution_value(x, &event->op);
	if (op_is_queue(&event->op))
		queue_apply(event, &x->objects);
	x->race.position = ++x->n_events;
	race_on_event(&x->race, event);
	return event;
}

struct sim_event *execution_open(struct sim_execution *x, int thread, unsigned choice)
{
	x->marks[x->n_events] = undo_now(&x->undo);
	x->race.step = x->n_steps;
	return execution_execute(x, thread, choice);
}

struct sim_event *execution_open_ahead(struct sim_execution *x, int thread)
{
	x->marks[x->n_events] = EXECUTION_NO_MARK;
	return execution_execute(x, thread, 0);
}

int execution_event_of(const struct sim_execution *x, const struct race_record *record)
{
	for (uint32_t i = x->n_events; i-- > 0;)
		if (x->events[i].thread == race_record_thread(record) && x->events[i].time <= race_record_time(record))
			return (int)i;
	return -1;
}

int execution_slot(struct sim_execution *x, int parent, uint32_t nth)
{
	uint32_t n = x->objects.n_threads;
	for (uint32_t t = 1; t < n; t++)
		if (x->info[t].parent == parent && x->info[t].nth == nth)
			return (int)t;
	if (n == SIM_MAX_THREADS)
		return SIM_NOBODY;
	uint64_t path[2] = {x->info[parent].key, nth};
	x->info[n] = (struct thread_info){.key = XXH3_64bits(path, sizeof path), .parent = parent, .nth = nth};
	x->objects.n_threads++;
	return (int)n;
}

void execution_incident(struct sim_execution *x, struct incident incident)
{
	if (x->n_incidents == EXECUTION_MAX_INCIDENTS)
		return;
	undo_save(&x->undo, &x->n_incidents, sizeof x->n_incidents);
	incident.position = x->n_events;
	x->incidents[x->n_incidents++] = incident;
}

void execution_prune(struct sim_execution *x)
{
	undo_save(&x->undo, &x->n_assumed, sizeof x->n_assumed);
	x->n_assumed++;
}

void execution_name_thread(struct sim_execution *x, int slot, const char *name)
{
	undo_save(&x->undo, x->info[slot].name, sizeof x->info[slot].name);
	snprintf(x->info[slot].name, sizeof x->info[slot].name, "%s", name);
}
