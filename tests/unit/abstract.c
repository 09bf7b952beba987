#include "abstract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

/* Identities of locks and conditions: any numbers that are no addresses of cells. */
enum { ABSTRACT_LOCK_KEY = 0x1000, ABSTRACT_CONDITION_KEY = 0x2000, ABSTRACT_SEMAPHORE_KEY = 0x3000,
       ABSTRACT_EVENT_KEY = 0x4000 };

/* ---- lines ------------------------------------------------------------------------------------------------------ */

uint16_t abstract_add(struct abstract_program *program, int thread, struct abstract_line line)
{
	if (thread >= ABSTRACT_THREADS || program->n_lines[thread] == ABSTRACT_LINES)
		abort();
	program->lines[thread][program->n_lines[thread]] = line;
	return program->n_lines[thread]++;
}

struct abstract_line abstract_when(struct abstract_line line, int reg, uint64_t value)
{
	line.guard = (uint8_t)reg;
	line.guard_value = value;
	return line;
}

struct abstract_line abstract_unless(struct abstract_line line, int reg, uint64_t value)
{
	line.guard_differs = true;
	return abstract_when(line, reg, value);
}

struct abstract_line abstract_timed(struct abstract_line line)
{
	line.op.timed = true;
	return line;
}

struct abstract_line abstract_for(struct abstract_line line, int64_t ns)
{
	line.op.deadline_ns = ns;
	return abstract_timed(line);
}

struct abstract_line abstract_at(struct abstract_line line, uint32_t site)
{
	line.op.site = site;
	return line;
}

struct abstract_line abstract_ordered(struct abstract_line line, enum sim_order order)
{
	line.op.order = line.op.fail_order = (uint8_t)order;
	return line;
}

static struct abstract_line abstract_operation(enum sim_op_kind kind, int object, int to)
{
	return (struct abstract_line){.op = {.kind = (uint8_t)kind, .object = (uint32_t)object}, .to = (uint8_t)to};
}

static struct abstract_line abstract_atomic(enum sim_op_kind kind, int cell, uint64_t value, int to)
{
	struct abstract_line line = abstract_operation(kind, cell, to);
	line.op.size = 8;
	line.op.order = line.op.fail_order = SIM_SEQ_CST;
	line.op.operand.low = value;
	return line;
}

struct abstract_line abstract_start(int thread)
{
	struct abstract_line line = abstract_start_loose(thread);
	line.op.argument = 1;
	return line;
}

struct abstract_line abstract_start_loose(int thread)
{
	return abstract_operation(SIM_OP_START, thread, 0);
}

struct abstract_line abstract_join(int thread, int to)
{
	return abstract_operation(SIM_OP_JOIN, thread, to);
}

struct abstract_line abstract_is_alive(int thread, int to)
{
	return abstract_operation(SIM_OP_IS_ALIVE, thread, to);
}

struct abstract_line abstract_lock(int lock, int to)
{
	return abstract_operation(SIM_OP_LOCK, lock, to);
}

struct abstract_line abstract_try_lock(int lock, int to)
{
	return abstract_operation(SIM_OP_TRY_LOCK, lock, to);
}

struct abstract_line abstract_unlock(int lock)
{
	return abstract_operation(SIM_OP_UNLOCK, lock, 0);
}

struct abstract_line abstract_is_locked(int lock, int to)
{
	return abstract_operation(SIM_OP_IS_LOCKED, lock, to);
}

struct abstract_line abstract_wait(int condition, int lock, int to)
{
	struct abstract_line line = abstract_operation(SIM_OP_WAIT, condition, to);
	line.op.second = (uint32_t)lock;
	return line;
}

struct abstract_line abstract_notify(int condition, uint64_t n, int to)
{
	struct abstract_line line = abstract_operation(SIM_OP_NOTIFY, condition, to);
	line.op.argument = n;
	return line;
}

struct abstract_line abstract_semaphore(enum sim_op_kind kind, int semaphore, unsigned initial, unsigned n)
{
	struct abstract_line line = abstract_operation(kind, semaphore, 0);
	line.op.argument = initial;
	line.op.operand.low = n;
	return line;
}

struct abstract_line abstract_event(enum sim_op_kind kind, int event)
{
	return abstract_operation(kind, event, 0);
}

struct abstract_line abstract_notify_holding(int condition, uint64_t n, int lock, int to)
{
	struct abstract_line line = abstract_notify(condition, n, to);
	line.op.second = (uint32_t)lock + 1; /* 0: none */
	return line;
}

struct abstract_line abstract_sleep(void)
{
	return abstract_operation(SIM_OP_SLEEP, 0, 0);
}

struct abstract_line abstract_load(int cell, int to)
{
	return abstract_atomic(SIM_OP_ATOMIC_LOAD, cell, 0, to);
}

struct abstract_line abstract_store(int cell, uint64_t value)
{
	return abstract_atomic(SIM_OP_ATOMIC_STORE, cell, value, 0);
}

struct abstract_line abstract_fetch_add(int cell, uint64_t value, int to)
{
	struct abstract_line line = abstract_atomic(SIM_OP_ATOMIC_RMW, cell, value, to);
	line.op.rmw = SIM_RMW_ADD;
	return line;
}

struct abstract_line abstract_cas(int cell, uint64_t expected, uint64_t value, int to)
{
	struct abstract_line line = abstract_atomic(SIM_OP_ATOMIC_CAS, cell, value, to);
	line.op.expected.low = expected;
	return line;
}

struct abstract_line abstract_choose(unsigned n, int to)
{
	struct abstract_line line = abstract_operation(SIM_OP_CHOOSE, 0, to);
	line.op.argument = n;
	return line;
}

struct abstract_line abstract_exit(bool waits)
{
	struct abstract_line line = abstract_operation(SIM_OP_EXIT, 0, 0);
	line.op.argument = waits;
	return line;
}

struct abstract_line abstract_read(int cell, int to)
{
	struct abstract_line line = abstract_operation(SIM_OP_READ, cell, to);
	line.kind = ABSTRACT_ACCESS;
	line.op.argument = 8;
	return line;
}

struct abstract_line abstract_write(int cell, uint64_t value, int from)
{
	struct abstract_line line = abstract_operation(SIM_OP_WRITE, cell, 0);
	line.kind = ABSTRACT_ACCESS;
	line.op.argument = 8;
	line.op.operand.low = value;
	line.from = (uint8_t)from;
	return line;
}

struct abstract_line abstract_set(int to, uint64_t value)
{
	return (struct abstract_line){.kind = ABSTRACT_SET, .to = (uint8_t)to, .op.operand.low = value};
}

struct abstract_line abstract_jump(uint16_t target)
{
	return (struct abstract_line){.kind = ABSTRACT_JUMP, .target = target};
}

struct abstract_line abstract_fence(enum sim_order order)
{
	return (struct abstract_line){.kind = ABSTRACT_FENCE, .op.order = (uint8_t)order};
}

struct abstract_line abstract_fail(void)
{
	return (struct abstract_line){.kind = ABSTRACT_FAIL};
}

/* ---- running threads -------------------------------------------------------------------------------------------- */

static uint64_t abstract_operand(const struct abstract_thread *thread, const struct abstract_line *line)
{
	return line->op.operand.low + (line->from ? thread->registers[line->from] : 0);
}

static void abstract_receive(struct abstract_thread *thread, const struct abstract_line *line, uint64_t value)
{
	if (line->to)
		thread->registers[line->to] = value;
}

static bool abstract_is_skipped(const struct abstract_thread *thread, const struct abstract_line *line)
{
	return line->guard && (thread->registers[line->guard] == line->guard_value) == line->guard_differs;
}

/* A plain access, promoted or not. */
static void abstract_access(struct abstract *machine, int slot, const struct abstract_line *line)
{
	struct abstract_thread *thread = &machine->threads[slot];
	uint64_t *cell = &machine->cells[line->op.object];
	bool writes = line->op.kind == SIM_OP_WRITE;
	int type = writes ? RACE_WRITE : RACE_READ;
	race_on_access(&machine->x.race, slot, (uintptr_t)cell, sizeof *cell, type, line->op.site);
	if (writes) {
		undo_save(&machine->x.undo, cell, sizeof *cell);
		*cell = abstract_operand(thread, line);
	} else {
		abstract_receive(thread, line, *cell);
	}
}

/* The slot of program thread `number`, which `parent` starts. Its path counts the starting lines of the parent
 * before. */
static int abstract_slot(struct abstract *machine, int parent, int number)
{
	const struct abstract_program *program = machine->program;
	int in_program = machine->threads[parent].program;
	uint32_t nth = 0;
	for (int i = 0; i < program->n_lines[in_program]; i++) {
		const struct abstract_line *line = &program->lines[in_program][i];
		nth += line->kind == ABSTRACT_OPERATION && line->op.kind == SIM_OP_START;
		if (line->op.kind == SIM_OP_START && line->op.object == (uint32_t)number)
			break;
	}
	return machine->slot_of[number] = execution_slot(&machine->x, parent, nth);
}

/* Replaces the program's numbers in an operation by what they mean in this execution. */
static struct sim_op abstract_resolve(struct abstract *machine, int slot, const struct abstract_line *line)
{
	struct sim_objects *objects = &machine->x.objects;
	struct sim_op op = line->op;
	op.deadline_ns += execution_now(&machine->x, slot);
	if (op_is_memory(&op)) {
		op.address = (uintptr_t)&machine->cells[op.object];
		op.operand.low = abstract_operand(&machine->threads[slot], line);
		op.object = line->kind == ABSTRACT_OPERATION ? object_at(objects, op.address, SIM_OBJECT_ATOMIC) : 0;
	} else if (op.kind == SIM_OP_START) {
		op.object = (uint32_t)abstract_slot(machine, slot, (int)op.object);
	} else if (op.kind == SIM_OP_JOIN || op.kind == SIM_OP_IS_ALIVE) {
		if (machine->slot_of[op.object] == SIM_NOBODY)
			abort();
		op.object = (uint32_t)machine->slot_of[op.object];
	} else if (op.kind == SIM_OP_WAIT || op.kind == SIM_OP_NOTIFY) {
		op.address = ABSTRACT_CONDITION_KEY + op.object;
		op.object = object_at(objects, op.address, SIM_OBJECT_CONDITION);
		if (op.kind == SIM_OP_WAIT)
			op.second = object_at(objects, ABSTRACT_LOCK_KEY + op.second, SIM_OBJECT_LOCK);
		else if (op.second)
			op.second = object_at(objects, ABSTRACT_LOCK_KEY + op.second - 1, SIM_OBJECT_LOCK);
	} else if (op.kind >= SIM_OP_SEM_ACQUIRE && op.kind <= SIM_OP_SEM_VALUE) {
		op.address = ABSTRACT_SEMAPHORE_KEY + op.object;
		op.object = object_at(objects, op.address, SIM_OBJECT_SEMAPHORE);
	} else if (op.kind >= SIM_OP_EVENT_SET && op.kind <= SIM_OP_EVENT_IS_SET) {
		op.address = ABSTRACT_EVENT_KEY + op.object;
		op.object = object_at(objects, op.address, SIM_OBJECT_EVENT);
	} else if (op.kind >= SIM_OP_LOCK && op.kind <= SIM_OP_IS_LOCKED) {
		op.address = ABSTRACT_LOCK_KEY + op.object;
		op.object = object_at(objects, op.address, SIM_OBJECT_LOCK);
	}
	return op;
}

static void abstract_end(struct abstract *machine, int slot, struct sim_event *event, bool failed)
{
	machine->x.pending[slot].kind = SIM_OP_NONE;
	semantics_end(slot, failed, &machine->x.objects);
	if (event && event->thread == slot)
		event->ends = event->special = true;
	if (event && event->thread != slot)
		event->ends_started = true;
}

/* Executes an invisible line. False: it ended the thread. */
static bool abstract_perform(struct abstract *machine, int slot, const struct abstract_line *line)
{
	struct abstract_thread *thread = &machine->threads[slot];
	switch (line->kind) {
	case ABSTRACT_ACCESS:
		abstract_access(machine, slot, line);
		break;
	case ABSTRACT_SET:
		abstract_receive(thread, line, abstract_operand(thread, line));
		break;
	case ABSTRACT_JUMP:
		thread->line = line->target;
		return true;
	case ABSTRACT_FENCE:
		race_on_fence(&machine->x.race, slot, line->op.order);
		break;
	case ABSTRACT_FAIL:
		execution_incident(&machine->x, (struct incident){
			.kind = INCIDENT_ASSERTION, .thread = slot, .site = line->op.site});
		return false;
	case ABSTRACT_OPERATION:
		abort();
	}
	thread->line++;
	return true;
}

/* Whether the line is a visible operation at present. */
static bool abstract_is_visible(const struct abstract *machine, const struct abstract_line *line)
{
	if (line->kind == ABSTRACT_ACCESS)
		return race_is_promoted(&machine->x.race, (uintptr_t)&machine->cells[line->op.object], sizeof *machine->cells);
	return line->kind == ABSTRACT_OPERATION;
}

/* Lets the thread go on from the beginning of its line up to its next visible operation, or its end. */
static void abstract_continue(struct abstract *machine, int slot, struct sim_event *event)
{
	struct abstract_thread *thread = &machine->threads[slot];
	const struct abstract_program *program = machine->program;
	while (thread->line < program->n_lines[thread->program]) {
		const struct abstract_line *line = &program->lines[thread->program][thread->line];
		if (abstract_is_skipped(thread, line)) {
			thread->line++;
		} else if (abstract_is_visible(machine, line)) {
			machine->x.pending[slot] = abstract_resolve(machine, slot, line);
			return;
		} else if (!abstract_perform(machine, slot, line)) {
			abstract_end(machine, slot, event, true);
			return;
		}
	}
	abstract_end(machine, slot, event, false);
}

/* The thread whose operation was executed takes note of the result and goes on. */
static void abstract_resume(struct abstract *machine, struct sim_event *event)
{
	int slot = event->thread;
	struct abstract_thread *thread = &machine->threads[slot];
	const struct abstract_line *line = &machine->program->lines[thread->program][thread->line];
	if (event->op.kind == SIM_OP_WAIT && event->result.low == SIM_RESULT_OK) {
		machine->x.pending[slot].kind = SIM_OP_WAKE;
		machine->x.pending[slot].deadline_ns = execution_now(&machine->x, slot) + line->op.deadline_ns;
		return;
	}
	if (line->kind == ABSTRACT_ACCESS)
		abstract_access(machine, slot, line);
	else
		abstract_receive(thread, line, event->result.low);
	thread->line++;
	abstract_continue(machine, slot, event);
}

static void abstract_begin_child(struct abstract *machine, struct sim_event *event)
{
	struct sim_execution *x = &machine->x;
	struct abstract_thread *parent = &machine->threads[event->thread];
	struct abstract_thread *child = &machine->threads[event->started];
	const struct abstract_line *line = &machine->program->lines[parent->program][parent->line];
	undo_save(&x->undo, child, sizeof *child);
	undo_save(&x->undo, &x->pending[event->started], sizeof x->pending[event->started]);
	*child = (struct abstract_thread){.program = (uint16_t)line->op.object};
	abstract_continue(machine, event->started, event);
}

static void abstract_step(struct sim_execution *x, int slot, unsigned choice)
{
	struct abstract *machine = x->machine;
	struct sim_event *event = execution_open(x, slot, choice);
	undo_save(&x->undo, &machine->threads[slot], sizeof machine->threads[slot]);
	if (event->starts)
		abstract_begin_child(machine, event);
	if (!event->again && !event->final)
		abstract_resume(machine, event);
	execution_close(x, event);
	if (machine->verifies)
		machine->hash_at[x->n_events] = abstract_state_hash(machine);
}

static void abstract_restored(struct sim_execution *x, uint32_t depth)
{
	struct abstract *machine = x->machine;
	machine->n_restored++;
	if (machine->verifies && abstract_state_hash(machine) != machine->hash_at[depth])
		machine->n_mismatches++;
}

static const struct execution_driver abstract_driver = {.step = abstract_step, .restored = abstract_restored};

void abstract_init(struct abstract *machine, const struct abstract_program *program, uint32_t max_events)
{
	memset(machine, 0, sizeof *machine);
	machine->program = program;
	for (int i = 1; i < ABSTRACT_THREADS; i++)
		machine->slot_of[i] = SIM_NOBODY;
	if (max_events > ABSTRACT_MAX_EVENTS || execution_init(&machine->x, max_events, &abstract_driver, machine) ||
	    race_watch(&machine->x.race, (uintptr_t)machine->cells, sizeof machine->cells)) {
		fputs("abstract program: no address space\n", stderr);
		abort();
	}
	machine->x.objects.virtual_time = program->virtual_time;
	abstract_continue(machine, 0, NULL);
	execution_pass_time(&machine->x);
	machine->hash_at[0] = abstract_state_hash(machine);
}

void abstract_release(struct abstract *machine)
{
	execution_release(&machine->x);
}

/* ---- hashes and enumeration ------------------------------------------------------------------------------------- */

static uint64_t abstract_hash(uint64_t hash, const void *data, size_t size)
{
	return XXH3_64bits_withSeed(data, size, hash);
}

static uint64_t abstract_hash_races(const struct abstract *machine, uint64_t hash)
{
	const struct sim_execution *x = &machine->x;
	const struct race *race = &x->race;
	for (int t = 0; t < ABSTRACT_THREADS; t++) {
		hash = abstract_hash(hash, &race->clock[t], vclock_size(ABSTRACT_THREADS));
		hash = abstract_hash(hash, &race->pending_acquire[t], vclock_size(ABSTRACT_THREADS));
		hash = abstract_hash(hash, &race->release_fence[t], vclock_size(ABSTRACT_THREADS));
	}
	static const struct vclock never_released;
	for (uint32_t i = SIM_MAX_THREADS; i < x->objects.n; i++)
		hash += abstract_hash(i, &race->release[i], vclock_size(ABSTRACT_THREADS)) -
		        abstract_hash(i, &never_released, vclock_size(ABSTRACT_THREADS));
	for (int i = 0; i < ABSTRACT_CELLS; i++) {
		struct race_cell cell = race->regions[0].cells[i];
		cell.promoted = cell.known = cell.history = 0; /* survive */
		hash = abstract_hash(hash, &cell, sizeof cell);
	}
	return abstract_hash(hash, &race->n_chunks, sizeof race->n_chunks);
}

/* Objects stay once they are made: one that was not used counts as if there were none. */
static uint64_t abstract_hash_objects(const struct sim_objects *objects)
{
	uint64_t sum = 0;
	for (uint32_t i = SIM_MAX_THREADS; i < objects->n; i++) {
		const struct sim_object *object = &objects->items[i];
		const struct sim_object pristine = {.key = object->key, .kind = object->kind, .owner = SIM_NOBODY};
		sum += abstract_hash(0, object, sizeof *object) - abstract_hash(0, &pristine, sizeof pristine);
	}
	return sum;
}

uint64_t abstract_state_hash(const struct abstract *machine)
{
	const struct sim_execution *x = &machine->x;
	const uint32_t numbers[] = {x->n_events, (uint32_t)x->n_incidents, x->race.position};
	uint64_t hash = abstract_hash(0, numbers, sizeof numbers);
	hash = abstract_hash(hash, machine->cells, sizeof machine->cells);
	hash = abstract_hash(hash, machine->threads, sizeof machine->threads);
	hash = abstract_hash(hash, x->objects.items, ABSTRACT_THREADS * sizeof *x->objects.items);
	hash += abstract_hash_objects(&x->objects);
	hash = abstract_hash(hash, x->pending, ABSTRACT_THREADS * sizeof *x->pending);
	hash = abstract_hash(hash, x->n_thread_events, ABSTRACT_THREADS * sizeof *x->n_thread_events);
	return abstract_hash_races(machine, hash);
}

uint64_t abstract_outcome_hash(const struct abstract *machine)
{
	const struct sim_objects *objects = &machine->x.objects;
	uint64_t hash = abstract_hash(0, machine->cells, sizeof machine->cells), sum = 0;
	for (int t = 0; t < ABSTRACT_THREADS; t++) {
		const struct sim_object *object = &objects->items[t];
		const uint32_t numbers[] = {
			object->state, object->flags, machine->x.pending[t].kind, machine->x.n_thread_events[t]};
		hash = abstract_hash(hash, numbers, sizeof numbers);
		hash = abstract_hash(hash, &machine->threads[t], sizeof machine->threads[t]);
	}
	/* The order in which objects were first named may differ: a sum. An object never used is as good as none. */
	for (uint32_t i = SIM_MAX_THREADS; i < objects->n; i++) {
		const struct sim_object *object = &objects->items[i];
		const uint64_t state[] = {object->key, object->kind, (uint64_t)object->owner, object->waiting.bits[0]};
		if (object->owner != SIM_NOBODY || object->waiting.bits[0])
			sum += abstract_hash(0, state, sizeof state);
	}
	return abstract_hash(hash, &sum, sizeof sum);
}

uint64_t abstract_each(struct abstract *machine, void (*visit)(struct abstract *machine, void *context), void *context)
{
	struct sim_execution *x = &machine->x;
	uint32_t depth = x->n_events;
	uint64_t n = 0;
	bool complete = true;
	for (int t = 0; t < (int)x->objects.n_threads; t++) {
		unsigned n_choices = execution_choices(x, t);
		complete = complete && !n_choices;
		for (unsigned choice = 0; choice < n_choices && depth < x->capacity; choice++) {
			execution_step(x, t, choice);
			n += abstract_each(machine, visit, context);
			execution_restore(x, depth);
		}
	}
	if (complete && visit)
		visit(machine, context);
	return n + complete;
}
