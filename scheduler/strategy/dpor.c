/*
 * Optimal exploration: exactly one complete execution for each Mazurkiewicz trace (P1), in flat memory (P2), by units of
 * work that share nothing (P3). The default strategy.
 *
 * The idea is that of TruSt (Kokologiannakis, Marmanis, Gladstein, Vafeiadis, POPL 2022), a reverse search in which every
 * execution has one parent, carried from execution graphs to run orders of operations that may block. A unit of work is
 * a schedule prefix and a few delay marks. A fixed scheduler extends it to a complete run. Then, for each new event a of
 * the run and for each operation that is still pending at its end, one looks back: for each earlier event x in conflict
 * with a, "a before x" is a new unit: what came before x, then the part V of what came after x that a cannot do without,
 * then a. Everything else is thrown away and comes again by itself. The mark left at the place of x says "the operation
 * of x was delayed here in favour of a". Nothing is stored of what was explored, and no run is ever abandoned.
 *
 * Operations are asked about states, not about pairs of executed events: whether a is enabled after the prefix and V, in
 * how many ways, and what it then uses, is computed from the recorded events with the functions of semantics.h. That one
 * question covers a lock passing a lock over the unlock between them, threads that stay blocked, and deadlocks.
 *
 *  I1  A run is feasible; every event is appended last. hb is dependence along the run, kept as vector clocks: the
 *      hb-closed sets of events that occur here are counts per thread.
 *  I2  a may pass x only if x is not in the mandatory prefix of a (its predecessor in its thread, its enablers: the start
 *      of its thread, the notify that woke it, the end that it joins; the `by` of marks on it), and a, executed after
 *      the prefix and V, is enabled and in conflict with x. Its result may differ from before; it is taken with all the
 *      choices that it has there.
 *  I3  All earlier x are tried, not only the last in conflict: passing an unlock is infeasible, passing its lock is not.
 *  I4  Nothing is thrown away that the scheduler would not do by itself: every event from x on that took another than its
 *      first choice, or that a mark names as `by`, must be in V. Marks before x survive.
 *  I5  V is the mandatory prefix plus any hb-closed choice of later events that conflict with a but do not follow x (reads
 *      when a write passes a read): each choice is a class of its own. On operations of which any two conflict there are
 *      no such events.
 *  I6  If the operation of x was already delayed by b1..bk, a may delay it again only if for every i the thread of a is
 *      higher than that of bi, or a follows some bj, j >= i: of several that could pass x in any order, one order is kept.
 *  I7  After a has passed x, the operation of x is executed at once if it is enabled.
 *  I8  An operation still pending at the end of the run (blocked, or cut off by the end of the program) passes earlier
 *      events all the same; one that is executed later is treated when it is executed.
 *
 * Each invariant was found necessary by dropping it and comparing with brute force (tests/fuzz; doc/verification.md).
 *
 * Cost: for each class, the events from the branching point on are executed, and each of them is compared with all that
 * came before it. Memory: the run, and the units that wait, whose number is bounded by length times branching.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "probe.h"
#include "search.h"
#include "units.h"

/* Room for the events that may or may not be kept (I5), for all calls of dpor_choose() that are under way. */
static const size_t dpor_free_capacity = (size_t)1 << 28;

/* Lifetime: one pass. */
struct dpor {
	struct search *search;
	struct sim_execution *x;
	struct unit_stack units;
	struct unit *unit;     /* what the present run extends; its marks are the run's */
	uint16_t *n_choices;   /* by position: in how many ways the event could have been executed */
	uint32_t *moved;       /* by position: where the event is in the unit under construction */
	uint32_t *free_events; /* see dpor_free_capacity */
	struct hb hb;
	struct probe probe;
};

/* An operation that looks for events to pass. Lifetime: one call of dpor_reverse(). */
struct dpor_candidate {
	struct probe_operation a;
	struct hb_set mandatory; /* I2 */
};

/* An attempt to pass one event. Lifetime: one iteration of dpor_reverse(). */
struct dpor_attempt {
	const struct dpor_candidate *candidate;
	uint32_t passed;              /* position of x */
	const struct hb_set *needed;  /* I4 */
};

/* ---- running ---------------------------------------------------------------------------------------------------- */

static void dpor_step(struct dpor *d, int thread, unsigned choice)
{
	struct sim_execution *x = d->x;
	unsigned choices = execution_choices(x, thread);
	if (choice >= choices) {
		fprintf(stderr, "simcheck: internal error: event %u of a unit of work is not enabled\n", x->n_events + 1);
		abort();
	}
	d->n_choices[x->n_events] = (uint16_t)choices;
	execution_step(x, thread, choice);
}

/* I7, otherwise the lowest enabled thread. */
static int dpor_schedule(const struct dpor *d)
{
	const struct unit *unit = d->unit;
	if (unit->n_marks) {
		const struct unit_mark *last = &unit->marks[unit->n_marks - 1];
		if (last->by + 1 == d->x->n_events && execution_choices(d->x, last->thread))
			return last->thread;
	}
	return execution_first_enabled(d->x);
}

static uint32_t dpor_common_prefix(const struct sim_execution *x, const struct unit *unit)
{
	uint32_t n = x->n_events < unit->n_steps ? x->n_events : unit->n_steps, i = 0;
	while (i < n && x->events[i].thread == unit->steps[i].thread && x->events[i].choice == unit->steps[i].choice)
		i++;
	return i;
}

/* Makes the present execution a run that begins with the unit. False: it was cut at the greatest length. */
static bool dpor_run(struct dpor *d)
{
	const struct unit *unit = d->unit;
	uint32_t common = dpor_common_prefix(d->x, unit);
	execution_restore(d->x, common);
	for (uint32_t i = common; i < unit->n_steps; i++)
		dpor_step(d, unit->steps[i].thread, unit->steps[i].choice);
	for (int thread; (thread = dpor_schedule(d)) != SIM_NOBODY;) {
		if (!search_may_step(d->search))
			return false;
		dpor_step(d, thread, 0);
	}
	return true;
}

/* ---- making units ----------------------------------------------------------------------------------------------- */

/* The unit in which the candidate, in the way `choice`, passes the event, after the set `kept`. */
static void dpor_add_unit(struct dpor *d, const struct dpor_attempt *attempt, const struct hb_set *kept, unsigned choice)
{
	const struct sim_event *events = d->x->events, *passed = &events[attempt->passed];
	const struct probe_operation *a = &attempt->candidate->a;
	struct unit *unit = unit_make(a->position + 1, d->unit->n_marks + 1);
	for (uint32_t j = 0; j < a->position; j++) {
		if (j >= attempt->passed && !hb_has(kept, &events[j]))
			continue;
		d->moved[j] = unit->n_steps;
		unit->steps[unit->n_steps++] = (struct search_step){events[j].thread, events[j].choice};
	}
	for (uint32_t m = 0; m < d->unit->n_marks; m++) {
		struct unit_mark mark = d->unit->marks[m];
		if (mark.position >= attempt->passed)
			continue;
		mark.by = d->moved[mark.by]; /* I4: what it names was kept */
		unit->marks[unit->n_marks++] = mark;
	}
	unit->marks[unit->n_marks++] = (struct unit_mark){
		.position = attempt->passed, .index = passed->index, .thread = passed->thread, .by = unit->n_steps};
	unit->steps[unit->n_steps++] = (struct search_step){(uint16_t)a->thread, (uint16_t)choice};
	unit_push(&d->units, unit);
}

/* The unit in which the event at `position` takes another of its choices. */
static void dpor_add_choice(struct dpor *d, uint32_t position, unsigned choice)
{
	const struct sim_event *events = d->x->events;
	struct unit *unit = unit_make(position + 1, d->unit->n_marks);
	for (uint32_t j = 0; j <= position; j++)
		unit->steps[j] = (struct search_step){events[j].thread, events[j].choice};
	unit->steps[position].choice = (uint16_t)choice;
	unit->n_steps = position + 1;
	if (d->unit->n_marks)
		memcpy(unit->marks, d->unit->marks, d->unit->n_marks * sizeof *unit->marks);
	unit->n_marks = d->unit->n_marks;
	unit_push(&d->units, unit);
}

/* ---- looking back ----------------------------------------------------------------------------------------------- */

static bool dpor_marks_passed(const struct dpor *d, const struct dpor_attempt *attempt, uint32_t m)
{
	const struct unit_mark *mark = &d->unit->marks[m];
	const struct sim_event *passed = &d->x->events[attempt->passed];
	return mark->position < attempt->passed && mark->thread == passed->thread && mark->index == passed->index;
}

/* I6, for the candidate executed after the set `kept` as `event`. */
static bool dpor_is_canonical(const struct dpor *d, const struct dpor_attempt *attempt, const struct hb_set *kept,
                              const struct sim_event *event)
{
	const struct probe_operation *a = &attempt->candidate->a;
	const struct unit *unit = d->unit;
	struct hb_set past;
	bool known = false;
	for (uint32_t i = 0; i < unit->n_marks; i++) {
		if (!dpor_marks_passed(d, attempt, i) || a->thread > d->x->events[unit->marks[i].by].thread)
			continue;
		if (!known)
			hb_past(&d->hb, &past, a->position, kept, event);
		known = true;
		bool follows = false;
		for (uint32_t j = i; j < unit->n_marks && !follows; j++)
			follows = dpor_marks_passed(d, attempt, j) && hb_has(&past, &d->x->events[unit->marks[j].by]);
		if (!follows)
			return false;
	}
	return true;
}

/* In how many ways the candidate can pass the event after the set `kept`; 0: it cannot. */
static unsigned dpor_feasible(struct dpor *d, const struct dpor_attempt *attempt, const struct hb_set *kept)
{
	struct sim_event event;
	if (!hb_includes(&d->hb, kept, attempt->needed))
		return 0;
	unsigned choices = probe_execute(&d->probe, d->x, &attempt->candidate->a, kept, &event);
	if (!choices || !dependent(&d->x->events[attempt->passed], &event) || !dpor_is_canonical(d, attempt, kept, &event))
		return 0;
	return choices;
}

/* I5: all hb-closed choices among the events at free_events[0 .. n_free), which are in run order, on top of `kept`. What
 * is needed, enabled and canonical stays so when more is kept: if the largest choice fails, all do. */
static void dpor_choose(struct dpor *d, const struct dpor_attempt *attempt, const struct hb_set *kept,
                        uint32_t *free_events, uint32_t n_free)
{
	const struct sim_event *events = d->x->events;
	struct hb_set largest = *kept;
	for (; n_free && hb_has(kept, &events[*free_events]); n_free--)
		free_events++;
	for (uint32_t i = 0; i < n_free; i++)
		hb_join_event(&d->hb, &largest, free_events[i]);
	unsigned choices = dpor_feasible(d, attempt, &largest);
	if (!choices)
		return;
	if (!n_free) {
		for (unsigned choice = 0; choice < choices; choice++)
			dpor_add_unit(d, attempt, kept, choice);
		return;
	}
	uint32_t first = *free_events;
	struct hb_set with = *kept;
	hb_join_event(&d->hb, &with, first);
	dpor_choose(d, attempt, &with, free_events + 1, n_free - 1);
	/* Without the first, and so without all that follow it. */
	uint32_t *rest = free_events + n_free, n_rest = 0;
	for (uint32_t i = 1; i < n_free; i++)
		if (!hb_follows(&d->hb, free_events[i], &events[first]))
			rest[n_rest++] = free_events[i];
	dpor_choose(d, attempt, kept, rest, n_rest);
}

/* The events after the passed one that are neither kept nor follow it, and that the candidate conflicts with. */
static uint32_t dpor_find_free(struct dpor *d, const struct dpor_attempt *attempt, const struct hb_set *kept)
{
	const struct sim_event *events = d->x->events;
	const struct probe_operation *a = &attempt->candidate->a;
	struct sim_event event;
	uint32_t n = 0;
	for (uint32_t j = attempt->passed + 1; j < a->position; j++)
		if (!hb_follows(&d->hb, j, &events[attempt->passed]) && !hb_has(kept, &events[j]) &&
		    probe_may_conflict(d->x, a, &events[j]))
			d->free_events[n++] = j;
	if (!n)
		return 0;
	/* What it uses where it is enabled; a semaphore-like operation that needs some of the free events first is not. */
	bool enabled = probe_execute(&d->probe, d->x, a, kept, &event);
	uint32_t n_conflicts = 0;
	for (uint32_t i = 0; i < n; i++)
		if (enabled && dependent(&events[d->free_events[i]], &event))
			d->free_events[n_conflicts++] = d->free_events[i];
	return n_conflicts;
}

static void dpor_find_mandatory(const struct dpor *d, struct dpor_candidate *candidate)
{
	const struct sim_execution *x = d->x;
	const struct probe_operation *a = &candidate->a;
	struct hb_set *mandatory = &candidate->mandatory;
	hb_clear(&d->hb, mandatory);
	for (uint32_t j = a->position; j-- > 0;)
		if (!hb_has(mandatory, &x->events[j]) && probe_enables(x, &x->events[j], a))
			hb_join_event(&d->hb, mandatory, j);
	for (uint32_t m = 0; m < d->unit->n_marks; m++)
		if (d->unit->marks[m].thread == a->thread && d->unit->marks[m].index == a->index)
			hb_join_event(&d->hb, mandatory, d->unit->marks[m].by);
}

static bool dpor_is_by(const struct dpor *d, uint32_t position)
{
	for (uint32_t m = 0; m < d->unit->n_marks; m++)
		if (d->unit->marks[m].by == position)
			return true;
	return false;
}

/* All units in which the operation passes an earlier event (I3). */
static void dpor_reverse(struct dpor *d, const struct sim_op *op, int thread, uint32_t index, uint32_t position)
{
	const struct sim_event *events = d->x->events;
	struct dpor_candidate candidate = {.a = {.op = op, .thread = thread, .index = index, .position = position}};
	struct hb_set prefix, needed;
	dpor_find_mandatory(d, &candidate);
	hb_clear(&d->hb, &needed);
	hb_clear(&d->hb, &prefix);
	for (uint32_t j = 0; j < position; j++)
		prefix.n[events[j].thread]++;
	for (uint32_t j = position; j-- > 0;) {
		const struct sim_event *passed = &events[j];
		prefix.n[passed->thread]--;
		if ((passed->choice || dpor_is_by(d, j)) && needed.n[passed->thread] <= passed->index)
			needed.n[passed->thread] = passed->index + 1;
		if (hb_has(&candidate.mandatory, passed) || hb_has(&needed, passed) ||
		    !probe_may_conflict(d->x, &candidate.a, passed))
			continue;
		struct dpor_attempt attempt = {.candidate = &candidate, .passed = j, .needed = &needed};
		struct hb_set kept = candidate.mandatory;
		hb_join(&d->hb, &kept, &prefix);
		dpor_choose(d, &attempt, &kept, d->free_events, dpor_find_free(d, &attempt, &kept));
	}
}

/* Pushes the units that the present run makes, those that share most of it last. */
static void dpor_branch(struct dpor *d, bool complete)
{
	const struct sim_execution *x = d->x;
	size_t from = d->units.n;
	hb_update(&d->hb);
	for (uint32_t t = 0; complete && t < x->objects.n_threads; t++) /* I8 */
		if (x->objects.items[t].state == SIM_THREAD_ALIVE && x->pending[t].kind != SIM_OP_NONE)
			dpor_reverse(d, &x->pending[t], (int)t, x->n_thread_events[t], x->n_events);
	for (uint32_t p = x->n_events; p-- > d->unit->n_steps;) {
		const struct sim_event *event = &x->events[p];
		for (unsigned choice = 1; choice < d->n_choices[p]; choice++)
			dpor_add_choice(d, p, choice);
		dpor_reverse(d, &event->op, event->thread, event->index, p);
	}
	unit_reverse(&d->units, from);
}

/* ---- the search ------------------------------------------------------------------------------------------------- */

static void *dpor_reserve(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (p == MAP_FAILED) {
		fputs("simcheck: no address space left to search in\n", stderr);
		abort();
	}
	return p;
}

static void dpor_explore(struct search *search)
{
	struct sim_execution *x = search->execution;
	struct dpor d = {.search = search, .x = x};
	d.n_choices = dpor_reserve(x->capacity * sizeof *d.n_choices);
	d.moved = dpor_reserve(x->capacity * sizeof *d.moved);
	d.free_events = dpor_reserve(dpor_free_capacity);
	if (hb_init(&d.hb, x) || probe_init(&d.probe, x)) {
		fputs("simcheck: no address space left to search in\n", stderr);
		abort();
	}
	unit_push(&d.units, unit_make(0, 0));
	while (!search->restart && !search->done && !search_interrupted && (d.unit = unit_pop(&d.units))) {
		bool complete = dpor_run(&d);
		if (!complete || search_complete(search))
			dpor_branch(&d, complete);
		free(d.unit);
	}
	unit_stack_release(&d.units);
	probe_release(&d.probe);
	hb_release(&d.hb);
	munmap(d.free_events, dpor_free_capacity);
	munmap(d.moved, x->capacity * sizeof *d.moved);
	munmap(d.n_choices, x->capacity * sizeof *d.n_choices);
}

const struct strategy strategy_dpor = {.name = "dpor", .exhaustive = true, .explore = dpor_explore};
