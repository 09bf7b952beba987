#include "replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Lifetime: one replay. */
static struct replay {
	const struct sim_trace *trace;
	const char *racing; /* the variable of which a race is to be shown again; NULL: none */
	const struct names *names;
	size_t next; /* event to be executed next */
} replay;

/* A location that the replay made a scheduling point: it is one from the beginning when executed again. */
static struct replay_location {
	uintptr_t address;
	size_t size;
	bool is_exposed; /* a race of it is still to be found */
} replay_locations[256];
static size_t replay_n_locations;

static bool replay_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Whether `site` is in the function that the event happened in. */
static bool replay_fits_place(const struct sim_trace_event *event, uint32_t site)
{
	struct sim_place place = names_place(replay.names, site);
	bool same = replay_same(place.function, event->place.function) && replay_same(place.file, event->place.file);
	place_release(&place);
	return same;
}

static bool replay_fits_object(const struct sim_trace_event *event, char *object)
{
	bool same = replay_same(object, event->object);
	free(object);
	return same;
}

/* Whether the trace's thread is the one in `slot`. The name of a thread may have changed after the event in question:
 * names only count where a trace has no ids. */
static bool replay_is_thread(const struct sim_trace_thread *thread, int slot)
{
	char *own = thread->id ? names_thread_id(replay.names, slot) : names_thread(replay.names, slot);
	bool same = strcmp(own, thread->id ? thread->id : thread->name) == 0;
	free(own);
	return same;
}

/* Whether the event is about the thread in `slot`. */
static bool replay_fits_thread(const struct sim_trace_event *event, int slot)
{
	const struct sim_trace *trace = replay.trace;
	for (size_t i = 0; i < trace->n_threads; i++)
		if (replay_same(trace->threads[i].name, event->object) && replay_is_thread(&trace->threads[i], slot))
			return true;
	return false;
}

/* Whether the event's object is that of `op`. */
static bool replay_fits_op(const struct sim_trace_event *event, const struct sim_op *op)
{
	if (op->kind == SIM_OP_START || op->kind == SIM_OP_JOIN || op->kind == SIM_OP_IS_ALIVE)
		return replay_fits_thread(event, (int)op->object);
	return replay_fits_object(event, names_object(replay.names, op));
}

/* The next event of the thread in `slot`, or NULL. */
static const struct sim_trace_event *replay_next_of(int slot)
{
	const struct sim_trace *trace = replay.trace;
	for (size_t i = replay.next; i < trace->n_events; i++)
		if (replay_is_thread(&trace->threads[trace->events[i].thread], slot))
			return &trace->events[i];
	return NULL;
}

static void replay_promote_location(struct race *race, const struct replay_location *location)
{
	if (location->is_exposed)
		race_expose(race, location->address, location->size);
	else
		race_promote(race, location->address, location->size);
}

static void replay_promote(struct world *world, uintptr_t address, size_t size, const char *whole)
{
	struct replay_location location = {address, size, replay.racing && replay_same(whole, replay.racing)};
	replay_promote_location(&world->execution.race, &location);
	if (replay_n_locations < sizeof replay_locations / sizeof *replay_locations)
		replay_locations[replay_n_locations++] = location;
}

/* Whether the location, which is a part of one called `whole`, was a scheduling point. */
static bool replay_was_promoted(uintptr_t address, size_t size, const char *whole)
{
	char *name = names_memory(replay.names, address, size);
	bool was = false;
	for (size_t i = 0; i < replay.trace->n_promoted && !was; i++)
		was = !replay_same(name, whole) && replay_same(name, replay.trace->promoted[i]);
	free(name);
	return was;
}

/*
 * A structure that is written as a whole is one access, of which a member may have been the scheduling point: were all of
 * it to become one, accesses of other members would be events that the trace does not have. Returns whether that is so.
 */
static bool replay_promote_parts(struct world *world, uintptr_t address, size_t size, const char *whole)
{
	enum { LARGEST = 4096 };
	bool any = false;
	for (size_t width = 1; width <= sizeof(uint64_t) && size <= LARGEST; width *= 2)
		for (size_t offset = 0; offset + width <= size && width < size; offset += width)
			if (replay_was_promoted(address + offset, width, whole)) {
				replay_promote(world, address + offset, width, whole);
				any = true;
			}
	return any;
}

/* An access that is about to happen: if the trace has it as an event, its location becomes a scheduling point. */
static void replay_on_access(struct world *world, uintptr_t address, size_t size, int type, uint32_t site)
{
	const struct sim_trace_event *event = replay_next_of(world->current);
	if (!event || strcmp(event->op, type & RACE_WRITE ? "write" : "read") != 0)
		return;
	if (race_is_promoted(&world->execution.race, address, size) || !replay_fits_place(event, site) ||
	    !replay_fits_object(event, names_memory(replay.names, address, size)))
		return;
	if (!replay_promote_parts(world, address, size, event->object))
		replay_promote(world, address, size, event->object);
}

static int replay_slot(const struct sim_execution *x, const struct sim_trace_thread *thread)
{
	for (uint32_t t = 0; t < x->objects.n_threads; t++)
		if (x->objects.items[t].state != SIM_THREAD_UNBORN && replay_is_thread(thread, (int)t))
			return (int)t;
	return SIM_NOBODY;
}

static int replay_misfit(const struct sim_trace_event *event, const char *thread, const char *now, char *error,
                         size_t size)
{
	snprintf(error, size, "the trace no longer fits at event %zu: %s was to %s%s%s at %s:%d, but %s", replay.next + 1,
	         thread, event->op, event->object ? " " : "", event->object ? event->object : "",
	         event->place.file ? event->place.file : "?", event->place.line, now);
	return -1;
}

/* What the thread is about to do instead, for the message. */
static void replay_describe(const struct sim_execution *x, int slot, char *text, size_t size)
{
	const struct sim_op *op = &x->pending[slot];
	if (x->objects.items[slot].state != SIM_THREAD_ALIVE || op->kind == SIM_OP_NONE) {
		snprintf(text, size, "it has ended");
		return;
	}
	char *object = names_object(replay.names, op);
	struct sim_place place = names_place(replay.names, op->site);
	snprintf(text, size, "it is about to %s%s%s at %s:%d%s", op_name(op), object ? " " : "", object ? object : "",
	         place.file ? place.file : "?", place.line, execution_choices(x, slot) ? "" : ", and has to wait");
	free(object);
	place_release(&place);
}

static int replay_step(struct sim_execution *x, const struct sim_trace_event *event, char *error, size_t size)
{
	const char *thread = replay.trace->threads[event->thread].name;
	int slot = replay_slot(x, &replay.trace->threads[event->thread]);
	char now[512];
	if (slot == SIM_NOBODY)
		return replay_misfit(event, thread, "there is no such thread", error, size);
	const struct sim_op *op = &x->pending[slot];
	if (!execution_choices(x, slot) || replay.racing)
		execution_settle(x); /* what is read in vain can race as well */
	/* A poll that does not wait for the same as in the trace, since other locations are known to be scheduling points, may go
	 * on all the same. */
	bool may_go_on = execution_choices(x, slot) > (unsigned)event->choice || execution_is_spinning(x, slot);
	bool fits = may_go_on && strcmp(op_name(op), event->op) == 0 && replay_fits_op(event, op) &&
	            replay_fits_place(event, op->site);
	if (!fits) {
		replay_describe(x, slot, now, sizeof now);
		return replay_misfit(event, thread, now, error, size);
	}
	replay.next++;
	execution_step(x, slot, (unsigned)event->choice);
	return 0;
}

static int replay_pass(struct sim_execution *x, char *error, size_t size)
{
	for (replay.next = 0; replay.next < replay.trace->n_events;)
		if (x->n_events == x->capacity || replay_step(x, &replay.trace->events[replay.next], error, size))
			return -1;
	execution_settle(x);
	return 0;
}

/* An access promoted in the middle of an execution was recorded before its location was: begin again with it known, and with
 * what threads turned out to poll. */
static void replay_promote_from_start(struct sim_execution *x)
{
	execution_restore(x, 0);
	race_forget(&x->race);
	for (size_t i = 0; i < replay_n_locations; i++)
		replay_promote_location(&x->race, &replay_locations[i]);
	for (int i = 0; i < x->n_wanted; i++)
		race_expose(&x->race, x->wanted[i].address, x->wanted[i].size);
	x->n_wanted = 0;
}

/* Whether the race that is looked for was found. Were the location that a thread polls a scheduling point from the beginning,
 * the accesses that race might not be made any more before the trace ends. */
static bool replay_raced(const struct sim_execution *x)
{
	bool raced = false;
	for (int i = 0; replay.racing && i < x->race.n_found && !raced; i++) {
		char *name = names_memory(replay.names, x->race.found[i].address, x->race.found[i].size);
		raced = replay_same(name, replay.racing);
		free(name);
	}
	return raced;
}

int replay_follow(struct search *search, struct world *world, const struct names *names,
                  const struct sim_finding *wanted, char *error, size_t size)
{
	struct sim_execution *x = &world->execution;
	replay = (struct replay){.trace = &wanted->trace, .names = names,
	                         .racing = strcmp(wanted->kind, "data-race") == 0 ? wanted->object : NULL};
	snprintf(error, size, "the trace is longer than --max-events allows");
	world->on_access = replay_on_access;
	int result = replay_pass(x, error, size);
	/* What was found on the way may have changed what comes after: until nothing new is found. */
	for (size_t known = 0; (replay_n_locations > known || x->n_wanted) && (result || !replay_raced(x));) {
		known = replay_n_locations;
		replay_promote_from_start(x);
		result = replay_pass(x, error, size);
	}
	world->on_access = NULL;
	if (result == 0)
		search_take(search);
	return result;
}
