#include "machine_parts.h"

#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "backend.h"
#include "block.h"
#include "diagnosis.h"

enum { MACHINE_STACK = 1 << 18, MACHINE_HEAP = 1 << 16 };

extern const char __start_fuzz_program[], __stop_fuzz_program[];

static const struct program *machine_program;
static bool machine_claims;
static struct world machine_world;
struct machine_memory machine_memory;

/* ---- registers -------------------------------------------------------------------------------------------------- */

/* Stack and memory go back by different ways; here they must agree. */
static uint64_t machine_get(const struct machine_thread *thread, int i)
{
	if (thread->registers[i] != machine_memory.registers[thread->number][i]) {
		fputs("fuzz: the stack of a thread was not restored\n", stderr);
		abort();
	}
	return thread->registers[i];
}

void machine_set(struct machine_thread *thread, const struct program_statement *statement, uint64_t value)
{
	if (!statement->to)
		return;
	int i = statement->to - 1;
	uint64_t *copy = &machine_memory.registers[thread->number][i];
	undo_save(&machine_world.execution.undo, copy, sizeof *copy);
	thread->registers[i] = *copy = value;
}

uint64_t machine_value(const struct machine_thread *thread, uint8_t value)
{
	return value & PROGRAM_FROM_REGISTER ? machine_get(thread, value & ~PROGRAM_FROM_REGISTER) : value;
}

uint64_t machine_call(const struct machine_thread *thread, struct sim_op op)
{
	op.site = thread->site;
	return world_call(&op).low;
}

/* ---- threads, locks and conditions as src/posix has them, or without its rules ------------------------------------ */

static void machine_run(void *argument);

static void machine_start(const struct machine_thread *thread, const struct program_statement *s)
{
	struct world_start start = {.function = machine_run, .argument = (void *)(uintptr_t)s->thread};
	uint64_t *handle = &machine_memory.handles[s->thread];
	int slot = world_new_thread(&start);
	world_access((uintptr_t)handle, sizeof *handle, RACE_WRITE, thread->site);
	*handle = (uint64_t)slot + 1;
	machine_call(thread, (struct sim_op){.kind = SIM_OP_START, .object = (uint32_t)slot, .argument = s->detains});
}

bool machine_writers_claim(void)
{
	return machine_claims && !machine_world.execution.objects.virtual_time;
}

int64_t machine_patience(void)
{
	return 1 + world_self() % 2;
}

int64_t machine_deadline(void)
{
	return execution_now(&machine_world.execution, world_self()) + machine_patience();
}

static void machine_sleep(const struct machine_thread *thread)
{
	machine_call(thread, (struct sim_op){
		.kind = SIM_OP_SLEEP, .argument = (uint64_t)machine_patience(), .deadline_ns = machine_deadline()});
}

int machine_slot(const struct machine_thread *thread, const struct program_statement *s)
{
	const uint64_t *handle = &machine_memory.handles[s->thread];
	if (s->thread == 0)
		return world_self() == 0 ? SIM_NOBODY : 0; /* main was started by nobody */
	world_access((uintptr_t)handle, sizeof *handle, RACE_READ, thread->site);
	return *handle && (int)*handle - 1 != world_self() ? (int)*handle - 1 : SIM_NOBODY;
}

static void machine_ask(struct machine_thread *thread, const struct program_statement *s, enum sim_op_kind kind)
{
	int slot = machine_slot(thread, s);
	if (slot == SIM_NOBODY)
		return;
	bool timed = s->kind == PROGRAM_JOIN_FOR;
	struct sim_op op = {.kind = (uint8_t)kind, .object = (uint32_t)slot, .timed = timed,
	                    .deadline_ns = timed ? machine_deadline() : 0};
	uint64_t result = machine_call(thread, op);
	machine_set(thread, s, kind == SIM_OP_IS_ALIVE ? result : result == SIM_RESULT_OK);
}

static struct sim_op machine_lock_op(const struct program_statement *s, enum sim_op_kind kind)
{
	const struct sim_lock *lock = &machine_memory.locks[s->lock];
	bool timed = s->kind == PROGRAM_LOCK_FOR;
	return (struct sim_op){.kind = (uint8_t)kind, .object = world_object(lock, SIM_OBJECT_LOCK),
	                       .address = (uintptr_t)lock, .timed = timed, .deadline_ns = timed ? machine_deadline() : 0};
}

bool machine_holds(const struct program_statement *s)
{
	uint32_t lock = world_object(&machine_memory.locks[s->lock], SIM_OBJECT_LOCK);
	return machine_program->style == PROGRAM_RAW ||
	       machine_world.execution.objects.items[lock].owner == world_self();
}

static void machine_lock(struct machine_thread *thread, const struct program_statement *s, enum sim_op_kind kind)
{
	uint64_t result = machine_call(thread, machine_lock_op(s, kind));
	machine_set(thread, s, kind == SIM_OP_IS_LOCKED ? result : result == SIM_RESULT_OK);
}

static void machine_unlock(struct machine_thread *thread, const struct program_statement *s)
{
	if (machine_holds(s))
		machine_call(thread, machine_lock_op(s, SIM_OP_UNLOCK));
}

/* Whether others wait on the condition of `op` with another lock, which src/posix calls a mistake. */
static bool machine_waits_apart(const struct sim_op *op)
{
	const struct sim_execution *x = &machine_world.execution;
	const struct sim_thread_set *waiting = &x->objects.items[op->object].waiting;
	for (int i = 0, n = thread_set_count(waiting); i < n; i++) {
		int other = thread_set_nth(waiting, i);
		if (other != world_self() && x->pending[other].second != op->second)
			return true;
	}
	return false;
}

static void machine_wait(struct machine_thread *thread, const struct program_statement *s)
{
	const struct sim_condition *condition = &machine_memory.conditions[s->condition];
	if (!machine_holds(s))
		return;
	struct sim_op op = {.kind = SIM_OP_WAIT, .object = world_object(condition, SIM_OBJECT_CONDITION),
	                    .second = world_object(&machine_memory.locks[s->lock], SIM_OBJECT_LOCK),
	                    .address = (uintptr_t)condition};
	machine_call(thread, op);
	uint64_t apart = machine_waits_apart(&op) ? 2 : 0;
	op.kind = SIM_OP_WAKE;
	op.timed = s->kind == PROGRAM_WAIT_FOR;
	op.deadline_ns = op.timed ? machine_deadline() : 0;
	machine_set(thread, s, apart + (machine_call(thread, op) == SIM_RESULT_OK));
}

static void machine_notify(struct machine_thread *thread, const struct program_statement *s, uint64_t n)
{
	const struct sim_condition *condition = &machine_memory.conditions[s->condition];
	machine_call(thread, (struct sim_op){.kind = SIM_OP_NOTIFY, .object = world_object(condition, SIM_OBJECT_CONDITION),
	                                     .address = (uintptr_t)condition, .argument = n});
}

static void machine_synchronise(struct machine_thread *thread, const struct program_statement *s)
{
	switch (s->kind) {
	case PROGRAM_START:
		machine_start(thread, s);
		break;
	case PROGRAM_JOIN:
	case PROGRAM_JOIN_FOR:
		machine_ask(thread, s, SIM_OP_JOIN);
		break;
	case PROGRAM_IS_ALIVE:
		machine_ask(thread, s, SIM_OP_IS_ALIVE);
		break;
	case PROGRAM_LOCK:
	case PROGRAM_LOCK_FOR:
		machine_lock(thread, s, SIM_OP_LOCK);
		break;
	case PROGRAM_TRY_LOCK:
		machine_lock(thread, s, SIM_OP_TRY_LOCK);
		break;
	case PROGRAM_UNLOCK:
		machine_unlock(thread, s);
		break;
	case PROGRAM_IS_LOCKED:
		machine_lock(thread, s, SIM_OP_IS_LOCKED);
		break;
	case PROGRAM_WAIT:
	case PROGRAM_WAIT_FOR:
		machine_wait(thread, s);
		break;
	case PROGRAM_NOTIFY:
		machine_notify(thread, s, s->n);
		break;
	case PROGRAM_NOTIFY_ALL:
		machine_notify(thread, s, SIM_NOTIFY_ALL);
		break;
	}
}

/* ---- the same as sim_ primitives ---------------------------------------------------------------------------------- */

static void machine_synchronise_sim(struct machine_thread *thread, const struct program_statement *s)
{
	struct sim_thread *other = s->thread == 0 ? sim_thread_main() : &machine_memory.threads[s->thread];
	struct sim_lock *lock = &machine_memory.locks[s->lock];
	struct sim_condition *condition = &machine_memory.conditions[s->condition];
	switch (s->kind) {
	case PROGRAM_START:
		sim_thread_start(other);
		break;
	case PROGRAM_JOIN:
		sim_thread_join(other);
		break;
	case PROGRAM_JOIN_FOR:
		machine_set(thread, s, sim_thread_join_for(other, machine_patience()) == SIM_OK);
		break;
	case PROGRAM_IS_ALIVE:
		machine_set(thread, s, sim_thread_is_alive(other));
		break;
	case PROGRAM_LOCK:
		sim_lock_acquire(lock);
		break;
	case PROGRAM_LOCK_FOR:
		machine_set(thread, s, sim_lock_acquire_for(lock, machine_patience()) == SIM_OK);
		break;
	case PROGRAM_TRY_LOCK:
		machine_set(thread, s, sim_lock_try_acquire(lock));
		break;
	case PROGRAM_UNLOCK:
		sim_lock_release(lock);
		break;
	case PROGRAM_IS_LOCKED:
		machine_set(thread, s, sim_lock_locked(lock));
		break;
	case PROGRAM_WAIT:
		sim_condition_wait(condition);
		break;
	case PROGRAM_WAIT_FOR:
		machine_set(thread, s, sim_condition_wait_for(condition, machine_patience()) == SIM_OK);
		break;
	case PROGRAM_NOTIFY:
		sim_condition_notify(condition, s->n);
		break;
	case PROGRAM_NOTIFY_ALL:
		sim_condition_notify_all(condition);
		break;
	}
}

/* ---- memory ------------------------------------------------------------------------------------------------------- */

static enum sim_order machine_fail_order(enum sim_order order)
{
	if (order == SIM_ACQ_REL)
		return SIM_ACQUIRE;
	return order == SIM_RELEASE ? SIM_RELAXED : order;
}

void machine_atomic(struct machine_thread *thread, const struct program_statement *s, enum sim_op_kind kind, enum sim_rmw rmw)
{
	const uint8_t *address = &machine_memory.bytes[s->at];
	struct sim_op op = {.kind = (uint8_t)kind, .rmw = (uint8_t)rmw, .size = s->size, .order = s->order,
	                    .fail_order = (uint8_t)machine_fail_order(s->order), .address = (uintptr_t)address,
	                    .object = world_object(address, SIM_OBJECT_ATOMIC)};
	uint64_t mask = s->size == 8 ? UINT64_MAX : (UINT64_C(1) << 8 * s->size) - 1;
	op.operand.low = machine_value(thread, s->value) & mask;
	op.expected.low = machine_value(thread, s->expected) & mask;
	uint64_t old = machine_call(thread, op);
	machine_set(thread, s, kind == SIM_OP_ATOMIC_CAS ? old == op.expected.low : old);
}

/* What polls is code of the program, whose frames are the state of a thread (spin.h). Nothing changes from one attempt to
 * the next. */
PROGRAM_CODE static void machine_poll(const struct machine_thread *thread, const struct sim_op *op, uint64_t until)
{
	while (machine_call(thread, *op) != until) {
	}
}

PROGRAM_CODE static void machine_await(const struct machine_thread *thread, const struct program_statement *s)
{
	static const uint8_t ops[] = {[PROGRAM_AWAIT] = SIM_OP_ATOMIC_LOAD, [PROGRAM_TAKE] = SIM_OP_ATOMIC_RMW,
	                              [PROGRAM_TAKE_CAS] = SIM_OP_ATOMIC_CAS};
	const uint8_t *address = &machine_memory.bytes[s->at];
	bool takes = s->kind == PROGRAM_TAKE || s->kind == PROGRAM_TAKE_CAS;
	const struct sim_op op = {.kind = ops[s->kind], .rmw = SIM_RMW_EXCHANGE, .size = s->size, .order = s->order,
	                          .fail_order = (uint8_t)machine_fail_order(s->order), .address = (uintptr_t)address,
	                          .object = world_object(address, SIM_OBJECT_ATOMIC), .operand.low = takes};
	machine_poll(thread, &op, takes ? 0 : machine_value(thread, s->value));
}

PROGRAM_CODE static void machine_poll_napping(const struct machine_thread *thread, const struct sim_op *op, uint64_t until)
{
	while (machine_call(thread, *op) != until)
		machine_sleep(thread);
}

/* Polls two locations. Returns what was in them, 16 times the first and the second. */
PROGRAM_CODE static uint64_t machine_poll_pair(const struct machine_thread *thread, enum program_kind kind,
                                               const struct sim_op op[2], uint64_t until)
{
	for (;;) {
		uint64_t first = machine_call(thread, op[0]);
		if (kind == PROGRAM_AWAIT_BOTH && first != until)
			continue;
		uint64_t second = machine_call(thread, op[1]);
		if (kind == PROGRAM_AWAIT_BELOW ? first < second
		                                : second == until || (kind == PROGRAM_AWAIT_EITHER && first == until))
			return 16 * first + second;
	}
}

PROGRAM_CODE static void machine_await_loads(struct machine_thread *thread, const struct program_statement *s)
{
	struct sim_op op[2];
	for (int i = 0; i < 2; i++) {
		const uint8_t *address = &machine_memory.bytes[i ? s->at ^ 8 : s->at];
		op[i] = (struct sim_op){.kind = SIM_OP_ATOMIC_LOAD, .size = s->size, .order = s->order,
		                        .address = (uintptr_t)address, .object = world_object(address, SIM_OBJECT_ATOMIC)};
	}
	if (s->kind == PROGRAM_AWAIT_NAPPING)
		machine_poll_napping(thread, op, machine_value(thread, s->value));
	else
		machine_set(thread, s, machine_poll_pair(thread, s->kind, op, machine_value(thread, s->value)));
}

/* Asks until the event is set, without a timeout or with one. Only in virtual time does it matter when that comes. */
PROGRAM_CODE static void machine_poll_event(const struct machine_thread *thread, const struct program_statement *s)
{
	const struct sim_event_flag *event = &machine_memory.events[s->event];
	bool asks = s->kind == PROGRAM_EVENT_POLL;
	struct sim_op op = {.kind = asks ? SIM_OP_EVENT_IS_SET : SIM_OP_EVENT_WAIT, .timed = !asks,
	                    .address = (uintptr_t)event, .object = world_object(event, SIM_OBJECT_EVENT)};
	uint64_t until = asks ? true : SIM_RESULT_OK;
	do
		if (machine_world.execution.objects.virtual_time)
			op.deadline_ns = machine_deadline();
	while (machine_call(thread, op) != until);
}

PROGRAM_CODE static uint64_t machine_read_in_block(const struct machine_thread *thread, const struct program_statement *s)
{
	volatile uint32_t value = 0; /* on the stack before the block, as in each later attempt */
	block_begin(thread->site);
	world_access((uintptr_t)&machine_memory.bytes[s->at], sizeof value, RACE_READ, thread->site);
	memcpy((void *)&value, &machine_memory.bytes[s->at], sizeof value);
	block_end();
	return value;
}

PROGRAM_CODE static void machine_await_in_blocks(const struct machine_thread *thread, const struct program_statement *s)
{
	while (machine_read_in_block(thread, s) != s->value) {
	}
}

static void machine_read(struct machine_thread *thread, const struct program_statement *s)
{
	uint64_t value = 0;
	world_access((uintptr_t)&machine_memory.bytes[s->at], s->size, RACE_READ, thread->site);
	memcpy(&value, &machine_memory.bytes[s->at], s->size < sizeof value ? s->size : sizeof value);
	machine_set(thread, s, value);
}

static void machine_write(const struct machine_thread *thread, const struct program_statement *s)
{
	uint64_t value = machine_value(thread, s->value);
	world_access((uintptr_t)&machine_memory.bytes[s->at], s->size, RACE_WRITE, thread->site);
	if (s->size <= sizeof value)
		memcpy(&machine_memory.bytes[s->at], &value, s->size);
	else
		memset(&machine_memory.bytes[s->at], (int)value, s->size);
}

/* ---- statements --------------------------------------------------------------------------------------------------- */

/* Whether the caller, if it is in a block, may execute the statement. */
static bool machine_admits(const struct program_statement *s)
{
	if (machine_world.execution.objects.in_block != world_self())
		return true;
	switch (s->kind) {
	case PROGRAM_TRY_LOCK:
	case PROGRAM_UNLOCK:
	case PROGRAM_IS_LOCKED:
	case PROGRAM_NOTIFY:
	case PROGRAM_NOTIFY_ALL:
	case PROGRAM_SEM_TRY_ACQUIRE:
	case PROGRAM_SEM_RELEASE:
	case PROGRAM_EVENT_SET:
	case PROGRAM_EVENT_CLEAR:
	case PROGRAM_EVENT_IS_SET:
	case PROGRAM_TRY_READ_LOCK:
	case PROGRAM_TRY_WRITE_LOCK:
	case PROGRAM_TRY_PUT:
	case PROGRAM_TRY_GET:
	case PROGRAM_TASK_DONE:
	case PROGRAM_FAIL:
		return true;
	case PROGRAM_PIPE_READ:
	case PROGRAM_PIPE_WRITE:
		return s->to;
	case PROGRAM_COUNTER_TAKE:
		return s->detains;
	default:
		return (s->kind >= PROGRAM_LOAD && s->kind <= PROGRAM_FENCE) || (s->kind >= PROGRAM_READ && s->kind <= PROGRAM_PRUNE);
	}
}

PROGRAM_CODE static void machine_execute(struct machine_thread *thread, const struct program_statement *s)
{
	if (!machine_admits(s))
		return;
	switch (s->kind) {
	case PROGRAM_ENUMERATE:
		machine_set(thread, s, (uint64_t)__builtin_popcountll(
			machine_call(thread, (struct sim_op){.kind = SIM_OP_ENUMERATE})));
		break;
	case PROGRAM_SLEEP:
		machine_sleep(thread);
		break;
	case PROGRAM_LOAD:
		machine_atomic(thread, s, SIM_OP_ATOMIC_LOAD, 0);
		break;
	case PROGRAM_STORE:
		machine_atomic(thread, s, SIM_OP_ATOMIC_STORE, 0);
		break;
	case PROGRAM_ADD:
		machine_atomic(thread, s, SIM_OP_ATOMIC_RMW, SIM_RMW_ADD);
		break;
	case PROGRAM_EXCHANGE:
		machine_atomic(thread, s, SIM_OP_ATOMIC_RMW, SIM_RMW_EXCHANGE);
		break;
	case PROGRAM_CAS:
		machine_atomic(thread, s, SIM_OP_ATOMIC_CAS, 0);
		break;
	case PROGRAM_FENCE:
		race_on_fence(&machine_world.execution.race, world_self(), (enum sim_order)s->order);
		break;
	case PROGRAM_AWAIT:
	case PROGRAM_TAKE:
	case PROGRAM_TAKE_CAS:
		machine_await(thread, s);
		break;
	case PROGRAM_EVENT_POLL:
	case PROGRAM_EVENT_RETRY:
		machine_poll_event(thread, s);
		break;
	case PROGRAM_BLOCK_AWAIT:
		machine_await_in_blocks(thread, s);
		break;
	case PROGRAM_AWAIT_NAPPING:
	case PROGRAM_AWAIT_EITHER:
	case PROGRAM_AWAIT_BOTH:
	case PROGRAM_AWAIT_BELOW:
		machine_await_loads(thread, s);
		break;
	case PROGRAM_READ:
		machine_read(thread, s);
		break;
	case PROGRAM_WRITE:
		machine_write(thread, s);
		break;
	case PROGRAM_CHOOSE:
		machine_set(thread, s, machine_call(thread, (struct sim_op){.kind = SIM_OP_CHOOSE, .argument = s->n}));
		break;
	case PROGRAM_BEGIN_BLOCK:
		block_begin(thread->site);
		break;
	case PROGRAM_END_BLOCK:
		block_end();
		break;
	case PROGRAM_PRUNE:
		world_prune();
	case PROGRAM_FAIL:
		world_fail((struct incident){.kind = INCIDENT_ASSERTION, .text = "fail", .site = thread->site});
	case PROGRAM_EXIT:
		machine_call(thread, (struct sim_op){.kind = SIM_OP_EXIT, .argument = s->detains});
		break;
	default:
		if (machine_use_primitive(thread, s) || machine_use_system(thread, s) ||
		    machine_use_cancellation(thread, s))
			break;
		if (machine_program->style == PROGRAM_SIM)
			machine_synchronise_sim(thread, s);
		else
			machine_synchronise(thread, s);
	}
}

PROGRAM_CODE static void machine_run(void *argument)
{
	struct machine_thread thread = {.number = (int)(uintptr_t)argument};
	for (int i = 0; i < machine_program->n_statements[thread.number]; i++) {
		const struct program_statement *s = &machine_program->statements[thread.number][i];
		thread.site = (uint32_t)(1 + thread.number * PROGRAM_STATEMENTS + i);
		if (!s->guard || machine_get(&thread, s->guard - 1))
			machine_execute(&thread, s);
	}
	while (thread.number == 0 && block_end()) {
		/* Other threads may end in a block, the program may not. */
	}
}

/* ---- the whole ---------------------------------------------------------------------------------------------------- */

struct sim_execution *machine_open(const struct program *program, const struct machine_options *options)
{
	struct world_options world_options = {
		.stack_size = MACHINE_STACK, .heap_size = MACHINE_HEAP, .max_events = options->max_events};
	struct world_program entry = {.entry = machine_run, .tls_image = "", .code_low = (uintptr_t)__start_fuzz_program,
	                              .code_high = (uintptr_t)__stop_fuzz_program, .globals_low = (uintptr_t)&machine_memory,
	                              .globals_high = (uintptr_t)(&machine_memory + 1)};
	char error[256] = "no address space";
	machine_program = program;
	memset(&machine_memory, 0, sizeof machine_memory);
	for (int i = 0; i < PROGRAM_CONDITIONS; i++)
		sim_condition_init(&machine_memory.conditions[i], NULL, &machine_memory.locks[i]);
	machine_make_primitives();
	for (int t = 0; t < PROGRAM_THREADS; t++)
		sim_thread_init(&machine_memory.threads[t], NULL, machine_run, (void *)(uintptr_t)t);
	sim_backend_select(&coop_backend);
	if (world_init(&machine_world, &world_options, &entry, error, sizeof error) ||
	    net_init(&machine_world.net, options->verifies ? NET_VERIFY : NET_OFF, &machine_world)) {
		fprintf(stderr, "fuzz: %s\n", error);
		exit(2);
	}
	machine_claims = !options->claims_nothing;
	machine_world.execution.detect_spin = !options->explores_spin;
	machine_world.execution.objects.virtual_time = options->virtual_time;
	world_begin(&machine_world);
	return &machine_world.execution;
}

void machine_close(void)
{
	world_release(&machine_world);
	world_running = NULL;
}

static int machine_slot_of(int number)
{
	if (machine_program->style == PROGRAM_SIM)
		return (int)machine_memory.threads[number].opaque[0] - 1;
	return (int)machine_memory.handles[number] - 1;
}

/* Whether a thread of the execution, which is complete, would go on polling for ever. */
static bool machine_is_endless(const struct sim_execution *x)
{
	for (uint32_t t = 0; t < x->objects.n_threads; t++)
		if (x->spin[t].active && x->objects.items[t].state == SIM_THREAD_ALIVE)
			return !semantics_exited(&x->objects);
	return false;
}

uint64_t machine_outcome(bool *is_endless)
{
	const struct sim_execution *x = &machine_world.execution;
	struct diagnosis found[EXECUTION_MAX_INCIDENTS];
	uint64_t hash = XXH3_64bits(machine_memory.bytes, sizeof machine_memory.bytes);
	hash = XXH3_64bits_withSeed(machine_memory.registers, sizeof machine_memory.registers, hash);
	for (int t = 0; t < PROGRAM_THREADS; t++) {
		int slot = t ? machine_slot_of(t) : 0;
		hash = 31 * hash + (slot == SIM_NOBODY ? 0 : 1 + x->objects.items[slot].state);
	}
	int n = diagnosis_of_end(x, found, EXECUTION_MAX_INCIDENTS);
	uint64_t keys = 0; /* a sum: incidents of different threads have no order */
	for (int i = 0; i < n; i++)
		keys += found[i].key;
	*is_endless = machine_is_endless(x);
	return XXH3_64bits_withSeed(&keys, sizeof keys, hash);
}

uintptr_t machine_base(void)
{
	return (uintptr_t)&machine_memory;
}

void machine_promoted(bool promoted[sizeof(struct machine_memory)])
{
	for (size_t i = 0; i < sizeof machine_memory; i++)
		promoted[i] = race_is_promoted(&machine_world.execution.race, (uintptr_t)&machine_memory + i, 1);
}
