#include "drift.h"

#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "reserve.h"
#include "sanitizer.h"
#include "world.h"

/* Steps; every so many; bytes below a stack pointer that a step may find there. */
enum { DRIFT_FIRST = 64, DRIFT_EVERY = 4096, DRIFT_DEAD = 1 << 14 };

void drift_init(struct drift *drift)
{
	*drift = (struct drift){.n_left = DRIFT_FIRST};
}

void drift_release(struct drift *drift)
{
	for (int i = 0; i < DRIFT_THREADS; i++) {
		reserve_release(drift->dead[i], DRIFT_DEAD);
		free(drift->live[i]);
	}
}

/* ---- what a step did -------------------------------------------------------------------------------------------- */

/* Lifetime: one call. */
struct drift_done {
	uint64_t memory; /* hash of what was written, and where */
	uint64_t others; /* hash of what was printed, and of the thread's record */
	uint32_t n_events;
	struct {
		struct sim_op next;
		uintptr_t frames; /* where the program's frames begin on the thread's stack; 0: there are none */
	} threads[DRIFT_THREADS];
};

/* The thread that takes the step, and the one that the step starts; SIM_NOBODY: it starts none. */
static int drift_thread(const struct world *world, const struct drift_before *before, int i)
{
	const struct sim_event *event = &world->execution.events[before->position];
	return i == 0 ? event->thread : event->starts ? event->started : SIM_NOBODY;
}

static bool drift_is_memory(const struct world *world, int slot, uintptr_t address)
{
	bool global = address - world->program.globals_low < world->program.globals_high - world->program.globals_low;
	return global || (arena_slot(&world->arena, address) != SIM_NOBODY && !world_on_stack(world, slot, address));
}

/* Everything that the step changed is in the undo log. */
static uint64_t drift_hash_memory(const struct world *world, int slot, undo_mark mark)
{
	const struct undo *undo = &world->execution.undo;
	const char *top = undo->top, *stop = undo->base + mark;
	uint64_t hash = 0;
	while (top > stop) {
		const struct undo_trailer *trailer = (const struct undo_trailer *)top - 1;
		top = (const char *)trailer - ((trailer->size + 7) & ~(size_t)7);
		if (!drift_is_memory(world, slot, (uintptr_t)trailer->address))
			continue;
		hash = XXH3_64bits_withSeed(&trailer->address, sizeof trailer->address, hash);
		hash = XXH3_64bits_withSeed(trailer->address, trailer->size, hash);
	}
	return hash;
}

static uint64_t drift_hash_others(const struct world *world, int slot, size_t n_output)
{
	const struct world_thread *thread = &world->threads[slot];
	const uint64_t numbers[] = {thread->n_children, thread->n_blocks, (uint64_t)thread->error, thread->random,
	                            (uintptr_t)thread->heap_top, (uint64_t)world->execution.n_incidents, world->n_output};
	uint64_t hash = XXH3_64bits(numbers, sizeof numbers);
	return world->n_output > n_output ? XXH3_64bits_withSeed(world->output + n_output, world->n_output - n_output, hash) : hash;
}

static struct drift_done drift_note(const struct world *world, const struct drift_before *before)
{
	const struct sim_execution *x = &world->execution;
	int slot = drift_thread(world, before, 0);
	struct drift_done done = {.memory = drift_hash_memory(world, slot, x->marks[before->position]),
	                          .others = drift_hash_others(world, slot, before->n_output), .n_events = x->n_events};
	for (int i = 0; i < DRIFT_THREADS; i++) {
		int thread = drift_thread(world, before, i);
		if (thread == SIM_NOBODY || x->objects.items[thread].state != SIM_THREAD_ALIVE)
			continue;
		done.threads[i].next = x->pending[thread];
		done.threads[i].frames = spin_program_stack(world, thread);
	}
	return done;
}

static bool drift_same_operation(const struct sim_op *a, const struct sim_op *b)
{
	return a->kind == b->kind && a->object == b->object && a->address == b->address && a->argument == b->argument &&
	       a->operand.low == b->operand.low && a->operand.high == b->operand.high && a->site == b->site &&
	       a->timed == b->timed && a->deadline_ns == b->deadline_ns;
}

/* ---- stacks ----------------------------------------------------------------------------------------------------- */

/* What a step may find below the stack pointer of a thread: copied, or put back. */
static void drift_swap_dead(struct world *world, int i, int thread, bool puts_back)
{
	char **copy = &world->drift.dead[i], *end = arena_stack_low(&world->arena, thread);
	char *sp = i ? arena_stack_high(&world->arena, thread) : world->threads[thread].co.sp;
	size_t size = sp - end < DRIFT_DEAD ? (size_t)(sp - end) : DRIFT_DEAD;
	if (!*copy)
		*copy = reserve_surely(DRIFT_DEAD);
	sanitizer_copy(puts_back ? sp - size : *copy, puts_back ? *copy : sp - size, size);
}

static size_t drift_live(const struct world *world, int thread, uintptr_t frames)
{
	return frames ? (uintptr_t)arena_stack_high(&world->arena, thread) - frames : 0;
}

static void drift_copy_live(struct world *world, const struct drift_before *before, const struct drift_done *done)
{
	for (int i = 0; i < DRIFT_THREADS; i++) {
		size_t size = drift_live(world, drift_thread(world, before, i), done->threads[i].frames);
		char *live = realloc(world->drift.live[i], size + 1);
		if (!live)
			abort();
		sanitizer_copy(world->drift.live[i] = live, (const void *)done->threads[i].frames, size);
	}
}

/* ---- comparison ------------------------------------------------------------------------------------------------- */

static bool drift_same_thread(const struct world *world, const struct drift_before *before, const struct drift_done *a,
                              const struct drift_done *b, int i)
{
	uintptr_t frames = a->threads[i].frames;
	size_t size = drift_live(world, drift_thread(world, before, i), frames);
	return frames == b->threads[i].frames && drift_same_operation(&a->threads[i].next, &b->threads[i].next) &&
	       sanitizer_equal(world->drift.live[i], (const void *)frames, size);
}

static bool drift_same(const struct world *world, const struct drift_before *before, const struct drift_done *a,
                       const struct drift_done *b)
{
	bool same = a->memory == b->memory && a->others == b->others && a->n_events == b->n_events;
	for (int i = 0; i < DRIFT_THREADS; i++)
		same = same && drift_same_thread(world, before, a, b, i);
	return same;
}

/* ---- steps ------------------------------------------------------------------------------------------------------ */

/* Takes the step back and executes it again, the second time with the dead parts of stacks as they were the first time. */
static void drift_repeat(struct world *world, unsigned choice, const struct drift_before *before, bool first)
{
	struct sim_execution *x = &world->execution;
	int slot = drift_thread(world, before, 0);
	execution_restore(x, before->position);
	x->race.n_found = before->n_found;
	x->n_wanted = before->n_wanted;
	x->n_accesses = 0;
	memset(x->race.saved, 0, sizeof x->race.saved); /* clocks that this step has saved have to be saved again */
	for (int i = 0; i < DRIFT_THREADS; i++) {
		int thread = drift_thread(world, before, i); /* the event is still there */
		if (thread != SIM_NOBODY)
			drift_swap_dead(world, i, thread, !first);
	}
	x->driver->step(x, slot, choice);
}

static bool drift_is_due(struct world *world, uint64_t n_unknown)
{
	struct drift *drift = &world->drift;
	const struct sim_execution *x = &world->execution;
	bool first = drift->n_left, called = drift->n_unknown != n_unknown;
	drift->n_steps++;
	drift->n_left -= first;
	if (drift->repeats || world->on_access || world->endings.recording || x->race.n_found || x->n_incidents)
		return false;
	return first || called || world->options.verify_restore || drift->n_steps % DRIFT_EVERY == 0;
}

void drift_look(struct world *world, unsigned choice, const struct drift_before *before)
{
	struct drift *drift = &world->drift;
	if (!drift_is_due(world, before->n_unknown))
		return;
	bool called = drift->n_unknown != before->n_unknown;
	drift->repeats = true;
	drift_repeat(world, choice, before, true);
	struct drift_done one = drift_note(world, before);
	drift_copy_live(world, before, &one);
	drift_repeat(world, choice, before, false);
	struct drift_done two = drift_note(world, before);
	drift->repeats = false;
	if (world->execution.broken)
		return; /* the step was not taken back as a whole (net.h) */
	if (!drift_same(world, before, &one, &two))
		world_on_drift(&world->execution.events[before->position], called);
}
