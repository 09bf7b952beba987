/*
 * Depth-first search with sleep sets (Godefroid, Partial-Order Methods for the Verification of Concurrent Systems,
 * LNCS 1032, 1996, chapter 5; nothing to do with threads that sleep). One complete execution for each class, and some
 * that are given up half-way because they could only lead to classes seen before.
 *
 * It stands between dfs, which asks nothing of dependence, and dpor, which asks what operations would do in states
 * that it does not enter. Sleep sets ask about states that they do enter: if two operations are enabled in a state,
 * and are independent, then each remains enabled after the other, does the same, and both orders lead to the same
 * state. That holds in virtual time too, where dpor cannot be used: as long as one of them is enabled the clock stands
 * still.
 *
 *  I1  The path in `nodes` is the present execution: node d is the state before events[d].
 *  I2  Alternatives of a node are ordered by thread, then by choice; all before the present one are done or asleep.
 *  I3  asleep[first .. first + n) of a node are events with which an execution can go on from there, but need not:
 *      every class with one of them next was seen where that event came earlier. They are those of the node before
 *      that do not depend on the event between the two, then what was explored from the node itself.
 *
 * Cost: the executions, one for each class, and those given up. Memory: for each event of the path as many events as
 * there are alternatives to it and before it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "search.h"

struct sleepsets_node {
	size_t first;
	uint32_t n;
	uint16_t thread, choice; /* the alternative under way */
};

/* Lifetime: one pass. */
struct sleepsets {
	struct search *search;
	struct sim_execution *x;
	struct sleepsets_node *nodes;
	struct sim_event *asleep;
	size_t capacity; /* of asleep */
};

static void *sleepsets_check(void *memory)
{
	if (!memory) {
		fputs("simcheck: no memory left to search in\n", stderr);
		abort();
	}
	return memory;
}

static bool sleepsets_has(const struct sleepsets *s, const struct sleepsets_node *node)
{
	for (size_t i = node->first; i < node->first + node->n; i++)
		if (s->asleep[i].thread == node->thread && s->asleep[i].choice == node->choice)
			return true;
	return false;
}

static void sleepsets_add(struct sleepsets *s, struct sleepsets_node *node, const struct sim_event *event)
{
	size_t at = node->first + node->n++;
	if (at == s->capacity) {
		struct sim_event copy = *event;
		s->capacity = 2 * s->capacity + 64;
		s->asleep = sleepsets_check(realloc(s->asleep, s->capacity * sizeof *s->asleep));
		s->asleep[at] = copy;
	} else {
		s->asleep[at] = *event;
	}
}

/* Makes the node after the event that was just executed (I3). */
static void sleepsets_enter(struct sleepsets *s)
{
	struct sleepsets_node *next = &s->nodes[s->x->n_events];
	const struct sleepsets_node *node = next - 1;
	const struct sim_event *event = &s->x->events[s->x->n_events - 1];
	*next = (struct sleepsets_node){.first = node->first + node->n};
	for (size_t i = node->first; i < node->first + node->n; i++)
		if (!dependent(&s->asleep[i], event) && !dependent(event, &s->asleep[i]))
			sleepsets_add(s, next, &s->asleep[i]);
}

/* Moves the node to its next alternative that is not asleep, beginning with the present one. False: there is none. */
static bool sleepsets_settle(const struct sleepsets *s, struct sleepsets_node *node)
{
	for (; node->thread < s->x->objects.n_threads; node->thread++, node->choice = 0)
		for (; node->choice < execution_choices(s->x, node->thread); node->choice++)
			if (!sleepsets_has(s, node))
				return true;
	return false;
}

/* Takes the node's next alternative that makes an event. False: there is none. Where the last enabled thread turns out
 * to poll, the clock of virtual time goes on and enables others, which are all new. */
static bool sleepsets_take(struct sleepsets *s, struct sleepsets_node *node)
{
	while (!s->search->restart && sleepsets_settle(s, node)) {
		int64_t before_ns = s->x->objects.now_ns;
		if (search_step(s->search, node->thread, node->choice)) {
			sleepsets_enter(s);
			return true;
		}
		if (s->x->objects.now_ns != before_ns)
			node->thread = node->choice = 0;
	}
	return false;
}

/* Extends the execution until nothing is left to be taken. Whether it is complete. */
static bool sleepsets_descend(struct sleepsets *s)
{
	do
		if (sleepsets_settle(s, &s->nodes[s->x->n_events]) && !search_may_step(s->search))
			return false;
	while (sleepsets_take(s, &s->nodes[s->x->n_events]));
	bool complete = execution_first_enabled(s->x) == SIM_NOBODY;
	s->search->blocked += !complete;
	return complete;
}

/* Goes back to the deepest node with an alternative that is left, and takes it. False: there is none. */
static bool sleepsets_backtrack(struct sleepsets *s)
{
	for (uint32_t depth = s->x->n_events; depth-- > 0;) {
		struct sleepsets_node *node = &s->nodes[depth];
		sleepsets_add(s, node, &s->x->events[depth]);
		execution_restore(s->x, depth);
		if (sleepsets_take(s, node))
			return true;
	}
	return false;
}

static void sleepsets_explore(struct search *search)
{
	struct sim_execution *x = search->execution;
	struct sleepsets s = {.search = search, .x = x};
	s.nodes = sleepsets_check(calloc((size_t)x->capacity + 1, sizeof *s.nodes));
	do {
		if (sleepsets_descend(&s) && !search_complete(search))
			break;
	} while (!search->restart && !search->done && !search_interrupted && sleepsets_backtrack(&s));
	free(s.asleep);
	free(s.nodes);
}

const struct strategy strategy_sleepsets = {
	.name = "sleepsets", .exhaustive = true, .virtual_time = true, .gives_up = true, .explore = sleepsets_explore};
