/*
 * The world: how threads start, stop, step and go back.
 *
 * A step (world_step) does three things in this order: it saves what the thread is about to change without announcing it
 * - its saved registers and live stack, its record - into the undo log; it executes the pending operation on the model
 * (execution_open); and it switches to the thread's coroutine, which runs up to its next operation and switches back.
 * Memory that the thread writes on its way is logged by the instrumentation (world_access). Going back therefore is
 * undo_restore() and nothing else.
 *
 *  I1  While no thread runs, the machine state of every thread is [co.sp, top of its stack).
 *  I2  Bytes below co.sp are dead: no restore looks at them.
 *  I3  A thread that starts in a step runs up to its first operation inside that step, so that every live thread has a
 *      pending operation whenever a strategy looks.
 */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "block.h"
#include "bounds.h"
#include "invariant.h"
#include "heap.h"
#include "leak.h"
#include "reserve.h"
#include "sanitizer.h"
#include "uninit.h"

/* How far below its present depth a stack may hold traces of abandoned frames of the checker's own functions. */
enum { WORLD_SCRATCH = 1 << 16 };

/* So often a step looks at the clock before time passes. */
enum { WORLD_CLOCK_READS = 1000 };

static const size_t world_output_capacity = (size_t)16 << 20;

struct world *world_running;
void (*world_on_refusal)(const char *function, const char *why, uint32_t site);
void (*world_on_drift)(const struct sim_event *event, bool called);

/* ---- switching -------------------------------------------------------------------------------------------------- */

static void world_resume(struct world *world, int slot)
{
	world->current = slot;
	world_running = world;
	coroutine_switch(&world->scheduler, &world->threads[slot].co);
	world_running = NULL;
	world->current = SIM_NOBODY;
}

/* Whether the scheduler would choose the running thread next if it came to the operation. */
static bool world_is_next(const struct world *world, const struct sim_op *op)
{
	const struct sim_execution *x = &world->execution;
	unsigned rank = execution_rank(op);
	for (int t = 0; t < (int)x->objects.n_threads; t++) {
		unsigned other = execution_rank(&x->pending[t]);
		if (t != world->current && (other < rank || (other == rank && t < world->current)) && execution_choices(x, t))
			return false;
	}
	return semantics_choices(op, world->current, &x->objects) == 1;
}

static bool world_is_alone(const struct world *world)
{
	const struct sim_execution *x = &world->execution;
	for (uint32_t t = 0; t < x->objects.n_threads; t++)
		if ((int)t != world->current && x->objects.items[t].state == SIM_THREAD_ALIVE)
			return false;
	return true;
}

/* Whether the announced operation may be executed without asking the scheduler. Of accesses, only the first after the last
 * join: where there are more, it may be a loop that polls, and its steps have to be seen one by one. Never inline: the frame
 * of the caller is compared between two attempts to poll (spin.h), and must hold nothing that is left over from here. */
static __attribute__((noinline)) bool world_may_run_ahead(const struct world *world, const struct sim_op *op)
{
	const struct sim_execution *x = &world->execution;
	if (!world->event || world->event->thread != world->current || world->net.mode != NET_OFF || x->n_events == x->capacity)
		return false;
	if (op_is_memory(op))
		return world->event->op.kind == SIM_OP_JOIN && world_is_alone(world);
	bool sleeps = op->kind == SIM_OP_SLEEP && !x->detect_spin; /* else a step of its own (spin.h) */
	bool ends = op->kind == SIM_OP_EXIT && !world->options.leaks; /* else its stack is still asked for */
	return (op->kind == SIM_OP_JOIN || op->kind == SIM_OP_UNLOCK || sleeps || ends) && world_is_next(world, op);
}

/* Leaves the running thread for good. Its coroutine is never resumed; a restore may bring back an earlier moment. */
static _Noreturn void world_leave(void)
{
	struct world *world = world_running;
	coroutine_jump(&world->threads[world->current].co, &world->scheduler);
}

/* One more event in the step under way. */
static __attribute__((noinline)) struct sim_wide world_run_ahead(struct world *world, const struct sim_op *op)
{
	struct sim_execution *x = &world->execution;
	execution_close(x, world->event);
	x->pending[world->current] = *op;
	x->n_steps++;
	world->event = execution_open_ahead(x, world->current);
	world->starts[x->n_events - 1].stack = NULL;
	if (op->kind == SIM_OP_EXIT)
		world_leave();
	return world->event->result;
}

struct sim_wide world_call(struct sim_op *op)
{
	struct world *world = world_running;
	struct world_thread *thread = &world->threads[world->current];
	if (!op->site)
		op->site = world_site();
	if (world->execution.objects.in_block == world->current)
		block_admit(op);
	if (world->endings.recording)
		endings_on_operation(world, op);
	if (world->execution.run_ahead && world_may_run_ahead(world, op))
		return world_run_ahead(world, op);
	world->execution.pending[world->current] = *op;
	thread->frame = __builtin_frame_address(0);
	coroutine_switch(&thread->co, &world->scheduler);
	return thread->result;
}

static void world_mark_ended(struct world *world, bool failed)
{
	struct sim_execution *x = &world->execution;
	block_leave();
	x->pending[world->current].kind = SIM_OP_NONE;
	semantics_end(world->current, failed, &x->objects);
	struct sim_event *event = world->event;
	if (event && event->thread != world->current) {
		event->ends_started = true;
		event->failed_started = failed;
	} else if (event) {
		event->ends = event->special = true;
		event->failed = failed;
	}
}

void world_end_thread(void)
{
	if (world_running->program.at_thread_end)
		world_running->program.at_thread_end();
	world_mark_ended(world_running, false);
	world_leave();
}

void world_fail(struct incident incident)
{
	struct world *world = world_running;
	incident.thread = world->current;
	execution_incident(&world->execution, incident);
	world_mark_ended(world, true);
	world_leave();
}

/* Called where the program calls in, since it may not be stopped inside the C library. */
static _Noreturn void world_give_up_step(void)
{
	world_running->overdue_step = UINT64_MAX;
	world_fail((struct incident){.kind = INCIDENT_NONTERMINATION, .site = world_site()});
}

void world_exhaust(const char *shortage)
{
	struct world *world = world_running;
	if (!world->execution.exhausted) {
		world->shortage = shortage;
		world->shortage_site = world_site();
	}
	world->execution.exhausted = true;
	world_mark_ended(world, true);
	world_leave();
}

void world_prune(void)
{
	execution_prune(&world_running->execution);
	world_mark_ended(world_running, true);
	world_leave();
}

void world_exit(bool waits)
{
	struct sim_op op = {.kind = SIM_OP_EXIT, .argument = waits};
	world_call(&op);
	world_leave();
}

void world_leave_main(void)
{
	struct world *world = world_running;
	object_touch(&world->execution.objects, 0)->flags |= SIM_THREAD_RETURNED;
	if (world->event && world->event->thread == 0)
		world->event->ends = world->event->special = true;
}

void world_end_main(void)
{
	if (world_running->program.at_end)
		world_running->program.at_end();
	world_leave_main();
	world_exit(true);
}

void world_refuse(const char *function, const char *why)
{
	world_on_refusal(function, why, world_site());
	abort();
}

/* ---- threads ---------------------------------------------------------------------------------------------------- */

static void world_thread_main(void *argument)
{
	struct world_thread *thread = argument;
	thread->function(thread->argument);
	if (world_self() == 0)
		world_end_main();
	world_end_thread();
}

/* The slot's stack gets its guard page when the slot is first used; that stays for the whole check. */
static void world_map(struct world *world, int slot)
{
	if (world->mapped[slot])
		return;
	if (arena_guard(&world->arena, slot)) {
		perror("simcheck: cannot protect the end of a stack");
		abort();
	}
	world->mapped[slot] = true;
	world->heap_high[slot] = arena_heap(&world->arena, slot);
}

/* Gives the thread in `slot` its initial memory and registers. */
static void world_prepare(struct world *world, int slot)
{
	const struct world_program *program = &world->program;
	char *tls = arena_tls(&world->arena, slot);
	if (program->tls_file_size)
		memcpy(tls, program->tls_image, program->tls_file_size);
	memset(tls + program->tls_file_size, 0, program->tls_size - program->tls_file_size);
	coroutine_init(&world->threads[slot].co, arena_stack_low(&world->arena, slot),
	               arena_stack_high(&world->arena, slot), world_thread_main, &world->threads[slot]);
}

int world_new_thread(const struct world_start *start)
{
	struct world *world = world_running;
	struct sim_execution *x = &world->execution;
	struct world_thread *self = world_thread();
	int slot = execution_slot(x, world->current, self->n_children + 1);
	if (slot == SIM_NOBODY)
		world_refuse(start->caller,
		             "the program has more than 128 threads in one execution, main included: let it start fewer, for example with -D");
	self->n_children++;
	world_map(world, slot);
	struct world_thread *child = &world->threads[slot];
	undo_save(&x->undo, child, sizeof *child);
	*child = (struct world_thread){.function = start->function, .argument = start->argument, .handle = start->handle,
	                               .routine = start->routine ? start->routine : (void *)start->function,
	                               .heap_top = arena_heap(&world->arena, slot), .start_site = world_site()};
	execution_name_thread(x, slot, start->name ? start->name : "");
	return slot;
}

void world_launch(int slot, bool detains)
{
	struct sim_op op = {.kind = SIM_OP_START, .object = (uint32_t)slot, .argument = detains,
	                    .address = (uintptr_t)world_running->threads[slot].handle};
	world_call(&op);
}

/* ---- stepping --------------------------------------------------------------------------------------------------- */

/* What the thread changes by running, announced by nobody. */
static void world_save_thread(struct world *world, int slot)
{
	struct undo *undo = &world->execution.undo;
	struct world_thread *thread = &world->threads[slot];
	char *sp = thread->co.sp;
	struct spin_start *start = &world->starts[world->step_position];
	*start = (struct spin_start){.stack = undo->top, .sp = (uintptr_t)sp, .effects = world->effects,
	                             .n_clock_reads = world->n_clock_reads,
	                             .n_incidents = world->execution.n_incidents};
	undo_save(undo, sp, (size_t)(arena_stack_high(&world->arena, slot) - sp));
	start->thread = undo->top;
	undo_save(undo, thread, sizeof *thread);
}

static void world_step(struct sim_execution *x, int slot, unsigned choice)
{
	struct world *world = x->machine;
	struct drift_before before = {.position = x->n_events, .n_found = x->race.n_found, .n_wanted = x->n_wanted,
	                              .n_unknown = world->drift.n_unknown, .n_output = world->n_output};
	struct sim_event *event = execution_open(x, slot, choice);
	world->event = event;
	world->step_serial++;
	world->step_position = x->n_events - 1;
	world->clock_due = world->n_clock_reads + WORLD_CLOCK_READS;
	loop_begin(&world->loop);
	world_save_thread(world, slot);
	world->threads[slot].result = event->result;
	if (event->starts) {
		/* Its record was made before this step, and changes from here on. */
		undo_save(&x->undo, &world->threads[event->started], sizeof world->threads[event->started]);
		world_prepare(world, event->started);
		world_resume(world, event->started);
	}
	if (!event->again && !event->final)
		world_resume(world, slot);
	execution_close(x, world->event);
	if (world->options.leaks)
		leak_at_end(world);
	invariant_check(world, slot);
	x->n_spun = x->detect_spin ? spin_repeats(world, slot) : 0;
	if (world->net.mode != NET_OFF)
		net_on_step(world, slot);
	world->event = NULL;
	drift_look(world, choice, &before);
}

static void world_restored(struct sim_execution *x, uint32_t depth)
{
	struct world *world = x->machine;
	world->endings.recording = false;
	for (uint32_t t = 0; t < x->objects.n_threads; t++)
		if (world->threads[t].co.sp)
			sanitizer_unpoison((char *)world->threads[t].co.sp - WORLD_SCRATCH, arena_stack_high(&world->arena, (int)t));
	if (world->net.mode != NET_OFF && world->drift.repeats)
		net_compare_hash(world, depth);
	else if (world->net.mode != NET_OFF)
		net_on_restore(world, depth);
}

static uint32_t world_known_ending(struct sim_execution *x, int thread)
{
	return endings_find(x->machine, thread);
}

static bool world_learn_ending(struct sim_execution *x, uint32_t n_of_interest)
{
	struct world *world = x->machine;
	return endings_learn(world, n_of_interest <= world->endings.position);
}

static const struct execution_driver world_driver = {
	.step = world_step, .restored = world_restored, .known_ending = world_known_ending, .learn_ending = world_learn_ending};

void world_begin(struct world *world)
{
	struct sim_execution *x = &world->execution;
	struct world_thread *main_thread = &world->threads[0];
	world_map(world, 0);
	main_thread->function = world->program.entry;
	main_thread->argument = world->program.argument;
	main_thread->heap_top = arena_heap(&world->arena, 0);
	world_prepare(world, 0);
	world->clock_due = WORLD_CLOCK_READS;
	loop_begin(&world->loop);
	world_resume(world, 0);
	execution_pass_time(x);
	/* Nothing before the first operation is ever taken back: no other thread exists yet. */
	x->undo.top = x->undo.base;
	net_begin(world);
}

/* ---- time ------------------------------------------------------------------------------------------------------- */

/* The first time by a millisecond, then by a second, a quarter of an hour, two weeks: whoever waits for a moment, or asks
 * whether a time is over, needs not many attempts. */
void world_let_time_pass(struct world *world, int slot)
{
	enum { FIRST = 20, STEP = 10, N = 4 };
	struct sim_execution *x = &world->execution;
	struct world_thread *thread = &world->threads[slot];
	int64_t *now_ns = &x->race.clock[slot].now_ns;
	int64_t passes_ns = INT64_C(1) << (FIRST + STEP * (thread->n_waits < N ? thread->n_waits : N - 1));
	undo_save(&x->undo, now_ns, sizeof *now_ns);
	undo_save(&x->undo, &thread->n_waits, sizeof thread->n_waits);
	thread->n_waits++;
	if (*now_ns < INT64_MAX / 2)
		*now_ns += passes_ns;
}

/* A loop that looks at nothing but the clock waits for time to pass. */
int64_t world_now(void)
{
	struct world *world = world_running;
	world->endings.recording = false;
	if (++world->n_clock_reads >= world->clock_due && !world->execution.objects.virtual_time) {
		world_let_time_pass(world, world->current);
		world->clock_due = world->n_clock_reads + WORLD_CLOCK_READS;
	}
	return execution_now(&world->execution, world->current);
}

struct sim_op world_sleep_op(int64_t duration_ns)
{
	struct sim_op op = {.kind = SIM_OP_SLEEP, .argument = (uint64_t)duration_ns};
	int64_t now_ns = execution_now(&world_running->execution, world_self());
	if (__builtin_add_overflow(now_ns, duration_ns, &op.deadline_ns))
		op.deadline_ns = INT64_MAX;
	return op;
}

void world_sleep(int64_t duration_ns)
{
	struct sim_op op = world_sleep_op(duration_ns);
	world_call(&op);
}

/* ---- memory and output ------------------------------------------------------------------------------------------ */

bool world_on_stack(const struct world *world, int t, uintptr_t address)
{
	return address - (uintptr_t)arena_stack_low(&world->arena, t) < world->arena.stack_size;
}

/* A plain access to a location that races: one operation, however long. In pieces, a write of the program's own would be
 * done after the last of them only, and what others find after the first would depend on more than the order of events. */
void world_announce_access(uintptr_t address, size_t size, int type, uint32_t site)
{
	struct sim_op op = {.kind = type & RACE_WRITE ? SIM_OP_WRITE : SIM_OP_READ, .address = address, .argument = size,
	                    .site = site};
	world_call(&op);
}

void world_note_place(uintptr_t address)
{
	struct world *world = world_running;
	int slot = arena_slot(&world->arena, address);
	if (slot == SIM_NOBODY || slot == world->current || world->stacks[slot].shared || !world_on_stack(world, slot, address))
		return;
	world->stacks[slot].shared = true;
	world->execution.race.misses_records |= world->stacks[slot].skipped && world->execution.race.skips;
}

/* Whether nobody can race with an access of the caller: it is one of its own stack, at which no other thread has ever looked. */
static bool world_is_private(struct world *world, uintptr_t address)
{
	struct world_stack *stack = &world->stacks[world->current];
	if (!world_on_stack(world, world->current, address)) {
		world_note_place(address);
		return false;
	}
	if (stack->shared || !world->execution.race.skips)
		return false;
	stack->skipped = true;
	return true;
}

void world_visit(uintptr_t address, size_t size, int type, uint32_t site)
{
	struct world *world = world_running;
	struct sim_execution *x = &world->execution;
	bool writes = type & RACE_WRITE;
	if (bounds_may_fail(world, address, size) || (writes && !race_cell(&x->race, address)))
		bounds_check(address, size, type, site);
	if (world->endings.recording)
		endings_on_access(world, address, size, type);
	if (world->on_access) {
		world_thread()->frame = __builtin_frame_address(0); /* from where to find the variable */
		world->on_access(world, address, size, type, site);
	}
	if (race_is_promoted(&x->race, address, size))
		world_announce_access(address, size, type, site);
	execution_note_access(x, address, size, type, site);
	if (x->n_accesses >= world->loop.due && loop_on_access(world, address, size, writes, site))
		world_announce_access(address, size, type, site);
	if (!world_is_private(world, address))
		race_on_access(&x->race, world->current, address, size, type, site);
}

void world_overwrite(uintptr_t address, size_t size, uint32_t site)
{
	struct world *world = world_running;
	world_visit(address, size, RACE_WRITE, site);
	if (!world_on_stack(world, world->current, address))
		undo_save(&world->execution.undo, (void *)address, size);
}

void world_access(uintptr_t address, size_t size, int type, uint32_t site)
{
	struct world *world = world_running;
	world_visit(address, size, type, site);
	if (!(type & RACE_WRITE))
		return;
	if (!world_on_stack(world, world->current, address))
		undo_save(&world->execution.undo, (void *)address, size);
	if (world->options.uninit)
		uninit_wrote(address, size);
}

void world_note_order(int order, uint32_t site)
{
	if (order != SIM_SEQ_CST && !world_running->weak_site && !world_is_alone(world_running))
		world_running->weak_site = site;
}

void world_print(const char *text, size_t n)
{
	struct world *world = world_running;
	world->effects++;
	if (n > world_output_capacity - world->n_output)
		world_exhaust("the program prints more than 16 MB in one execution");
	undo_save(&world->execution.undo, &world->n_output, sizeof world->n_output);
	memcpy(world->output + world->n_output, text, n);
	world->n_output += n;
}

uint32_t world_object(const void *address, enum sim_object_kind kind)
{
	world_running->endings.recording &= kind == SIM_OBJECT_ATOMIC;
	return object_at(&world_running->execution.objects, (uintptr_t)address, kind);
}

uint32_t world_site(void)
{
	const struct world *world = world_running;
	if (world->overdue_step == world->step_serial)
		world_give_up_step();
	const struct world_program *program = &world->program;
	void **frame = __builtin_frame_address(0);
	for (void **inner = NULL; frame > inner && world_on_stack(world, world->current, (uintptr_t)frame);) {
		uintptr_t pc = (uintptr_t)frame[1];
		if (pc - program->code_low < program->code_high - program->code_low)
			return (uint32_t)(pc - program->base);
		inner = frame;
		frame = frame[0];
	}
	return world->threads[world->current].start_site;
}

/* ---- whole ------------------------------------------------------------------------------------------------------ */

static uint64_t world_hash_thread(const struct world *world, int t, uint64_t hash)
{
	const struct world_thread *thread = &world->threads[t];
	const struct sim_execution *x = &world->execution;
	const struct sim_object *object = &x->objects.items[t];
	if (object->state == SIM_THREAD_UNBORN)
		return hash;
	const void *const fields[] = {thread->function, thread->argument, thread->handle, thread->exit_value,
	                              thread->heap_top, object->state == SIM_THREAD_ALIVE ? thread->co.sp : NULL};
	hash = XXH3_64bits_withSeed(fields, sizeof fields, hash);
	const uint64_t numbers[] = {thread->n_children, thread->n_blocks, (uint64_t)thread->error, thread->block_depth,
	                            x->n_thread_events[t]};
	hash = XXH3_64bits_withSeed(numbers, sizeof numbers, hash);
	hash = XXH3_64bits_withSeed(&x->pending[t], sizeof x->pending[t], hash);
	for (uint32_t u = 0; u < x->objects.n_threads; u++)
		hash += x->race.clock[t].at[u] * (UINT64_C(0x9FB21C651E98DF25) + u); /* slots never used: 0, as before they were */
	char *tls = arena_tls(&world->arena, t), *heap = arena_heap(&world->arena, t);
	hash = XXH3_64bits_withSeed(tls, world->program.tls_size, hash);
	hash = XXH3_64bits_withSeed(heap, (size_t)(thread->heap_top - heap), hash);
	return hash;
}

/* Live stack slices may hold red zones of the address sanitizer: hashed by a function that may read them. */
SANITIZER_IGNORE
static uint64_t world_hash_stack(const struct world *world, int t, uint64_t hash)
{
	const struct sim_object *object = &world->execution.objects.items[t];
	if (object->state != SIM_THREAD_ALIVE)
		return hash;
	const uint64_t *p = (const uint64_t *)world->threads[t].co.sp;
	const uint64_t *high = (const uint64_t *)arena_stack_high(&world->arena, t);
	for (; p < high; p++)
		hash = (hash ^ *p) * UINT64_C(0x9FB21C651E98DF25) + (hash >> 29);
	return hash;
}

/* The clock of virtual time is left out: it may go on between two steps, when a poll is found. */
uint64_t world_hash(const struct world *world)
{
	const struct sim_execution *x = &world->execution;
	const struct world_program *program = &world->program;
	uint64_t hash = XXH3_64bits((const void *)program->globals_low, program->globals_high - program->globals_low);
	for (uint32_t t = 0; t < x->objects.n_threads; t++) {
		hash = world_hash_thread(world, (int)t, hash);
		hash = world_hash_stack(world, (int)t, hash);
	}
	for (uint32_t i = 0; i < x->objects.n; i++)
		if (!object_is_pristine(&x->objects.items[i]))
			hash = XXH3_64bits_withSeed(&x->objects.items[i], sizeof x->objects.items[i], hash);
	if (world->hash_system)
		hash = world->hash_system(hash);
	const uint64_t rest[] = {world->n_output,           world->heap_used, (uint64_t)x->n_incidents, (uint64_t)x->n_assumed,
	                         (uint64_t)x->objects.in_block, x->n_events};
	return XXH3_64bits_withSeed(rest, sizeof rest, hash);
}

/* Bytes of address space for the heap of each thread. */
static size_t world_heap_room(const struct world_options *options)
{
	return options->heap_size < SIZE_MAX / HEAP_ROOM ? HEAP_ROOM * options->heap_size : SIZE_MAX;
}

int world_init(struct world *world, const struct world_options *options, const struct world_program *program, char *error,
               size_t size)
{
	struct sim_execution *x = &world->execution;
	*world = (struct world){.options = *options, .program = *program, .current = SIM_NOBODY, .overdue_step = UINT64_MAX};
	coroutine_init_caller(&world->scheduler);
	drift_init(&world->drift);
	world->output = mmap(NULL, world_output_capacity, PROT_READ | PROT_WRITE,
	                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	world->starts = reserve(options->max_events * sizeof *world->starts);
	size_t globals_size = program->globals_high - program->globals_low;
	if (program->tls_size > ARENA_TLS_SIZE) {
		snprintf(error, size, "the program has more than %d bytes of thread-local data", ARENA_TLS_SIZE);
		return -1;
	}
	world->loop.stack = reserve(options->stack_size);
	if (world->output == MAP_FAILED || !world->starts || !world->loop.stack ||
	    execution_init(x, options->max_events, &world_driver, world) ||
	    arena_init(&world->arena, options->stack_size, world_heap_room(options)) ||
	    byteset_init(&world->open, (uintptr_t)world->arena.base, arena_size(&world->arena)) ||
	    byteset_init(&world->gaps, program->globals_low & ~(uintptr_t)7, globals_size + 8) ||
	    byteset_init(&world->written, (uintptr_t)world->arena.base, arena_size(&world->arena)) ||
	    race_watch(&x->race, (uintptr_t)world->arena.base, arena_size(&world->arena)) ||
	    race_watch(&x->race, program->globals_low, globals_size)) {
		snprintf(error, size, "cannot reserve address space for the simulated threads: lower --memory or --stack-size");
		return -1;
	}
	return 0;
}

void world_release(struct world *world)
{
	net_release(&world->net, world);
	drift_release(&world->drift);
	byteset_release(&world->open);
	endings_release(&world->endings);
	byteset_release(&world->gaps);
	byteset_release(&world->written);
	arena_release(&world->arena);
	execution_release(&world->execution);
	reserve_release(world->loop.stack, world->options.stack_size);
	reserve_release(world->starts, world->options.max_events * sizeof *world->starts);
	munmap(world->output, world_output_capacity);
}
