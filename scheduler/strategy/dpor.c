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
 *      choices that it has there. An end of the program that waits keeps the ends of the threads started in V.
 *  I3  All earlier x are tried, not only the last in conflict: passing an unlock is infeasible, passing its lock is not.
 *  I4  Nothing is thrown away that the scheduler would not do by itself: every event from x on that took another than its
 *      first choice, or that a mark names as `by`, must be in V. Marks before x survive.
 *  I5  V is the mandatory prefix plus any hb-closed choice of later events that conflict with a but do not follow x (reads
 *      when a write passes a read): each choice is a class of its own. On operations of which any two conflict there are
 *      no such events. Where a and these events meet over more than one object (a lock whose thread is watched, a
 *      compare-exchange over bytes of several variables), whether a is enabled and what it conflicts with may change either
 *      way as more is kept: then each V is judged by itself, and is taken if a, executed after it, follows all of it.
 *      What a put or a get of a queue that takes the first needs of the other side, the event of its own side that it passes
 *      needed as well (semantics_queue.h): there are no such events either. Put and get never pass each other.
 *  I6  If the operation of x was already delayed by b1..bk, a may delay it again only if for every i the thread of a is
 *      higher than that of bi, or a follows some bj, j >= i: of several that could pass x in any order, one order is kept.
 *      Those that decide what x is come first: who takes the lock that x waits for, who writes what x compares. After
 *      them the others may no longer conflict with x, or x may never be executed, and nobody would look at their order.
 *      Hence for a that decides and bi that does not: a follows bi, or some bj that decides and came after bi does.
 *      A bi is only asked if a conflicts with x as it was when bi delayed it: a wake by timeout is not one by notify.
 *  I7  After a has passed x, the operation of x is executed at once if it is enabled.
 *  I8  An operation still pending at the end of the run (blocked, or cut off by the end of the program) passes earlier
 *      events all the same; one that is executed later is treated when it is executed.
 *  I9  A step that only repeats a poll is no event (execution_take): its thread is not enabled while the value that it polls
 *      on stands. Which values these are is known only by trying. A unit whose last step turns out to be one is infeasible
 *      and leads to nothing; the value is remembered for the other ways in which the operation might pass something. A run in
 *      which a thread waits in an outdated attempt is no complete execution, but leads to others like any run.
 *  I10 The scheduler ends the program only when nothing else is enabled: an end that waits is disabled by any start, and
 *      starts do not conflict with each other (I6 asks for one object to decide).
 *  I11 A compare-exchange that failed does not follow the reads that it would follow had it succeeded. Where bytes are
 *      accessed in several sizes, such reads may be needed in V although they came after it: then it looks back from the
 *      end of the run, in every run that it is in (I4 keeps units apart). With one size, these reads follow x.
 *
 *  I12 Nobody is enabled inside a block of another thread (semantics.h): only the first event of a block is ever passed. All
 *      its events are in conflict with the same, and nothing came between them, so that V has all of it or is infeasible.
 *
 * What is lost without each of them, compared with brute force: doc/verification.md.
 *
 * Cost: for each class, the events from the branching point on are executed, and each of them is compared with all that
 * came before it. Memory: the run, and the units that wait, whose number is bounded by length times branching.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "ending.h"
#include "probe.h"
#include "search.h"
#include "units.h"
#include "values.h"

enum { DPOR_POLLED = 4 };

/* Lifetime: one pass. */
struct dpor {
	struct search *search;
	struct sim_execution *x;
	struct hb_memory memory;
	struct probe probe;
	uint16_t *n_choices; /* by position of the present execution: in how many ways the event could be executed */
	uint32_t *moved;     /* by position: where the event is in the unit under construction */
	bool leaves_out;     /* endings that are known are not executed (ending.h) */
	uint32_t n_left_out; /* events of the last run that were not */
	int ender;           /* whose these are */
	bool infeasible;     /* the last event of the unit just tried only repeated a poll (I9) */
	struct values values;
};

/* One unit, the run that it became, and what is under way on it. Lifetime: until its last descendant was explored. */
struct dpor_level {
	struct dpor *d;
	const struct unit *unit;
	struct hb_run run;
	uint32_t n_threads;
	bool *pinned;             /* by position: must be kept by whoever passes an earlier event (I4) */
	struct probe_operation a; /* the operation that looks for events to pass */
	bool tries_polls;         /* I9: the operation is executed even where it only repeats a poll, which may race, or of which
	                           * nothing is known: a block */
	struct sim_wide polled[DPOR_POLLED]; /* values found to make the operation repeat a poll (I9) */
	int n_polled;
	struct hb_set mandatory;  /* I2 */
	struct hb_set needed;     /* I4, as far as looked back */
	uint32_t passed;          /* position of x */
	bool is_mixed;            /* as known when the run was made (I11): an operation looks back once, early or late */
	struct hb_set least;      /* what any choice of I5 keeps */
	bool tries_all;           /* I5: choices are judged one by one */
	const struct hb_record *late; /* I11: `a` as it was executed; NULL: `a` only looks at what came before it */
};

static void dpor_explore_unit(struct dpor *d, const struct unit *unit, struct hb_run *parent, uint32_t common);

static const struct sim_event *dpor_event(const struct dpor_level *level, uint32_t position)
{
	return &level->run.records[position]->event;
}

static bool dpor_stopped(const struct dpor *d)
{
	return d->search->restart || d->search->done || search_interrupted;
}

/* ---- running ---------------------------------------------------------------------------------------------------- */

/* Returns whether an event was made (I9). */
static bool dpor_step(struct dpor *d, int thread, unsigned choice)
{
	struct sim_execution *x = d->x;
	unsigned choices = execution_choices(x, thread);
	if (!choices && execution_is_spinning(x, thread))
		return false;
	if (choice >= choices) {
		fprintf(stderr, "simcheck: internal error: event %u of a unit of work is not enabled\n", x->n_events + 1);
		abort();
	}
	uint32_t position = x->n_events;
	d->n_choices[position] = (uint16_t)choices;
	if (!search_step(d->search, thread, choice))
		return false;
	while (++position < x->n_events)
		d->n_choices[position] = 1; /* run ahead */
	return true;
}

/* The position of the last event, or, if that is part of a block, of where the block begins. */
static uint32_t dpor_latest(const struct sim_execution *x)
{
	uint32_t latest = x->n_events - 1;
	while (latest < x->n_events && x->events[latest].op.in_block && x->events[latest].op.kind != SIM_OP_BEGIN_BLOCK)
		latest--;
	return latest;
}

/* I7, otherwise the lowest enabled thread; joins come after all else, so that what follows them is an ending as often as
 * possible, and the end of the program comes last (I10). */
static int dpor_schedule(const struct dpor *d, const struct unit *unit)
{
	if (unit->n_marks) {
		const struct unit_mark *last = &unit->marks[unit->n_marks - 1];
		if (last->by == dpor_latest(d->x) && execution_choices(d->x, last->thread))
			return last->thread;
	}
	int last = SIM_NOBODY;
	for (uint32_t t = 0; t < d->x->objects.n_threads; t++) {
		if (!execution_choices(d->x, (int)t))
			continue;
		unsigned rank = execution_rank(&d->x->pending[t]);
		if (!rank)
			return (int)t;
		if (last == SIM_NOBODY || rank < execution_rank(&d->x->pending[last]))
			last = (int)t;
	}
	return last;
}

static uint32_t dpor_common_prefix(const struct sim_execution *x, const struct unit *unit)
{
	uint32_t n = x->n_events < unit->n_steps ? x->n_events : unit->n_steps, i = 0;
	while (i < n && x->events[i].thread == unit->steps[i].thread && x->events[i].choice == unit->steps[i].choice)
		i++;
	return i;
}

/* DPOR_KNOWN: complete, but for an ending that is known. */
enum dpor_end { DPOR_COMPLETE, DPOR_KNOWN, DPOR_CUT, DPOR_INFEASIBLE };

/* Whether what `thread`, which comes next, does up to the end need not be executed. */
static bool dpor_knows_ending(struct dpor *d, int thread)
{
	d->ender = thread;
	d->n_left_out = d->leaves_out && d->x->pending[thread].kind == SIM_OP_JOIN
	                    ? d->x->driver->known_ending(d->x, thread) : 0;
	return d->n_left_out;
}

/* A step of a unit makes no event. Only the last can (I9): the others were executed before, from the same states of their
 * threads. If they are not recognised as the same, because the stack holds leftovers that differ, nothing can be relied on:
 * all interleavings are executed. */
static enum dpor_end dpor_refuse(struct dpor *d, bool is_last)
{
	if (!is_last && !d->search->restart) {
		d->search->strategy = &strategy_dfs;
		d->search->restart = true;
	}
	return DPOR_INFEASIBLE;
}

/* Makes the present execution a run that begins with the unit, unless it was cut at the greatest length, or the last step
 * of the unit makes no event. */
static enum dpor_end dpor_run(struct dpor *d, const struct unit *unit)
{
	uint32_t common = dpor_common_prefix(d->x, unit);
	while (!execution_is_restorable(d->x, common))
		common--;
	execution_restore(d->x, common);
	d->x->run_ahead = false; /* what is prescribed may leave out what would be run ahead to */
	for (uint32_t i = common; i < unit->n_steps; i++)
		if (!dpor_step(d, unit->steps[i].thread, unit->steps[i].choice))
			return dpor_refuse(d, i + 1 == unit->n_steps);
	for (int thread; (thread = dpor_schedule(d, unit)) != SIM_NOBODY;) {
		if (!search_may_step(d->search))
			return DPOR_CUT;
		if (dpor_knows_ending(d, thread))
			return DPOR_KNOWN;
		if (dpor_step(d, thread, 0))
			d->x->run_ahead = true;
		else if (d->search->restart)
			return DPOR_CUT;
	}
	return DPOR_COMPLETE;
}

/* ---- making units ----------------------------------------------------------------------------------------------- */

/* I9: with what is in the operation's location after the set `kept`, it only repeats a poll. */
static void dpor_learn(struct dpor_level *level, const struct hb_set *kept)
{
	if (level->n_polled < DPOR_POLLED && !level->tries_polls)
		level->polled[level->n_polled++] = probe_value(&level->run, &level->a, kept);
}

static bool dpor_polls(const struct dpor_level *level, const struct hb_set *kept)
{
	for (int i = 0; i < level->n_polled; i++)
		if (probe_reads(&level->run, &level->a, kept, &level->polled[i]))
			return true;
	return false;
}

/* Explores the unit in which the operation, in the way `choice`, passes the event, after the set `kept`. */
static void dpor_pass(struct dpor_level *level, const struct hb_set *kept, unsigned choice)
{
	struct dpor *d = level->d;
	const struct unit *old = level->unit;
	const struct sim_event *passed = dpor_event(level, level->passed);
	struct unit *unit = unit_make(&d->memory, level->a.position + 1, old->n_marks + 1);
	memcpy(unit->steps, level->run.steps, level->passed * sizeof *unit->steps);
	unit->n_steps = level->passed;
	for (uint32_t j = level->passed; j < level->a.position; j++) {
		if (!hb_has_brief(kept, &level->run.briefs[j]))
			continue;
		d->moved[j] = unit->n_steps;
		unit->steps[unit->n_steps++] = level->run.steps[j];
	}
	for (uint32_t m = 0; m < old->n_marks; m++) {
		struct unit_mark mark = old->marks[m];
		if (mark.position >= level->passed)
			continue;
		if (mark.by >= level->passed)
			mark.by = d->moved[mark.by]; /* I4: what it names was kept */
		unit->marks[unit->n_marks++] = mark;
	}
	unit->marks[unit->n_marks++] = (struct unit_mark){
		.position = level->passed, .index = passed->index, .thread = passed->thread, .by = unit->n_steps,
		.uses = {passed->uses[0], passed->uses[1]}};
	unit->steps[unit->n_steps++] = (struct search_step){(uint16_t)level->a.thread, (uint16_t)choice};
	dpor_explore_unit(d, unit, &level->run, level->passed);
	hb_memory_back(&d->memory, unit);
	if (d->infeasible)
		dpor_learn(level, kept);
	d->infeasible = false;
}

/* Explores the unit in which the event at `position` takes another of its choices. */
static void dpor_choose_otherwise(struct dpor_level *level, uint32_t position, unsigned choice)
{
	struct dpor *d = level->d;
	const struct unit *old = level->unit;
	struct unit *unit = unit_make(&d->memory, position + 1, old->n_marks);
	memcpy(unit->steps, level->run.steps, (position + 1) * sizeof *unit->steps);
	unit->steps[position].choice = (uint16_t)choice;
	unit->n_steps = position + 1;
	for (uint32_t m = 0; m < old->n_marks; m++)
		unit->marks[m] = old->marks[m];
	unit->n_marks = old->n_marks;
	dpor_explore_unit(d, unit, &level->run, position);
	hb_memory_back(&d->memory, unit);
}

/* ---- looking back ----------------------------------------------------------------------------------------------- */

static bool dpor_marks_passed(const struct dpor_level *level, uint32_t m)
{
	const struct unit_mark *mark = &level->unit->marks[m];
	const struct sim_event *passed = dpor_event(level, level->passed);
	return mark->position < level->passed && mark->thread == passed->thread && mark->index == passed->index;
}

/* Whether `event` is in conflict with the marked operation as it was executed when it was delayed. */
static bool dpor_competed(const struct dpor_level *level, const struct unit_mark *mark, const struct sim_event *event)
{
	if (!probe_is_variable(&dpor_event(level, level->passed)->op) || event->final || event->op.in_block ||
	    event->op.kind == SIM_OP_CANCEL ||
	    event->watches_all || (event->watches_end && event->target == mark->thread))
		return true;
	for (int i = 0; i < 2; i++)
		for (int j = 0; j < 2; j++)
			if (use_conflict(&mark->uses[i], &event->uses[j]))
				return true;
	return false;
}

/* Whether the event that a mark names decides about the delayed operation (I6). */
static bool dpor_mark_decides(const struct dpor_level *level, const struct unit_mark *mark)
{
	return probe_decides(&level->d->x->objects, dpor_event(level, mark->by), dpor_event(level, level->passed));
}

/* Whether `past` has an event that is named by mark `first` or a later one on the passed operation, and decides if that is
 * asked for. */
static bool dpor_follows_mark(const struct dpor_level *level, const struct hb_set *past, uint32_t first, bool decides)
{
	for (uint32_t m = first; m < level->unit->n_marks; m++) {
		const struct unit_mark *mark = &level->unit->marks[m];
		if (dpor_marks_passed(level, m) && hb_has(past, dpor_event(level, mark->by)) &&
		    (!decides || dpor_mark_decides(level, mark)))
			return true;
	}
	return false;
}

/* I6, for the operation executed after the set `kept` as `event`. From the last mark on: those before the last that decides
 * have been judged with it. */
static bool dpor_is_canonical(const struct dpor_level *level, const struct hb_set *kept, const struct sim_event *event)
{
	bool decides = probe_decides(&level->d->x->objects, event, dpor_event(level, level->passed));
	bool is_known = false, is_decided = false;
	struct hb_set past;
	for (uint32_t m = level->unit->n_marks; m-- > 0;) {
		const struct unit_mark *mark = &level->unit->marks[m];
		if (!dpor_marks_passed(level, m))
			continue;
		const struct sim_event *by = dpor_event(level, mark->by);
		bool mark_decides = dpor_mark_decides(level, mark);
		is_decided |= mark_decides;
		if ((is_decided && !(decides && mark_decides)) || (decides == mark_decides && level->a.thread > by->thread) ||
		    !dpor_competed(level, mark, event))
			continue;
		if (!is_known)
			hb_past(&level->run, &past, level->n_threads, level->a.position, kept, event);
		is_known = true;
		if (decides && !mark_decides ? !hb_has(&past, by) : !dpor_follows_mark(level, &past, m, decides))
			return false;
	}
	return true;
}

/* Whether the operation, executed after the set `kept` as `event`, follows all of it that need not be kept anyway. */
static bool dpor_follows_all(const struct dpor_level *level, const struct hb_set *kept, const struct sim_event *event)
{
	struct hb_set past;
	hb_past(&level->run, &past, level->n_threads, level->a.position, kept, event);
	for (uint32_t t = 0; t < level->n_threads; t++)
		if (kept->n[t] > level->least.n[t] && kept->n[t] > past.n[t])
			return false;
	return true;
}

/* In how many ways the operation can pass the event after the set `kept`; 0: it cannot. */
static unsigned dpor_feasible(struct dpor_level *level, const struct hb_set *kept)
{
	struct dpor *d = level->d;
	struct sim_event event;
	if (!hb_includes(kept, &level->needed, level->n_threads) || dpor_polls(level, kept))
		return 0;
	unsigned choices = probe_execute(&d->probe, d->x, &level->run, &level->a, kept, &event);
	if (!choices || !dependent(dpor_event(level, level->passed), &event) || !dpor_is_canonical(level, kept, &event))
		return 0;
	return level->tries_all && !dpor_follows_all(level, kept, &event) ? 0 : choices;
}

/* I5: all hb-closed choices among the events at free_events[0 .. n_free), which are in run order, on top of `kept`. If the
 * largest keeps too little, all do; as long as what is enabled and canonical stays so when more is kept, the same holds for
 * these. */
static void dpor_choose(struct dpor_level *level, const struct hb_set *kept, const uint32_t *free_events, uint32_t n_free)
{
	struct hb_memory *memory = &level->d->memory;
	struct hb_set more;
	for (; n_free && hb_has(kept, dpor_event(level, *free_events)); n_free--)
		free_events++;
	hb_copy(&more, kept, level->n_threads);
	for (uint32_t i = 0; i < n_free; i++)
		hb_join_record(&more, level->run.records[free_events[i]]);
	unsigned choices = n_free && level->tries_all ? hb_includes(&more, &level->needed, level->n_threads)
	                                              : dpor_feasible(level, &more);
	if (!n_free)
		for (unsigned choice = 0; choice < choices && !dpor_stopped(level->d); choice++)
			dpor_pass(level, kept, choice);
	if (!n_free || !choices)
		return;
	const struct hb_record *first = level->run.records[*free_events];
	hb_copy(&more, kept, level->n_threads);
	hb_join_record(&more, first);
	dpor_choose(level, &more, free_events + 1, n_free - 1);
	/* Without the first, and so without all that follow it. */
	uint32_t *rest = hb_memory_take(memory, n_free * sizeof *rest), n_rest = 0;
	for (uint32_t i = 1; i < n_free; i++)
		if (!hb_follows(level->run.records[free_events[i]], &first->event))
			rest[n_rest++] = free_events[i];
	dpor_choose(level, kept, rest, n_rest);
	hb_memory_back(memory, rest);
}

/* Whether all that could conflict with the operation also conflicts with the passed event, and so follows it. */
static bool dpor_hides_all(const struct dpor_level *level)
{
	const struct sim_event *passed = dpor_event(level, level->passed);
	const struct sim_op *op = level->a.op;
	uint64_t width = op_is_memory(op) ? op_width(op) : 1;
	if (op_is_queue(op) && op_is_queue(&passed->op))
		return !level->run.is_watched && probe_hides_queue(op, &level->d->x->objects, passed);
	if (passed->special || passed->uses[0].mode != SIM_MODE_WRITE || level->run.is_watched || op->in_block)
		return false;
	if (op->kind != SIM_OP_LOCK && op->kind != SIM_OP_TRY_LOCK && op->kind != SIM_OP_UNLOCK && !op_is_memory(op))
		return false;
	return passed->uses[0].key <= op->address && passed->uses[0].key + passed->uses[0].size >= op->address + width;
}

/* Whether the operation and the event can be in conflict in one way only, by accessing the same bytes. */
static bool dpor_is_uniform(const struct dpor_level *level, const struct sim_event *event)
{
	const struct sim_op *op = level->a.op;
	return op_is_memory(op) && op_is_memory(&event->op) && event->op.address == op->address &&
	       op_width(&event->op) == op_width(op);
}

/* The events after the passed one that are neither kept nor follow it, and that the operation conflicts with, or may
 * conflict with if level->tries_all. */
static uint32_t dpor_find_free(struct dpor_level *level, const struct hb_set *kept, uint32_t *found)
{
	const struct sim_event *passed = dpor_event(level, level->passed);
	struct sim_event event;
	uint32_t n = 0, n_conflicts = 0;
	bool is_uniform = dpor_is_uniform(level, passed);
	for (uint32_t j = level->passed + 1; j < level->a.position; j++) {
		const struct hb_record *record = level->run.records[j];
		if (hb_has_brief(kept, &level->run.briefs[j]) || hb_follows(record, passed) ||
		    (level->late && hb_follows(record, &level->late->event)) ||
		    !probe_may_conflict(&level->a, &level->d->x->objects, &record->event))
			continue;
		is_uniform = is_uniform && dpor_is_uniform(level, &record->event);
		found[n++] = j;
	}
	level->tries_all = n && !is_uniform;
	if (!n || level->tries_all)
		return n;
	probe_execute(&level->d->probe, level->d->x, &level->run, &level->a, kept, &event);
	for (uint32_t i = 0; i < n; i++)
		if (dependent(dpor_event(level, found[i]), &event))
			found[n_conflicts++] = found[i];
	return n_conflicts;
}

/* Tries to pass the event at level->passed, before which there are the events of `prefix`. */
static void dpor_attempt(struct dpor_level *level, const struct hb_set *prefix)
{
	struct hb_memory *memory = &level->d->memory;
	struct hb_set *least = &level->least;
	for (uint32_t t = 0; t < level->n_threads; t++)
		least->n[t] = prefix->n[t] > level->mandatory.n[t] ? prefix->n[t] : level->mandatory.n[t];
	if (!probe_keep_ends(&level->run, &level->a, least) || hb_has(least, dpor_event(level, level->passed)))
		return;
	level->tries_all = false;
	if (dpor_hides_all(level)) {
		dpor_choose(level, least, NULL, 0);
		return;
	}
	uint32_t *free_events = hb_memory_take(memory, level->a.position * sizeof *free_events);
	dpor_choose(level, least, free_events, dpor_find_free(level, least, free_events));
	hb_memory_back(memory, free_events);
}

/* Enablers other than the thread's own events and its start: looked for only where an operation can have any. */
static bool dpor_has_enablers(const struct dpor_level *level)
{
	uint8_t kind = level->a.op->kind;
	return kind == SIM_OP_JOIN || kind == SIM_OP_WAKE || kind == SIM_OP_LEAVE;
}

/* I2, for the operation at `position`. `previous` is the position of the thread's event before; -1: none. */
static void dpor_find_mandatory(struct dpor_level *level, uint32_t position, int32_t previous)
{
	const struct unit *unit = level->unit;
	hb_clear(&level->mandatory, level->n_threads);
	if (previous >= 0)
		hb_join_record(&level->mandatory, level->run.records[previous]);
	else if (level->a.thread)
		hb_join_record(&level->mandatory, level->run.records[level->run.start[level->a.thread]]);
	for (uint32_t j = dpor_has_enablers(level) ? position : 0; j-- > 0;) {
		const struct hb_brief *brief = &level->run.briefs[j];
		const struct hb_record *record = level->run.records[j];
		if (brief->special && !hb_has_brief(&level->mandatory, brief) && probe_enables(&record->event, &level->a))
			hb_join_record(&level->mandatory, record);
	}
	/* Only to save time: I4 demands them as well. What delayed the operation in one form need not concern it in another. */
	for (uint32_t m = probe_is_variable(level->a.op) ? unit->n_marks : 0; m < unit->n_marks; m++)
		if (unit->marks[m].thread == level->a.thread && unit->marks[m].index == level->a.index)
			hb_join_record(&level->mandatory, level->run.records[unit->marks[m].by]);
}

/* How many of the events that `record` follows are not mandatory: what it can pass is among them, unless what it uses
 * depends on the state. */
static uint32_t dpor_count_passable(const struct dpor_level *level, const struct hb_record *record)
{
	uint32_t n = 0;
	for (uint32_t t = 0; t < record->n_past; t++)
		if (record->past[t] > level->mandatory.n[t])
			n += record->past[t] - level->mandatory.n[t];
	return n - 1; /* itself */
}

/* Whether the operation could be in conflict with the event, as far as can be told at a glance. `own`: what it uses, if that
 * does not depend on the state; NULL: it may. */
static bool dpor_may_conflict(const struct dpor_level *level, const struct hb_brief *own, uint32_t position)
{
	const struct hb_brief *brief = &level->run.briefs[position];
	if (own && !hb_is_specially_dependent(own, brief))
		return hb_briefs_conflict(own, brief);
	return probe_may_conflict(&level->a, &level->d->x->objects, dpor_event(level, position));
}

/* Tries all events before `position` (I3), from the latest on; before a.position there are the events of `counts`. With
 * `record` not NULL only the events that it follows can be passed: `n_left` of them are not mandatory. */
static void dpor_scan(struct dpor_level *level, uint32_t position, const struct hb_set *counts,
                      const struct hb_record *record, uint32_t n_left)
{
	struct hb_set prefix;
	const struct hb_brief *own = record ? &level->run.briefs[position] : NULL;
	hb_copy(&prefix, counts, level->n_threads);
	hb_clear(&level->needed, level->n_threads);
	for (uint32_t j = level->a.position; j-- > 0 && n_left && !dpor_stopped(level->d);) {
		const struct hb_brief *passed = &level->run.briefs[j];
		prefix.n[passed->thread] = passed->index;
		if (level->pinned[j] && level->needed.n[passed->thread] <= passed->index)
			level->needed.n[passed->thread] = passed->index + 1;
		if (j >= position || hb_has_brief(&level->mandatory, passed) || (record && !hb_follows_brief(record, passed)))
			continue;
		n_left -= record != NULL;
		if (passed->in_block)
			continue; /* I12 */
		level->passed = j;
		if (!hb_has_brief(&level->needed, passed) && dpor_may_conflict(level, own, j))
			dpor_attempt(level, &prefix);
	}
}

/* The executed operation looks for events to pass among those before `position`. */
static void dpor_set_operation(struct dpor_level *level, const struct sim_event *event, uint32_t position)
{
	level->a = (struct probe_operation){
		.op = &event->op, .memory = &event->before, .thread = event->thread, .index = event->index, .position = position,
		.spun_on = event->spun && !event->spun_beside_plain ? &event->spun_on : NULL};
	level->n_polled = 0;
	level->tries_polls = event->spun_beside_plain || event->op.kind == SIM_OP_BEGIN_BLOCK;
}

/* All units in which an event of the run passes an earlier one. */
static void dpor_look_back(struct dpor_level *level, uint32_t position, const struct hb_set *counts)
{
	const struct hb_record *record = level->run.records[position];
	const struct sim_event *event = &record->event;
	bool fixed = !probe_varies(event);
	if (!level->run.is_watched && event->op.kind == SIM_OP_JOIN && !event->op.timed && !event->op.cancellable)
		return; /* it conflicts with nothing but what it waits for */
	if (fixed && record->previous >= 0 && record->total == level->run.records[record->previous]->total + 1)
		return; /* it follows nothing but its own thread */
	dpor_set_operation(level, event, position);
	dpor_find_mandatory(level, position, record->previous);
	uint32_t n_left = fixed ? dpor_count_passable(level, record) : 1;
	if (n_left)
		dpor_scan(level, position, counts, fixed ? record : NULL, n_left);
}

/* Whether the operation of the event looks back at the end of the run only (I11). */
static bool dpor_is_late(const struct dpor_level *level, const struct sim_event *event)
{
	return level->is_mixed && event->op.kind == SIM_OP_ATOMIC_CAS && event->uses[0].mode == SIM_MODE_READ;
}

/* All units in which an operation that looks back late passes an event. `counts`: all events of the run. */
static void dpor_look_back_late(struct dpor_level *level, const struct hb_set *counts)
{
	for (uint32_t p = level->run.n; p-- > 0 && level->is_mixed && !dpor_stopped(level->d);) {
		const struct hb_record *record = level->run.records[p];
		const struct sim_event *event = &record->event;
		if (!dpor_is_late(level, event))
			continue;
		dpor_set_operation(level, event, level->run.n);
		dpor_find_mandatory(level, p, record->previous);
		level->late = record;
		dpor_scan(level, p, counts, NULL, 1);
		level->late = NULL;
	}
}

/* ---- the search ------------------------------------------------------------------------------------------------- */

static void dpor_mark_events(struct dpor_level *level)
{
	level->pinned = hb_memory_take(&level->d->memory, level->run.n * sizeof *level->pinned);
	for (uint32_t j = 0; j < level->run.n; j++)
		level->pinned[j] = level->run.briefs[j].is_chosen;
	for (uint32_t m = 0; m < level->unit->n_marks; m++)
		level->pinned[level->unit->marks[m].by] = true;
}

/* What the threads were about to do when the run ended: needed after the execution has gone elsewhere. */
struct dpor_pending {
	struct sim_op op;
	struct sim_wide memory; /* what its location held */
	bool spinning;          /* on that */
	bool tries_polls;       /* as in struct dpor_level */
	int thread;
	uint32_t index;
};

static uint32_t dpor_find_pending(const struct dpor *d, struct dpor_pending *pending)
{
	const struct sim_execution *x = d->x;
	bool exited = semantics_exited(&x->objects);
	int ender = exited ? x->events[x->n_events - 1].thread : SIM_NOBODY;
	uint32_t n = 0;
	for (uint32_t t = 0; t < x->objects.n_threads; t++)
		if (x->objects.items[t].state == SIM_THREAD_ALIVE && x->pending[t].kind != SIM_OP_NONE && (int)t != ender &&
		    (exited || !probe_is_stuck(&x->pending[t])))
			pending[n++] = (struct dpor_pending){
				x->pending[t], execution_value(x, &x->pending[t]), execution_is_spinning(x, (int)t),
				x->pending[t].kind == SIM_OP_BEGIN_BLOCK || (x->spin[t].active && execution_poll_may_race(x, (int)t)),
				(int)t, x->n_thread_events[t]};
	return n;
}

static void dpor_branch(struct dpor_level *level, const struct dpor_pending *pending, uint32_t n_pending)
{
	struct dpor *d = level->d;
	struct hb_set counts;
	hb_clear(&counts, level->n_threads);
	for (uint32_t t = 0; t < level->n_threads; t++)
		if (level->run.last[t] >= 0)
			counts.n[t] = level->run.briefs[level->run.last[t]].index + 1;
	dpor_look_back_late(level, &counts);
	for (uint32_t i = 0; i < n_pending && !dpor_stopped(d); i++) { /* I8 */
		level->a = (struct probe_operation){
			.op = &pending[i].op, .memory = &pending[i].memory,
			.spun_on = pending[i].spinning && !pending[i].tries_polls ? &pending[i].memory : NULL,
			.thread = pending[i].thread, .index = pending[i].index, .position = level->run.n};
		level->n_polled = 0;
		level->tries_polls = pending[i].tries_polls;
		dpor_find_mandatory(level, level->run.n, level->run.last[pending[i].thread]);
		dpor_scan(level, level->run.n, &counts, NULL, 1);
	}
	for (uint32_t p = level->run.n; p-- > level->unit->n_steps && !dpor_stopped(d);) {
		const struct hb_record *record = level->run.records[p];
		counts.n[level->run.briefs[p].thread] = level->run.briefs[p].index;
		for (unsigned choice = 1; choice < record->n_choices && !dpor_stopped(d); choice++)
			dpor_choose_otherwise(level, p, choice);
		if (!dpor_is_late(level, &record->event))
			dpor_look_back(level, p, &counts);
	}
}

/* What was found in memory is explained by events from the next pass on; what is written without being announced at all remains
 * unknown: then all interleavings are executed. */
static bool dpor_knows_values(struct dpor_level *level, uint32_t common)
{
	struct search *search = level->d->search;
	const struct sim_event *event = values_find_unknown(&level->d->values, &level->run, common);
	if (!event)
		return true;
	if (!search_want(search, event->op.address, op_width(&event->op))) {
		search->strategy = &strategy_dfs;
		search->restart = true;
	}
	return false;
}

/* Where the part of the execution begins that is of no interest by itself. */
static uint32_t dpor_find_ending(const struct dpor *d, const struct unit *unit, enum dpor_end end, uint32_t n_pending)
{
	if (end == DPOR_KNOWN)
		return ending_find_known(d->x, unit->n_steps, d->ender);
	return end == DPOR_COMPLETE && !n_pending ? ending_find(d->x, unit->n_steps) : d->x->n_events;
}

/* The run of the level: the present execution, with its ending, from `end` on, as far as that is of interest. */
static void dpor_make_run(struct dpor_level *level, const struct hb_run *parent, uint32_t common, uint32_t end)
{
	struct dpor *d = level->d;
	uint32_t n = d->x->n_events;
	hb_make_run(&level->run, &d->memory, d->x, parent, common, end, d->n_choices);
	if (end < n && level->run.is_watched)
		hb_extend(&level->run, &d->memory, d->x, n, d->n_choices);
	else if (end < n)
		ending_add(&level->run, &d->memory, d->x, d->n_choices);
}

/* The unit shares the first `common` events of `parent`. */
static void dpor_explore_unit(struct dpor *d, const struct unit *unit, struct hb_run *parent, uint32_t common)
{
	void *memory = d->memory.top;
	enum dpor_end end = dpor_run(d, unit);
	d->infeasible = end == DPOR_INFEASIBLE;
	if (d->infeasible || (end == DPOR_COMPLETE && !search_complete(d->search)) ||
	    (end == DPOR_KNOWN && !search_complete_known(d->search, d->n_left_out)))
		return;
	struct dpor_level *level = hb_memory_take(&d->memory, sizeof *level);
	struct dpor_pending *pending = hb_memory_take(&d->memory, d->x->objects.n_threads * sizeof *pending);
	uint32_t n_pending = end == DPOR_COMPLETE ? dpor_find_pending(d, pending) : 0;
	level->d = d;
	level->unit = unit;
	level->late = NULL;
	level->n_threads = d->x->objects.n_threads;
	void *saved = hb_save(parent, &d->memory, common);
	dpor_make_run(level, parent, common, dpor_find_ending(d, unit, end, n_pending));
	if (end == DPOR_COMPLETE && d->leaves_out && !d->x->driver->learn_ending(d->x, level->run.n))
		d->search->restart = true;
	values_note(&d->values, &level->run, common);
	level->is_mixed = d->values.is_mixed;
	dpor_mark_events(level);
	if (dpor_knows_values(level, common))
		dpor_branch(level, pending, n_pending);
	hb_restore(parent, saved, common);
	hb_memory_back(&d->memory, memory);
}

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
	struct dpor d = {.search = search, .x = x, .leaves_out = search_may_leave_out(search)};
	size_t n = x->capacity;
	d.n_choices = dpor_reserve(n * sizeof *d.n_choices);
	d.moved = dpor_reserve(n * sizeof *d.moved);
	struct hb_run empty;
	if (hb_memory_init(&d.memory) || hb_run_init(&empty, x->capacity) || probe_init(&d.probe, x)) {
		fputs("simcheck: no address space left to search in\n", stderr);
		abort();
	}
	dpor_explore_unit(&d, unit_make(&d.memory, 0, 0), &empty, 0);
	x->run_ahead = false;
	probe_release(&d.probe);
	hb_run_release(&empty, x->capacity);
	hb_memory_release(&d.memory);
	munmap(d.moved, n * sizeof *d.moved);
	munmap(d.n_choices, n * sizeof *d.n_choices);
}

const struct strategy strategy_dpor = {.name = "dpor", .exhaustive = true, .explore = dpor_explore};
