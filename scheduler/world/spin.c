#include "spin.h"

#include <string.h>

#include "sanitizer.h"
#include "world.h"

/* Words of stacks, which may hold red zones. */
SANITIZER_IGNORE
static uint64_t spin_word(const void *address)
{
	uint64_t word;
	memcpy(&word, address, sizeof word);
	return word;
}

/* An attempt may consist of so many events. */
enum { SPIN_MAX_LENGTH = 32 };

/* Whether the event only read, or waited: in virtual time that changes what comes when. */
static bool spin_reads(const struct sim_execution *x, const struct sim_event *event)
{
	switch (event->op.kind) {
	case SIM_OP_ATOMIC_LOAD:
	case SIM_OP_READ:
	case SIM_OP_EVENT_IS_SET:
	case SIM_OP_BEGIN_BLOCK:
	case SIM_OP_IS_CANCELLED:
		return true;
	case SIM_OP_EVENT_WAIT:
	case SIM_OP_SLEEP:
		return !x->objects.virtual_time;
	case SIM_OP_ATOMIC_CAS:
	case SIM_OP_ATOMIC_RMW:
		return event->before.low == event->after.low && event->before.high == event->after.high;
	default:
		return false;
	}
}

static bool spin_same_wide(struct sim_wide a, struct sim_wide b)
{
	return a.low == b.low && a.high == b.high;
}

static bool spin_same_operation(const struct sim_op *a, const struct sim_op *b)
{
	return a->kind == b->kind && a->site == b->site && a->address == b->address && a->size == b->size &&
	       a->argument == b->argument && a->rmw == b->rmw && spin_same_wide(a->operand, b->operand) &&
	       spin_same_wide(a->expected, b->expected);
}

/* ---- memory ----------------------------------------------------------------------------------------------------- */

static bool spin_is_program_memory(const struct world *world, int slot, uintptr_t address)
{
	if (world_on_stack(world, slot, address))
		return false;
	return address - world->program.globals_low < world->program.globals_high - world->program.globals_low ||
	       arena_slot(&world->arena, address) != SIM_NOBODY;
}

/* Everything that the step wrote is in the undo log. */
static bool spin_same_memory(const struct world *world, int slot, undo_mark mark)
{
	const struct undo *undo = &world->execution.undo;
	const char *top = undo->top, *stop = undo->base + mark;
	while (top > stop) {
		const struct undo_trailer *trailer = (const struct undo_trailer *)top - 1;
		top = (const char *)trailer - ((trailer->size + 7) & ~(size_t)7);
		if (spin_is_program_memory(world, slot, (uintptr_t)trailer->address) &&
		    !sanitizer_equal(trailer->address, top, trailer->size))
			return false;
	}
	return true;
}

static bool spin_same_record(const struct world_thread *a, const struct world_thread *b)
{
	return a->n_children == b->n_children && a->n_blocks == b->n_blocks && a->heap_top == b->heap_top &&
	       a->error == b->error && a->random == b->random && a->random_state == b->random_state &&
	       a->cancels_never == b->cancels_never && a->cleanup == b->cleanup && a->co.sp == b->co.sp && a->frame == b->frame;
}

/* ---- stack ------------------------------------------------------------------------------------------------------ */

/* A function that is active: its code, and its frame pointer. */
struct spin_frame {
	uintptr_t pc, frame;
};

static bool spin_in_program(const struct world *world, uintptr_t pc)
{
	return pc - world->program.code_low < world->program.code_high - world->program.code_low;
}

static bool spin_caller(const struct world *world, int slot, struct spin_frame *frame)
{
	uintptr_t at = frame->frame;
	if (!world_on_stack(world, slot, at))
		return false;
	*frame = (struct spin_frame){.pc = spin_word((void *)(at + sizeof at)), .frame = spin_word((void *)at)};
	return true;
}

/* Whether the byte at `address` is a leftover of the frame that it lies in. */
static bool spin_is_leftover(const struct world *world, int slot, uintptr_t address)
{
	struct spin_frame frame = {.frame = (uintptr_t)world->threads[slot].frame};
	if (!world->is_variable)
		return false;
	while (spin_caller(world, slot, &frame)) {
		if (address < frame.frame)
			return spin_in_program(world, frame.pc) && !world->is_variable(frame.pc, frame.frame, address);
		if (address < frame.frame + 2 * sizeof(void *))
			return false; /* the links of the frames */
	}
	return false;
}

SANITIZER_IGNORE
static bool spin_same_word(const struct world *world, int slot, uintptr_t address, const char *old)
{
	for (unsigned i = 0; i < sizeof(uint64_t); i++)
		if (((const char *)address)[i] != old[i] && !spin_is_leftover(world, slot, address + i))
			return false;
	return true;
}

uintptr_t spin_program_stack(const struct world *world, int slot)
{
	struct spin_frame frame = {.frame = (uintptr_t)world->threads[slot].frame};
	for (uintptr_t at = frame.frame; spin_caller(world, slot, &frame); at = frame.frame)
		if (spin_in_program(world, frame.pc))
			return at + 2 * sizeof(void *);
	return 0;
}

/* From `address` on; `stack` is a copy made from `sp` on. */
SANITIZER_IGNORE
static bool spin_same_stack(const struct world *world, int slot, uintptr_t address, const char *stack, uintptr_t sp)
{
	uintptr_t high = (uintptr_t)arena_stack_high(&world->arena, slot);
	for (; address < high; address += sizeof(uint64_t)) {
		const char *old = stack + (address - sp);
		if (spin_word((void *)address) != spin_word(old) && !spin_same_word(world, slot, address, old))
			return false;
	}
	return true;
}

bool spin_is_unchanged(const struct world *world, int slot, size_t mark, const char *stack, uintptr_t sp)
{
	return spin_program_stack(world, slot) == sp && spin_same_memory(world, slot, mark) &&
	       spin_same_stack(world, slot, sp, stack, sp);
}

/* ---- steps ------------------------------------------------------------------------------------------------------ */

/* Whether all that the step accessed is known, in pieces that can be watched. */
static bool spin_knows_accesses(const struct sim_execution *x)
{
	if (x->n_accesses > EXECUTION_MAX_ACCESSES)
		return false;
	for (int i = 0; i < x->n_accesses; i++)
		if (x->accesses[i].size > sizeof(struct sim_wide))
			return false;
	return true;
}

/* Whether the step that began at `position` and has just ended changed nothing that anyone could see. */
static bool spin_is_quiet(const struct world *world, int slot, uint32_t position)
{
	const struct sim_execution *x = &world->execution;
	const struct spin_start *start = &world->starts[position];
	for (uint32_t i = position; i < x->n_events; i++)
		if (!spin_reads(x, &x->events[i]) || x->events[i].ends)
			return false;
	return start->effects == world->effects && start->n_incidents == x->n_incidents &&
	       spin_same_memory(world, slot, x->marks[position]);
}

/* Whether the thread is where it was when the step at `position` began. */
static bool spin_is_back(const struct world *world, int slot, uint32_t position)
{
	const struct spin_start *start = &world->starts[position];
	uintptr_t frames;
	/* Optimised code keeps in registers what may differ between two attempts, and the checker's own frames hold these. */
	return spin_same_operation(&world->execution.events[position].op, &world->execution.pending[slot]) &&
	       spin_same_record(start->thread, &world->threads[slot]) && (frames = spin_program_stack(world, slot)) &&
	       spin_same_stack(world, slot, world->is_variable ? frames : start->sp, start->stack, start->sp);
}

/* The poll was none: it will find another time. In virtual time the clock has its own rules. */
static uint32_t spin_wait(struct world *world, int slot)
{
	if (!world->execution.objects.virtual_time)
		world_let_time_pass(world, slot);
	return 0;
}

uint32_t spin_repeats(struct world *world, int slot)
{
	const struct sim_execution *x = &world->execution;
	uint32_t position = world->step_position, length = 0;
	const struct sim_op *next = &x->pending[slot];
	bool reads_clock = false, exchanges = false;
	struct spin_start *start = &world->starts[position];
	start->reads_clock = start->n_clock_reads != world->n_clock_reads;
	start->is_quiet = next->kind != SIM_OP_NONE && spin_is_quiet(world, slot, position);
	if (!start->is_quiet || !op_may_poll(next) || !spin_knows_accesses(x))
		return 0;
	for (uint32_t i = x->n_events; i-- > 0 && length < SPIN_MAX_LENGTH;) {
		if (x->events[i].thread != slot)
			continue;
		length++;
		if (!world->starts[i].stack)
			continue;
		if (!world->starts[i].is_quiet)
			return 0;
		reads_clock |= world->starts[i].reads_clock;
		exchanges |= x->events[i].op.kind == SIM_OP_ATOMIC_CAS || x->events[i].op.kind == SIM_OP_ATOMIC_RMW;
		if (exchanges && length > 1)
			return 0; /* the exchange failed because of what another thread did in between: an attempt like no other */
		if (spin_is_back(world, slot, i))
			return reads_clock ? spin_wait(world, slot) : length;
	}
	return 0;
}
