/*
 * Simulation: a single execution, such as a computer might make.
 *
 * Without a seed the threads take turns: of those that are enabled the one whose last event lies back furthest takes
 * the next step (the lowest of several), in the first of its ways. So an enabled thread waits for no more than one
 * event of each other thread. With a seed thread and way are drawn, all with the same chance: any schedule can come
 * up, and the same seed draws the same one everywhere.
 *
 * Cost: the execution. Memory: none besides.
 */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "search.h"

/* Lifetime: one simulation. */
struct simulation {
	struct search *search;
	struct sim_execution *x;
	uint64_t n_drawn;
	uint32_t turn[SIM_MAX_THREADS]; /* number of the event that was the thread's last, or started it; from 1 on */
};

/* A number below `n`. */
static unsigned simulate_draw(struct simulation *s, unsigned n)
{
	uint64_t draw = s->n_drawn++;
	return (unsigned)(XXH3_64bits_withSeed(&draw, sizeof draw, s->search->options.seed) % n);
}

/* Whether thread `t` would claim a read-write lock long before it could have it, and hold up all others: a guess that is for
 * those to make who explore all (semantics_rwlock.c). */
static bool simulate_is_early(const struct simulation *s, int t)
{
	const struct sim_op *op = &s->x->pending[t];
	return op->kind == SIM_OP_CLAIM && op->argument & SIM_READERS_PASS &&
	       !thread_set_is_empty(&s->x->objects.items[op->object].waiting);
}

/* The thread that takes the next step; SIM_NOBODY: none is enabled. `early`: also if it claims a lock too early. */
static int simulate_choose(struct simulation *s, bool early)
{
	int next = SIM_NOBODY;
	unsigned n_enabled = 0;
	for (uint32_t t = 0; t < s->x->objects.n_threads; t++) {
		if (!execution_choices(s->x, (int)t) || (!early && simulate_is_early(s, (int)t)))
			continue;
		n_enabled++;
		/* Each of those seen so far is kept with the same chance. */
		bool takes = s->search->options.seed ? simulate_draw(s, n_enabled) == 0
		                                     : next == SIM_NOBODY || s->turn[t] < s->turn[next];
		next = takes ? (int)t : next;
	}
	return next;
}

/* The same, or one that polls, and is to try again. */
static int simulate_next(struct simulation *s)
{
	int next = simulate_choose(s, false);
	if (next == SIM_NOBODY)
		next = simulate_choose(s, true);
	return next == SIM_NOBODY ? execution_outdated(s->x) : next;
}

static void simulate_step(struct simulation *s, int thread)
{
	unsigned ways = execution_choices(s->x, thread);
	if (!ways) {
		execution_step(s->x, thread, 0);
		s->turn[thread] = s->x->n_events;
		return;
	}
	unsigned choice = s->search->options.seed && ways > 1 ? simulate_draw(s, ways) : 0;
	uint32_t position = s->x->n_events;
	if (!execution_take(s->x, thread, choice))
		return;
	const struct sim_event *event = &s->x->events[position];
	s->turn[thread] = position + 1;
	if (event->starts)
		s->turn[event->started] = position + 1;
}

static void simulate_explore(struct search *search)
{
	struct simulation s = {.search = search, .x = search->execution};
	search_tell_event(search);
	for (int thread; (thread = simulate_next(&s)) != SIM_NOBODY && search_may_step(search);) {
		simulate_step(&s, thread);
		search_tell_event(search);
	}
	search_keep_run(search);
	if (execution_first_enabled(s.x) == SIM_NOBODY)
		search_complete(search);
}

const struct strategy strategy_simulate = {
	.name = "simulate", .single = true, .virtual_time = true, .explore = simulate_explore};
